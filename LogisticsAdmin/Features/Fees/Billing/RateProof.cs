using LogisticsAdmin.Features.Fees.Pricing;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>A rate that a bill was priced by, with its rule as it stood; without an id for days without a rate.</summary>
public sealed record RateProof(long? RateId, string Rule, DateOnly First, DateOnly Last)
{
    public RateSpan Span => new(RateId, PriceRule.Parse(Rule), First, Last);

    public static RateProof Of(RateSpan span) => new(span.RateId, span.Rule.ToJson(), span.First, span.Last);
}

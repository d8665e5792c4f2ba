namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>
/// The days, first and last included, on which one rate applies. <paramref name="RateId"/>: null where no rate applies; the rule sets no price then.
/// </summary>
public sealed record RateSpan(long? RateId, PriceRule Rule, DateOnly First, DateOnly Last);

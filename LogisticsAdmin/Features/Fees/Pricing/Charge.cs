using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>
/// What a bill amounts to, with everything that shows how. <paramref name="Exact"/>: in yuan, before rounding. <paramref name="QuotaUsed"/>: the free
/// quantity that was used, at most four decimals. <paramref name="QuotaLeft"/>: the free quantity that the next period gets in addition, at most four
/// decimals.
/// </summary>
public sealed record Charge(decimal Exact, decimal QuotaUsed, decimal QuotaLeft, IReadOnlyList<ChargePart> Parts)
{
    /// <summary>Rounded once, half a fen away from zero.</summary>
    public Money Amount => Money.Round(Exact);

    /// <summary>
    /// Each rate's price of the whole period counts as many days as it applied. Usage is never negative, and amounts are added before they are
    /// divided, so that the same price published again changes nothing.
    /// </summary>
    public static Charge Of(ChargeInput input)
    {
        if (input.Quantity < 0) throw new ArgumentOutOfRangeException(nameof(input), input.Quantity, "A quantity is not negative.");
        if (input.Last < input.First) throw new ArgumentException("A period ends on the day it begins or later.", nameof(input));
        List<ChargePart> parts = [.. input.Rates.Select(span => PartOf(span, input))];
        return new Charge(
            Weighted(parts, p => p.Whole, input.Days),
            decimal.Round(Weighted(parts, p => p.QuotaUsed, input.Days), 4),
            decimal.Round(Weighted(parts, p => p.CarriesOver ? p.Quota - p.QuotaUsed : 0, input.Days), 4),
            parts);
    }

    private static ChargePart PartOf(RateSpan span, ChargeInput input)
    {
        var quota = span.Rule.SetsPrice && span.Rule.Quota is { } free ? Granted(free, input) : 0;
        var used = Math.Min(quota, input.Quantity);
        var isYearly = span.Rule.StepPeriod == BillingCycle.Year;
        var from = isYearly ? input.PricedBefore : 0;
        var lines = span.Rule.Price(from, from + input.Quantity - used, isYearly ? 1 : Math.Max(1, input.Months.Count));
        return new ChargePart(span.RateId, span.First, span.Last, quota, used, span.Rule.Quota?.CarriesOver ?? false, [.. lines]);
    }

    private static decimal Granted(FreeQuota quota, ChargeInput input)
    {
        var periods = quota.Period == BillingCycle.Month ? input.Months.Count(m => !quota.ExcludedMonths.Contains(m.Month)) : 1;
        var granted = quota.Amount * periods;
        if (quota.Basis == QuotaBasis.Person) granted = granted * input.PersonDays / input.Days;
        if (quota.CarriesOver) granted += input.QuotaCarried;
        return quota.Period == BillingCycle.Month ? granted : Math.Max(0, granted - input.QuotaUsedBefore);
    }

    private static decimal Weighted(IEnumerable<ChargePart> parts, Func<ChargePart, decimal> whole, int days) => parts.Sum(p => whole(p) * p.Days) / days;
}

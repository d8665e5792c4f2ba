namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>
/// The days on which one rate applied: what the whole period would have cost at that rate, of which the part counts as many days as it has. <paramref
/// name="RateId"/>: null for days without a rate, which cost nothing. <paramref name="Quota"/>: the free quantity that the whole period would have had,
/// what was carried over included. <paramref name="QuotaUsed"/>: how much of it the usage took. <paramref name="Lines"/>: the rest, at the steps of the
/// rate.
/// </summary>
public sealed record ChargePart(
    long? RateId, DateOnly First, DateOnly Last, decimal Quota, decimal QuotaUsed, bool CarriesOver, IReadOnlyList<ChargeLine> Lines)
{
    public int Days => Last.DayNumber - First.DayNumber + 1;

    /// <summary>What the whole period would have cost, in yuan, not rounded.</summary>
    public decimal Whole => Lines.Sum(l => l.Amount);
}

namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>
/// All that decides the amount of one bill. <paramref name="Quantity"/>: the usage of the whole period; units or square metres for fees without meters.
/// <paramref name="First"/>: the first of the days over which the usage arose. <paramref name="Rates"/>: the rates of these days in their order, without
/// overlaps. <paramref name="PersonDays"/>: for each day the people present, added up. <paramref name="Months"/>: the first days of the months that the
/// bill stands for: they bring the monthly quota and the monthly steps. <paramref name="PricedBefore"/>: what was priced already in the same calendar
/// year, for steps that are counted over the year. <paramref name="QuotaUsedBefore"/>: what was used already of the quota of the same term or year.
/// <paramref name="QuotaCarried"/>: what the period before left over.
/// </summary>
public sealed record ChargeInput(
    decimal Quantity, DateOnly First, DateOnly Last, IReadOnlyList<RateSpan> Rates, int PersonDays, IReadOnlyList<DateOnly> Months,
    decimal PricedBefore = 0, decimal QuotaUsedBefore = 0, decimal QuotaCarried = 0)
{
    public int Days => Last.DayNumber - First.DayNumber + 1;
}

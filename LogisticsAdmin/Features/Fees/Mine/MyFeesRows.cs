using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.MoveOut;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Mine;

/// <summary>
/// What a resident's page shows. The room's account is null for people without a room; <paramref name="Pace"/> is how long its credit lasts at the pace
/// of the last two months' bills, null where that can't be told.
/// </summary>
public sealed record MyFees(
    LocalName? Building, string? Room, int Residents, Money? RoomBalance, MyPace? Pace, Money OwnBalance, IReadOnlyList<MyRate> Rates,
    IReadOnlyList<MyUsage> Usage, IReadOnlyList<BillRow> Bills, IReadOnlyList<MoveOutRow> MoveOuts);

/// <summary>How many days a credit lasts, what a day costs, and the last day that is covered.</summary>
public sealed record MyPace(int Days, Money PerDay, DateOnly Until);

/// <summary>The rate of a kind in force today: its first price, and how many steps it has.</summary>
public sealed record MyRate(long KindId, LocalName Kind, LocalName Unit, decimal Price, int Steps, DateOnly FirstDay, string DocumentNumber);

/// <summary>The prices of a kind for the resident's room, the newest first.</summary>
public sealed record MyRateHistory(LocalName Kind, LocalName Unit, IReadOnlyList<MyRatePeriod> Periods);

/// <summary>
/// A price and the days on which it applies to the room; <paramref name="Last"/> is null while no other follows. <paramref name="IsCurrent"/>: whether
/// it applies today.
/// </summary>
public sealed record MyRatePeriod(
    long RateId, DateOnly First, DateOnly? Last, bool IsCurrent, PriceRule Rule, string Reason, string? DocumentNumber);

/// <summary>The usage of a metered kind in the last periods, in their order; there is at least one.</summary>
public sealed record MyUsage(long KindId, LocalName Kind, LocalName Unit, IReadOnlyList<MyUsagePeriod> Periods)
{
    public MyUsagePeriod Newest => Periods[^1];
}

/// <summary>What a room used in a period, in the same one a year before, and the median of the building's rooms.</summary>
public sealed record MyUsagePeriod(string Period, decimal Usage, decimal? YearBefore, decimal? BuildingMedian)
{
    /// <summary>The change to the year before; null without one.</summary>
    public decimal? Change => YearBefore is > 0 ? (Usage - YearBefore) / YearBefore : null;

    public decimal? AboveMedian => BuildingMedian is > 0 ? (Usage - BuildingMedian) / BuildingMedian : null;
}

using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Mine;

/// <summary>
/// What a resident's page shows. The room's account is null for people without a room; <paramref name="DaysLeft"/> is how long its credit lasts at the
/// pace of the last two months' bills, null where that can't be told.
/// </summary>
public sealed record MyFees(
    LocalName? Building, string? Room, int Residents, Money? RoomBalance, int? DaysLeft, Money OwnBalance, IReadOnlyList<MyRate> Rates,
    IReadOnlyList<MyUsage> Usage, IReadOnlyList<BillRow> Bills);

/// <summary>The rate of a kind in force today: its first price, and how many steps it has.</summary>
public sealed record MyRate(long KindId, LocalName Kind, LocalName Unit, decimal Price, int Steps, DateOnly FirstDay, string DocumentNumber);

/// <summary>The newest billed month of a metered kind, the same month a year before, and the median of the building's rooms.</summary>
public sealed record MyUsage(LocalName Kind, LocalName Unit, string Period, decimal Usage, decimal? YearBefore, decimal? BuildingMedian)
{
    /// <summary>The change to the year before; null without one.</summary>
    public decimal? Change => YearBefore is > 0 ? (Usage - YearBefore) / YearBefore : null;

    public decimal? AboveMedian => BuildingMedian is > 0 ? (Usage - BuildingMedian) / BuildingMedian : null;
}


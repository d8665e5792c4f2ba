using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>The office's rules of ordering. There is at most one row; without it the defaults apply.</summary>
public sealed class OrderingRules : Versioned, IAudited
{
    /// <summary>How long an order keeps its portions while its payment is awaited.</summary>
    public int HoldMinutes { get; private set; } = 15;

    /// <summary>Meals can be ordered from today until so many days later.</summary>
    public int DaysAhead { get; private set; } = 7;

    /// <summary>Portions of one meal of a day for each person.</summary>
    public int MostPortions { get; private set; } = 10;

    /// <summary>未取: after so many orders that were not picked up within <see cref="NoShowDays"/> days nobody orders meals for <see cref="PauseDays"/>.
    /// 0: no such rule.</summary>
    public int NoShows { get; private set; } = 3;
    public int NoShowDays { get; private set; } = 30;
    public int PauseDays { get; private set; } = 7;

    public void Set(int holdMinutes, int daysAhead, int mostPortions, int noShows, int noShowDays, int pauseDays)
    {
        (HoldMinutes, DaysAhead, MostPortions) = (holdMinutes, daysAhead, mostPortions);
        (NoShows, NoShowDays, PauseDays) = (noShows, noShowDays, pauseDays);
    }
}

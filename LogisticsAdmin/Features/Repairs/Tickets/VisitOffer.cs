namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>When and where visit slots are offered: the one rule for residents' forms, the office's dialog and the write.</summary>
public static class VisitOffer
{
    /// <summary>
    /// Null where the slot is offered. A slot without buildings is offered in all; without <paramref name="buildingId"/> the building is not
    /// known yet and is no obstacle.
    /// </summary>
    public static VisitObstacle? ObstacleTo(SlotDays days, IReadOnlyCollection<long> buildings, DateOnly day, bool isOfficeOpen, long? buildingId)
    {
        if (!isOfficeOpen) return VisitObstacle.Closed;
        if (!days.Covers(day)) return VisitObstacle.Weekday;
        return buildingId is { } building && buildings.Count > 0 && !buildings.Contains(building) ? VisitObstacle.Building : null;
    }

    public static bool Covers(this SlotDays days, DateOnly day) => days.HasFlag(Of(day.DayOfWeek));

    /// <summary>The flag of a weekday.</summary>
    public static SlotDays Of(DayOfWeek day) => day == DayOfWeek.Sunday ? SlotDays.Sunday : (SlotDays)(1 << ((int)day - 1));
}

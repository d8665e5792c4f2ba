namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>Why a visit slot is not offered on a day.</summary>
public enum VisitObstacle
{
    /// <summary>The office does not work on that day.</summary>
    Closed = 1,

    /// <summary>The slot is not offered on that weekday.</summary>
    Weekday = 2,

    /// <summary>The slot is not offered in that building.</summary>
    Building = 3,
}

namespace LogisticsAdmin.Features.Repairs.Desk;

/// <summary>The orders of the desk. Each has an index of its own, so that a window deep in the list costs what the first one costs.</summary>
public enum DeskSort
{
    Pressing = 1,
    Newest = 2,
    Oldest = 3,

    /// <summary>By building and room, a way through the campus.</summary>
    Place = 4,
}

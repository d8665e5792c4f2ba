namespace LogisticsAdmin.Features.Repairs.Desk;

/// <summary>The orders of the desk. Each has its own index, so that a window deep in the list is as cheap as the first one.</summary>
public enum DeskSort
{
    Pressing = 1,
    Newest = 2,
    Oldest = 3,

    /// <summary>By building and room, as a route through the campus.</summary>
    Place = 4,
}

namespace LogisticsAdmin.Registries;

/// <summary>Something that a slice shows in the bar at the top of every page, such as the bell. A component is null where there is none.</summary>
public interface ITopBarItem
{
    /// <summary>The place among the others, the lowest first.</summary>
    int Order { get; }

    /// <summary>An interactive component for office pages.</summary>
    Type? Office { get; }

    /// <summary>A static component for phone pages.</summary>
    Type? Phone { get; }
}

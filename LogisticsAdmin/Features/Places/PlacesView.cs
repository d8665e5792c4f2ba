namespace LogisticsAdmin.Features.Places;

/// <summary>How the rooms of a building are shown.</summary>
public enum PlacesView
{
    /// <summary>房态图: a tile for each room, floor by floor.</summary>
    Grid = 1,
    List = 2,
}

namespace LogisticsAdmin.Features.Places;

/// <summary>Which rooms grid and list are narrowed to.</summary>
public enum RoomFilter
{
    /// <summary>At least one bed is free, also all of them.</summary>
    Free = 1,

    /// <summary>Something is open about it: see <see cref="Registries.IRoomBadges"/>.</summary>
    Open = 2,

    /// <summary>All beds are free.</summary>
    Empty = 3,

    /// <summary>No bed is free.</summary>
    Full = 4,
    Retired = 5,
}

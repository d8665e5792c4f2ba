namespace LogisticsAdmin.Features.Places;

/// <summary>How far the beds of a room are taken.</summary>
public enum RoomState
{
    /// <summary>住满: every bed is taken.</summary>
    Full = 1,

    /// <summary>有空床: some beds are taken.</summary>
    Free = 2,

    /// <summary>整间空: it has beds, and none is taken.</summary>
    Empty = 3,

    /// <summary>公共: it has no beds.</summary>
    Shared = 4,

    /// <summary>停用.</summary>
    Retired = 5,
}

namespace LogisticsAdmin.Features.Places;

/// <summary>What a room is used for.</summary>
public enum RoomKind
{
    /// <summary>寝室: has beds.</summary>
    Bedroom = 1,
    Classroom = 2,
    Laboratory = 3,
    Office = 4,
    Washroom = 5,

    /// <summary>设备间: boiler, switch and pump rooms.</summary>
    Plant = 6,

    /// <summary>公共区域: corridors, lobbies, grounds, what everybody uses.</summary>
    Shared = 7,
    Other = 8,
}

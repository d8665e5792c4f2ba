using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>Bedrooms of a building that a group may choose from: of one floor or all, of one size or all, for whom.</summary>
public sealed class GroupRooms
{
    private GroupRooms() { }

    public GroupRooms(long buildingId, int? floor, int? capacity, Gender gender) =>
        (BuildingId, Floor, Capacity, Gender) = (buildingId, floor, capacity, gender);

    public long Id { get; private set; }
    public long GroupId { get; private set; }
    public long BuildingId { get; private set; }
    public int? Floor { get; private set; }

    /// <summary>房型: rooms with so many beds in use; null for all.</summary>
    public int? Capacity { get; private set; }

    /// <summary>Unknown: for everybody.</summary>
    public Gender Gender { get; private set; }
}

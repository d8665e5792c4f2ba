namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>A building that a crew looks after. A crew without any looks after all buildings.</summary>
public sealed class CrewBuilding
{
    private CrewBuilding() { }

    public CrewBuilding(long crewId, long buildingId) => (CrewId, BuildingId) = (crewId, buildingId);

    public long CrewId { get; private set; }
    public long BuildingId { get; private set; }
}

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>A building in which a slot is offered. A slot without any is offered in all buildings.</summary>
public sealed class VisitSlotBuilding
{
    private VisitSlotBuilding() { }

    public VisitSlotBuilding(long slotId, long buildingId) => (SlotId, BuildingId) = (slotId, buildingId);

    public long SlotId { get; private set; }
    public long BuildingId { get; private set; }
}

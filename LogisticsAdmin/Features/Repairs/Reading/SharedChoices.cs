namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>Gives all open pages the same choices, because each keeps them while it is open, and they rarely change.</summary>
public sealed class SharedChoices
{
    private volatile RepairChoices? _latest;

    /// <summary>The choices that were read, or the equal ones that other pages already have.</summary>
    public RepairChoices Share(RepairChoices read) => _latest is { } latest && AreEqual(read, latest) ? latest : _latest = read;

    private static bool AreEqual(RepairChoices one, RepairChoices other) =>
        one.Campuses.SequenceEqual(other.Campuses) && one.Buildings.SequenceEqual(other.Buildings) && one.Categories.SequenceEqual(other.Categories)
        && one.Crews.SequenceEqual(other.Crews) && one.Technicians.SequenceEqual(other.Technicians) && one.Office.SequenceEqual(other.Office)
        && one.Slots.SequenceEqual(other.Slots) && one.SlotBuildings.SequenceEqual(other.SlotBuildings) && one.ClosedDays.SequenceEqual(other.ClosedDays);
}

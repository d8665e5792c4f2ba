using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>A choice, and the id of the parent it belongs to.</summary>
public sealed record Choice(long Id, LocalName Name, long? ParentId);

public sealed record CategoryChoice(long Id, LocalName Name, long? ParentId, Urgency Urgency, long? CrewId);

public sealed record RoomChoice(long Id, LocalName Name, int Floor, long BuildingId);

public sealed record SlotChoice(long Id, TimeOnly From, TimeOnly To);

public sealed record PersonChoice(long Id, string FullName, string? Number, string? Phone, long? RoomId);

public sealed record ReporterDefaults(string FullName, string? Phone, long? RoomId, long? BuildingId, LocalName? Building, LocalName? Room);

public sealed record RepairChoices
{

    public required IReadOnlyList<Choice> Campuses { get; init; }
    public required IReadOnlyList<Choice> Buildings { get; init; }
    public required IReadOnlyList<CategoryChoice> Categories { get; init; }
    public required IReadOnlyList<Choice> Crews { get; init; }
    public required IReadOnlyList<Choice> Technicians { get; init; }
    public required IReadOnlyList<Choice> Office { get; init; }
    public required IReadOnlyList<SlotChoice> Slots { get; init; }
}

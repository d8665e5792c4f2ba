using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>A choice, and the id of the parent it belongs to.</summary>
public sealed record Choice(long Id, LocalName Name, long? ParentId);

/// <summary>A category; residents read its plain name.</summary>
public sealed record CategoryChoice(long Id, string Code, LocalName Name, LocalName PlainName, long? ParentId, Urgency Urgency, long? CrewId);

public sealed record RoomChoice(long Id, LocalName Name, int Floor, long BuildingId);

public sealed record SlotChoice(long Id, TimeOnly From, TimeOnly To, SlotDays Days);

public sealed record PersonChoice(long Id, string FullName, string? Number, string? Phone, long? RoomId);

public sealed record ReporterDefaults(string FullName, string? Phone, long? RoomId, long? BuildingId, LocalName? Building, LocalName? Room);

public sealed record RepairChoices
{
    /// <summary>For how many days the choices know whether the office works.</summary>
    public const int DaysKnown = 60;

    public required IReadOnlyList<Choice> Campuses { get; init; }
    public required IReadOnlyList<Choice> Buildings { get; init; }
    public required IReadOnlyList<CategoryChoice> Categories { get; init; }
    public required IReadOnlyList<Choice> Crews { get; init; }
    public required IReadOnlyList<Choice> Technicians { get; init; }
    public required IReadOnlyList<Choice> Office { get; init; }
    public required IReadOnlyList<SlotChoice> Slots { get; init; }

    /// <summary>The buildings of slots that are not offered in all.</summary>
    public required IReadOnlyList<(long SlotId, long BuildingId)> SlotBuildings { get; init; }

    /// <summary>The days on which the office does not work, of the next <see cref="DaysKnown"/>.</summary>
    public required IReadOnlyList<DateOnly> ClosedDays { get; init; }

    /// <summary>The buildings in which a slot is offered; none means all.</summary>
    public IReadOnlyList<long> BuildingsOf(long slotId) => [.. SlotBuildings.Where(o => o.SlotId == slotId).Select(o => o.BuildingId)];

    /// <summary>Whether open pages must read their choices again after this change.</summary>
    public static bool DependOn(Change change) => change is KeyChanged { Topic: RepairSettings.Topic or PlacesTopics.Places or CalendarService.Topic };
}

using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Places.Rooms;

/// <summary>What a reader sees of a room. A technician gets the number of <paramref name="Residents"/> and no names.</summary>
public sealed record RoomView(
    long Id, LocalName Building, LocalName Room, int Floor, RoomKind Kind, decimal? Area, int? Capacity, int Residents, IReadOnlyList<RoomResident> People)
{
    /// <summary>Whether the reader may print the sign of its door.</summary>
    public required bool HasSign { get; init; }

    /// <summary>Whether faults can be reported there: room, building and campus are in use.</summary>
    public required bool IsInUse { get; init; }

    /// <summary>When and why the room retired; null where it has not.</summary>
    public required DateTimeOffset? RetiredAt { get; init; }
    public required string? RetiredBecause { get; init; }
    public required IReadOnlyList<TitledRoomSection> Sections { get; init; }
}

/// <summary>Somebody who lives there; number and bed are for the office.</summary>
public sealed record RoomResident(string Name, string? Number, string? Bed);

/// <summary>A section of another slice with its title, and what is said when it has no lines.</summary>
public sealed record TitledRoomSection(LocalName Title, LocalName? EmptyText, PageSection Section);

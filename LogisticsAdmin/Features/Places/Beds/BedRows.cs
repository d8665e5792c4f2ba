using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Places.Beds;

/// <summary>A room with its beds, who lives there, who has lived there, and the beds no longer in use, the latest first.</summary>
public sealed record RoomBedsView(
    long RoomId, LocalName Building, LocalName Room, bool IsRetired, IReadOnlyList<BedLine> Beds, IReadOnlyList<StayLine> Stays)
{
    public IReadOnlyList<RetiredBed> Retired { get; init; } = [];
}

/// <summary>A bed no longer in use; <paramref name="By"/> is null where the app acted.</summary>
public sealed record RetiredBed(long Id, string Code, DateTimeOffset At, string? By, string? Because);

/// <summary>A bed and its resident, or somebody who lives in the room without a bed; then there is no <paramref name="BedId"/>.</summary>
public sealed record BedLine(long? BedId, string? Code, BedResident? Resident)
{
    /// <summary>The version of the bed.</summary>
    public long Version { get; init; }
}

/// <summary>Somebody who lives in a room.</summary>
public sealed record BedResident(long Id, string Name, string? Number, string? College, string? ClassName, DateTimeOffset? Since);

/// <summary>One stay; people are null where the app acted or it was not recorded.</summary>
public sealed record StayLine(
    long Id, string Name, string? Number, string? Bed, DateTimeOffset From, DateTimeOffset? Until, string? BeganBy, string? EndedBy);

/// <summary>Somebody who can get a bed, and where they live now.</summary>
public sealed record BedPerson(long Id, string Name, string? Number, string? ClassName, LocalName? Building, string? Room, string? Bed)
{
    /// <summary>Building, room and bed in one line; null for somebody who lives nowhere.</summary>
    public string? Home => Room is null ? null : $"{Building} {Room}{(Bed is null ? "" : $"-{Bed}")}";
}

/// <summary>A free bed.</summary>
public sealed record FreeBed(long Id, LocalName Building, string Room, string Code)
{
    public override string ToString() => $"{Building} {Room}-{Code}";
}

/// <summary>A line of the exported list: somebody who lives in a room, and in which bed.</summary>
public sealed record HousedRow(
    string? Number, string? UserName, string Name, LocalName Campus, LocalName Building, string Room, string? Bed, DateTimeOffset? Since);

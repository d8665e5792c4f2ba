using System.Globalization;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>Filter, order and page of the list of meters.</summary>
public sealed record MeterFilter
{
    public const int PageSize = 25;

    /// <summary>Part of a meter's number, or a room as people type it.</summary>
    public string? Text { get; init; }
    public long? KindId { get; init; }
    public long? BuildingId { get; init; }
    public MeterState? State { get; init; } = MeterState.InUse;
    public MeterSort Sort { get; init; } = MeterSort.Room;
    public bool Descending { get; init; }
    public int Skip { get; init; }

    /// <summary>Reads the filter and the number of the page from the page's address.</summary>
    public static MeterFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        var page = int.TryParse(Of("page"), CultureInfo.InvariantCulture, out var typed) && typed > 1 ? typed : 1;
        return Parse(Of("q"), Of("kind"), Of("building"), Of("state"), Of("sort")) with { Skip = (page - 1) * PageSize };

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;
    }

    /// <summary>Parses the query parameters of an address and ignores values it does not know.</summary>
    public static MeterFilter Parse(string? text, string? kind, string? building, string? state, string? sort) => new()
    {
        Text = string.IsNullOrWhiteSpace(text) ? null : text,
        KindId = TypedId.Parse(kind),
        BuildingId = TypedId.Parse(building),
        State = state is null ? MeterState.InUse : Enum.TryParse<MeterState>(state, out var known) ? known : null,
        Sort = Enum.TryParse<MeterSort>(sort?.TrimStart('-'), out var column) ? column : MeterSort.Room,
        Descending = sort?.StartsWith('-') == true,
    };
}

/// <summary>A room's part of a meter.</summary>
public sealed record MeterShareRow(long RoomId, LocalName Campus, LocalName Building, string Room, int Share, bool HasEnded)
{
    public override string ToString() => $"{Building} {Room}";
}

public sealed record MeterRow(
    long Id, long Version, long KindId, LocalName Kind, LocalName Unit, string Number, decimal Multiplier, int Digits, DateOnly InstalledOn,
    DateOnly? RemovedOn, IReadOnlyList<MeterShareRow> Rooms, NewestReading? Opening, NewestReading? Newest)
{
    /// <summary>The rooms in one line, with their shares where these differ.</summary>
    public string Place => string.Join(", ", Rooms.Select(r => Rooms.Any(o => o.Share != Rooms[0].Share) ? $"{r} × {r.Share}" : r.ToString()));
}

public sealed record NewestReading(long Id, DateOnly Day, decimal Value, ReadingSource Source);

public sealed record MeterWindow(IReadOnlyList<MeterRow> Items, int Total)
{
    public static readonly MeterWindow Empty = new([], 0);
}

/// <summary>A line of the export: a meter and one of its rooms.</summary>
public sealed record MeterRoomRow(MeterRow Meter, MeterShareRow Room);

/// <summary>A reading and the usage since the one before it; null for the first and for those that do not count.</summary>
public sealed record ReadingRow(
    long Id, DateOnly Day, decimal Value, ReadingSource Source, bool RolledOver, decimal? Usage, string? By, DateTimeOffset At, string? Note,
    bool Counts, Guid? Photo = null);

/// <summary>A line of the export of readings.</summary>
public sealed record MeterReadingRow(MeterRow Meter, ReadingRow Reading);

/// <summary>A kind of fee or a building to choose.</summary>
public sealed record MeterChoice(long Id, LocalName Name);

/// <summary>A building or floor to walk through: how many of its meters are still to be read this month.</summary>
public sealed record WalkPart(long Id, LocalName Name, int Meters, int Unread);

/// <summary>A meter on the way through a floor, with the reading to compare with.</summary>
public sealed record WalkMeter(
    long Id, string Room, LocalName Kind, LocalName Unit, string Number, int Digits, NewestReading? Previous, bool IsRead);

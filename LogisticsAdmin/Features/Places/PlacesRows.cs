using System.Globalization;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Places;

/// <summary>A room in the export, with the number of its beds.</summary>
public sealed record RoomRow(
    LocalName Campus, LocalName Building, int Floor, string Code, string Name, string NameEn, RoomKind Kind, decimal? Area, int? Capacity, int Beds,
    bool IsRetired);

/// <summary>A building in the export.</summary>
public sealed record BuildingRow(string CampusCode, LocalName Campus, string Code, string Name, string NameEn, BuildingKind Kind);

/// <summary>What the page of places shows: the place chosen in the tree, how its rooms are shown and narrowed, and the room that is open.</summary>
public sealed record PlacesFilter
{
    public const int PageSize = 100;

    public long? CampusId { get; init; }
    public long? BuildingId { get; init; }
    public long? RoomId { get; init; }

    /// <summary>The grid is shown of a building only.</summary>
    public PlacesView View { get; init; } = PlacesView.Grid;

    /// <summary>Part of a room's number or name, or of its building's, in either language. All typed words must occur.</summary>
    public string? Text { get; init; }
    public RoomFilter? State { get; init; }
    public RoomKind? Kind { get; init; }
    public int? Floor { get; init; }

    /// <summary>Whether the grid is coloured by what is open about the rooms, and not by their beds.</summary>
    public bool IsColouredByOpen { get; init; }

    /// <summary>Whether the tree shows retired campuses and buildings.</summary>
    public bool ShowsRetired { get; init; }
    public RoomSort Sort { get; init; } = RoomSort.Place;
    public bool Descending { get; init; }
    public int Page { get; init; } = 1;

    public bool IsGrid => BuildingId is not null && View == PlacesView.Grid;

    /// <summary>Whether the rooms of the chosen place are narrowed further.</summary>
    public bool Narrows => Text is not null || State is not null || Kind is not null || Floor is not null;

    /// <summary>What the rooms that are read depend on: the grid is narrowed and coloured without reading it again.</summary>
    public PlacesFilter OfRooms() => IsGrid
        ? new PlacesFilter { BuildingId = BuildingId }
        : this with { RoomId = null, IsColouredByOpen = false, ShowsRetired = false };

    /// <summary>The filter in an address or query string. Values that are not understood are ignored.</summary>
    public static PlacesFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(address.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? address[at..] : "");
        var sort = Of("sort");
        return new PlacesFilter
        {
            CampusId = Id("campus"),
            BuildingId = Id("building"),
            RoomId = Id("room"),
            View = Member<PlacesView>(Of("show")) ?? PlacesView.Grid,
            Text = Of("q"),
            State = Member<RoomFilter>(Of("state")),
            Kind = Member<RoomKind>(Of("kind")),
            Floor = int.TryParse(Of("floor"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var floor) ? floor : null,
            IsColouredByOpen = Of("colour") == "open",
            ShowsRetired = Of("retired") == "yes",
            Sort = Member<RoomSort>(sort?.TrimStart('-')) ?? RoomSort.Place,
            Descending = Member<RoomSort>(sort?.TrimStart('-')) is not null && sort!.StartsWith('-'),
            Page = int.TryParse(Of("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 1 ? page : 1,
        };

        string? Of(string name) => query.TryGetValue(name, out var values) && values.ToString().Trim() is { Length: > 0 } value ? value : null;

        long? Id(string name) => TypedId.Parse(Of(name));

        static T? Member<T>(string? typed) where T : struct, Enum =>
            Enum.TryParse<T>(typed, ignoreCase: true, out var member) && Enum.IsDefined(member) ? member : null;
    }

    /// <summary>The query string, with the question mark; empty when nothing is set.</summary>
    public string Query => QueryHelpers.AddQueryString("", new Dictionary<string, string?>
    {
        ["campus"] = Number(CampusId),
        ["building"] = Number(BuildingId),
        ["show"] = BuildingId is null || View == PlacesView.Grid ? null : "list",
        ["q"] = Text,
        ["state"] = State?.ToString(),
        ["kind"] = Kind?.ToString(),
        ["floor"] = Number(Floor),
        ["colour"] = IsColouredByOpen ? "open" : null,
        ["retired"] = ShowsRetired ? "yes" : null,
        ["sort"] = Sort == RoomSort.Place && !Descending ? null : $"{(Descending ? "-" : "")}{Sort}",
        ["page"] = Page > 1 ? Number(Page) : null,
        ["room"] = Number(RoomId),
    });

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Campuses with their buildings, in the order of their codes; retired ones last.</summary>
public sealed record PlaceTree(IReadOnlyList<CampusNode> Campuses)
{
    public static readonly PlaceTree Empty = new([]);

    public IEnumerable<BuildingNode> Buildings => Campuses.SelectMany(c => c.Buildings);

    public int Free => Campuses.Sum(c => c.Free);

    public BuildingNode? Building(long? id) => id is null ? null : Buildings.FirstOrDefault(b => b.Id == id);

    public CampusNode? Campus(long? id) => id is null ? null : Campuses.FirstOrDefault(c => c.Id == id);
}

public sealed record CampusNode(long Id, long Version, string Code, LocalName Name, DateTimeOffset? RetiredAt, IReadOnlyList<BuildingNode> Buildings)
{
    public int Free => Buildings.Sum(b => b.Free);
}

/// <summary>A building with the numbers of its rooms and beds in use. See <see cref="RoomTile"/> for what counts as taken.</summary>
public sealed record BuildingNode(
    long Id, long Version, long CampusId, string Code, LocalName Name, BuildingKind Kind, DateTimeOffset? RetiredAt, int Rooms, int Beds, int Taken)
{
    /// <summary>What is retired offers no beds.</summary>
    public int Free => RetiredAt is null ? Math.Max(0, Beds - Taken) : 0;
}

/// <summary>The rooms of a building as tiles; retired ones only where no other room has their number.</summary>
public sealed record RoomGridView(long BuildingId, IReadOnlyList<RoomTile> Rooms)
{
    public int Beds => Living.Sum(r => r.Beds);
    public int Taken => Living.Sum(r => r.Taken);
    public int Free => Beds - Taken;

    private IEnumerable<RoomTile> Living => Rooms.Where(r => r.State != RoomState.Retired);
}

/// <summary>
/// A room of the grid. <paramref name="Open"/> is the number of open matters about it. Residents whose bed nobody recorded take one, too: a room
/// in which somebody lives is not empty.
/// </summary>
public sealed record RoomTile(long Id, string Code, LocalName Name, int Floor, RoomKind Kind, int Beds, int Residents, int Open, bool IsRetired)
{
    public int Taken => Math.Min(Beds, Residents);
    public int Free => Beds - Taken;

    public RoomState State => this switch
    {
        { IsRetired: true } => RoomState.Retired,
        { Beds: 0 } => RoomState.Shared,
        { Taken: 0 } => RoomState.Empty,
        { Free: > 0 } => RoomState.Free,
        _ => RoomState.Full,
    };

    public bool Matches(RoomFilter? filter) => filter switch
    {
        null => true,
        RoomFilter.Free => State is RoomState.Free or RoomState.Empty,
        RoomFilter.Open => Open > 0,
        RoomFilter.Empty => State == RoomState.Empty,
        RoomFilter.Full => State == RoomState.Full,
        _ => State == RoomState.Retired,
    };
}

/// <summary>A row of the list of rooms.</summary>
public sealed record RoomListRow(
    long Id, LocalName Building, string Code, LocalName Name, int Floor, RoomKind Kind, decimal? Area, int? Capacity, int Beds, int Residents, bool IsRetired)
{
    public int Taken => Math.Min(Beds, Residents);
    public int Open { get; init; }
}

public sealed record RoomPage(IReadOnlyList<RoomListRow> Items, int Total)
{
    public static readonly RoomPage Empty = new([], 0);
}

/// <summary>A room with everything that its form edits. Retired beds are left out.</summary>
public sealed record RoomDetail
{
    public required long Id { get; init; }
    public required long Version { get; init; }
    public required long BuildingId { get; init; }
    public required LocalName Campus { get; init; }
    public required LocalName Building { get; init; }
    public required bool IsBuildingRetired { get; init; }
    public required string Code { get; init; }
    public required LocalName Name { get; init; }
    public required int Floor { get; init; }
    public required RoomKind Kind { get; init; }
    public required decimal? Area { get; init; }
    public required int? Capacity { get; init; }
    public int Beds => BedCodes.Count;

    /// <summary>The codes of the beds in use, in their order: 2 before 10.</summary>
    public required IReadOnlyList<string> BedCodes { get; init; }

    /// <summary>Everybody who lives there, also without a bed.</summary>
    public required int Residents { get; init; }
    public int Taken => Math.Min(Beds, Residents);
    public required DateTimeOffset? RetiredAt { get; init; }
    public required string? RetiredBy { get; init; }
    public required string? RetiredBecause { get; init; }

    /// <summary>What is open about it, in words; empty where nothing is.</summary>
    public IReadOnlyList<LocalName> Open { get; init; } = [];
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places;

public sealed partial class PlacesQueries
{
    private const int ReadAtOnce = 500;

    /// <summary>A page of <see cref="PlacesFilter.PageSize"/> rooms of a building, of a campus or of all, and how many match.</summary>
    public async Task<RoomPage> ListAsync(PlacesFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandPlaces();
        await using var db = await databases.CreateDbContextAsync(ct);
        var open = await OpenAsync(db, filter.BuildingId, ct);
        var ids = await MatchesAsync(db, filter, open, ct);
        var last = Math.Max(1, (ids.Count + PlacesFilter.PageSize - 1) / PlacesFilter.PageSize);
        var wanted = ids.Skip((Math.Clamp(filter.Page, 1, last) - 1) * PlacesFilter.PageSize).Take(PlacesFilter.PageSize).ToList();
        var people = db.Users.AsNoTracking();
        var rows = await db.Rooms.AsNoTracking().Where(r => wanted.Contains(r.Id)).Select(r => new RoomListRow(
            r.Id, new LocalName(r.Building.Name, r.Building.NameEn), r.Code, new LocalName(r.Name, r.NameEn), r.Floor, r.Kind, r.Area, r.Capacity,
            r.Beds.Count(b => b.RetiredAt == null), people.Count(p => p.RoomId == r.Id && p.RetiredAt == null), r.RetiredAt != null))
            .ToDictionaryAsync(r => r.Id, ct);
        return new RoomPage([.. wanted.Where(rows.ContainsKey).Select(id => rows[id] with { Open = open.GetValueOrDefault(id) })], ids.Count);
    }

    /// <summary>Rooms in use, found by building and room: names, numbers, pinyin.</summary>
    public async Task<IReadOnlyList<FoundRoom>> FindRoomsAsync(string typed, int take, CancellationToken ct = default)
    {
        user.Actor.DemandPlaces();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.FindRoomsAsync(typed, take, ct);
    }

    /// <summary>Buildings in use, found by code, name or pinyin.</summary>
    public async Task<IReadOnlyList<FoundBuilding>> FindBuildingsAsync(string typed, int take, CancellationToken ct = default)
    {
        user.Actor.DemandPlaces();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.FindBuildingsAsync(typed, take, ct);
    }

    /// <summary>All rooms that are in use, with their beds. For managers and administrators.</summary>
    public Task<IReadOnlyList<RoomRow>> RoomsAsync(CancellationToken ct = default) => RoomsAsync(new PlacesFilter(), ct);

    /// <summary>The rooms that the list shows with this filter, in its order, with their beds. For managers and administrators.</summary>
    public async Task<IReadOnlyList<RoomRow>> RoomsAsync(PlacesFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandManagement();
        await using var db = await databases.CreateDbContextAsync(ct);
        var open = filter.State == RoomFilter.Open ? await OpenAsync(db, filter.BuildingId, ct) : [];
        var ids = await MatchesAsync(db, filter, open, ct);
        List<RoomRow> rows = [];
        foreach (var some in ids.Chunk(ReadAtOnce))
        {
            var read = await db.Rooms.AsNoTracking().Where(r => some.Contains(r.Id)).Select(r => new
            {
                r.Id,
                Row = new RoomRow(
                    new LocalName(r.Building.Campus.Name, r.Building.Campus.NameEn), new LocalName(r.Building.Name, r.Building.NameEn),
                    r.Floor, r.Code, r.Name, r.NameEn, r.Kind, r.Area, r.Capacity, r.Beds.Count(b => b.RetiredAt == null), r.RetiredAt != null),
            }).ToDictionaryAsync(r => r.Id, r => r.Row, ct);
            rows.AddRange(some.Where(read.ContainsKey).Select(id => read[id]));
        }
        return rows;
    }

    /// <summary>All buildings in use, of one campus or of all. For managers and administrators.</summary>
    public async Task<IReadOnlyList<BuildingRow>> BuildingsAsync(long? campusId = null, CancellationToken ct = default)
    {
        user.Actor.DemandManagement();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Buildings.AsNoTracking()
            .Where(b => b.RetiredAt == null && b.Campus.RetiredAt == null && (campusId == null || b.CampusId == campusId))
            .OrderBy(b => b.Campus.Code).ThenBy(b => b.Code.Length).ThenBy(b => b.Code)
            .Select(b => new BuildingRow(b.Campus.Code, new LocalName(b.Campus.Name, b.Campus.NameEn), b.Code, b.Name, b.NameEn, b.Kind)).ToListAsync(ct);
    }

    /// <summary>The ids of the matching rooms in the order of the list: what is open is known to other slices only.</summary>
    private static async Task<List<long>> MatchesAsync(LogisticsDb db, PlacesFilter filter, Dictionary<long, int> open, CancellationToken ct)
    {
        var ids = await Sorted(db, Filtered(db, filter), filter).Select(r => r.Id).ToListAsync(ct);
        return filter.State == RoomFilter.Open ? ids.FindAll(open.ContainsKey) : ids;
    }

    private static IQueryable<Room> Filtered(LogisticsDb db, PlacesFilter filter)
    {
        var people = db.Users.AsNoTracking();
        var rooms = db.Rooms.AsNoTracking();
        rooms = filter.State == RoomFilter.Retired ? rooms.Where(r => r.RetiredAt != null) : rooms.Where(r => r.RetiredAt == null);
        if (filter.BuildingId is { } building) rooms = rooms.Where(r => r.BuildingId == building);
        else if (filter.State != RoomFilter.Retired) rooms = rooms.Where(r => r.Building.RetiredAt == null);
        if (filter.BuildingId is null && filter.CampusId is { } campus) rooms = rooms.Where(r => r.Building.CampusId == campus);
        if (filter.Floor is { } floor) rooms = rooms.Where(r => r.Floor == floor);
        if (filter.Kind is { } kind) rooms = rooms.Where(r => r.Kind == kind);
        rooms = filter.State switch
        {
            RoomFilter.Free => rooms.Where(r =>
                r.Beds.Count(b => b.RetiredAt == null) > people.Count(p => p.RoomId == r.Id && p.RetiredAt == null)),
            RoomFilter.Full => rooms.Where(r => r.Beds.Any(b => b.RetiredAt == null)
                && r.Beds.Count(b => b.RetiredAt == null) <= people.Count(p => p.RoomId == r.Id && p.RetiredAt == null)),
            RoomFilter.Empty => rooms.Where(r => r.Beds.Any(b => b.RetiredAt == null)
                && !people.Any(p => p.RoomId == r.Id && p.RetiredAt == null)),
            _ => rooms,
        };
        foreach (var word in SearchWords.Of(filter.Text))
        {
            var pattern = LikePattern.Containing(word);
            rooms = rooms.Where(r => EF.Functions.Like(r.Code, pattern, LikePattern.Escape) || EF.Functions.Like(r.Name, pattern, LikePattern.Escape)
                || EF.Functions.Like(r.NameEn, pattern, LikePattern.Escape) || EF.Functions.Like(r.Building.Name, pattern, LikePattern.Escape)
                || EF.Functions.Like(r.Building.NameEn, pattern, LikePattern.Escape) || EF.Functions.Like(r.Building.Code, pattern, LikePattern.Escape));
        }
        return rooms;
    }

    private static IQueryable<Room> Sorted(LogisticsDb db, IQueryable<Room> rooms, PlacesFilter filter)
    {
        var people = db.Users.AsNoTracking();
        var sorted = (filter.Sort, filter.Descending) switch
        {
            (RoomSort.Number, false) => rooms.OrderBy(r => r.Code.Length).ThenBy(r => r.Code),
            (RoomSort.Number, true) => rooms.OrderByDescending(r => r.Code.Length).ThenByDescending(r => r.Code),
            (RoomSort.Floor, false) => rooms.OrderBy(r => r.Floor),
            (RoomSort.Floor, true) => rooms.OrderByDescending(r => r.Floor),
            (RoomSort.Kind, false) => rooms.OrderBy(r => r.Kind),
            (RoomSort.Kind, true) => rooms.OrderByDescending(r => r.Kind),
            (RoomSort.Area, false) => rooms.OrderBy(r => r.Area),
            (RoomSort.Area, true) => rooms.OrderByDescending(r => r.Area),
            (RoomSort.Capacity, false) => rooms.OrderBy(r => r.Capacity),
            (RoomSort.Capacity, true) => rooms.OrderByDescending(r => r.Capacity),
            (RoomSort.Beds, false) => rooms.OrderBy(r => r.Beds.Count(b => b.RetiredAt == null)),
            (RoomSort.Beds, true) => rooms.OrderByDescending(r => r.Beds.Count(b => b.RetiredAt == null)),
            (RoomSort.Free, false) => rooms.OrderBy(r =>
                r.Beds.Count(b => b.RetiredAt == null) - people.Count(p => p.RoomId == r.Id && p.RetiredAt == null)),
            (RoomSort.Free, true) => rooms.OrderByDescending(r =>
                r.Beds.Count(b => b.RetiredAt == null) - people.Count(p => p.RoomId == r.Id && p.RetiredAt == null)),
            (_, true) => rooms.OrderByDescending(r => r.Building.Campus.Code).ThenByDescending(r => r.Building.Code.Length)
                .ThenByDescending(r => r.Building.Code),
            _ => rooms.OrderBy(r => r.Building.Campus.Code).ThenBy(r => r.Building.Code.Length).ThenBy(r => r.Building.Code),
        };
        // Within the same value in the order of the place.
        return filter.Sort == RoomSort.Place && filter.Descending
            ? sorted.ThenByDescending(r => r.Floor).ThenByDescending(r => r.Code.Length).ThenByDescending(r => r.Code).ThenBy(r => r.Id)
            : sorted.ThenBy(r => r.BuildingId).ThenBy(r => r.Floor).ThenBy(r => r.Code.Length).ThenBy(r => r.Code).ThenBy(r => r.Id);
    }
}

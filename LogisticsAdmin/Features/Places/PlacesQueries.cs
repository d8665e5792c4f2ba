using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places;

/// <summary>Building and room in one line.</summary>
public sealed record RoomLine(LocalName Building, LocalName Room);

/// <summary>
/// Reads campuses, buildings and rooms for the office; anybody else gets <see cref="Forbidden"/>, except for their own room. Numbers count what
/// is in use.
/// </summary>
public sealed partial class PlacesQueries(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, IEnumerable<IRoomBadges> badges, KeptReadings kept)
{
    /// <summary>One's own room; null where none is on record.</summary>
    public async Task<RoomLine?> MyRoomAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        return await kept.OfAsync(
            "Places.MyRoom", me, [RowsRead.Of<Person>(me), RowsRead.All<Room>(), RowsRead.All<Building>()], token => ReadMyRoomAsync(me, token), ct);
    }

    private async Task<RoomLine?> ReadMyRoomAsync(long me, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await (
            from person in db.Users
            where person.Id == me
            join room in db.Rooms on person.RoomId equals room.Id
            join building in db.Buildings on room.BuildingId equals building.Id
            select new RoomLine(new LocalName(building.Name, building.NameEn), new LocalName(room.Name, room.NameEn))).FirstOrDefaultAsync(ct);
    }

    /// <summary>All campuses and buildings, retired ones too, with rooms, beds and residents.</summary>
    public async Task<PlaceTree> TreeAsync(CancellationToken ct = default)
    {
        user.Actor.DemandPlaces();
        await using var db = await databases.CreateDbContextAsync(ct);
        var campuses = await db.Campuses.AsNoTracking().ToListAsync(ct);
        var buildings = await db.Buildings.AsNoTracking().ToListAsync(ct);
        var living = db.Rooms.AsNoTracking().Where(r => r.RetiredAt == null);
        var rooms = await living.GroupBy(r => r.BuildingId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var beds = await (
            from bed in db.Beds.AsNoTracking()
            where bed.RetiredAt == null
            join room in living on bed.RoomId equals room.Id
            group bed by room.BuildingId into g
            select new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var taken = await (
            from person in db.Users.AsNoTracking()
            where person.BedId != null && person.RetiredAt == null
            join room in living on person.RoomId equals room.Id
            group person by room.BuildingId into g
            select new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        await AddWithoutBedAsync(db, living, taken, ct);
        var nodes = buildings.Select(b => new BuildingNode(b.Id, b.Version, b.CampusId, b.Code, b.LocalName, b.Kind, b.RetiredAt,
                rooms.GetValueOrDefault(b.Id), beds.GetValueOrDefault(b.Id), taken.GetValueOrDefault(b.Id)))
            .OrderBy(b => b.RetiredAt is not null).ThenBy(b => b.Code, PlaceOrder.Codes).ToLookup(b => b.CampusId);
        return new PlaceTree(
        [
            .. campuses.Select(c => new CampusNode(c.Id, c.Version, c.Code, c.LocalName, c.RetiredAt, [.. nodes[c.Id]]))
                .OrderBy(c => c.RetiredAt is not null).ThenBy(c => c.Code, PlaceOrder.Codes),
        ]);
    }

    /// <summary>The rooms of a building, from the top floor down and by their numbers. NotFound where there is no such building.</summary>
    public async Task<RoomGridView> GridAsync(long buildingId, CancellationToken ct = default)
    {
        user.Actor.DemandPlaces();
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.Buildings.AnyAsync(b => b.Id == buildingId, ct)) throw new NotFound();
        var all = db.Rooms.AsNoTracking().Where(r => r.BuildingId == buildingId);
        // Apart, because the index of rooms holds those in use.
        var living = await Tiles(all.Where(r => r.RetiredAt == null)).ToListAsync(ct);
        var retired = await Tiles(all.Where(r => r.RetiredAt != null)).ToListAsync(ct);
        var residents = await (
            from room in all.Where(r => r.RetiredAt == null)
            join person in db.Users.AsNoTracking() on room.Id equals person.RoomId
            where person.RetiredAt == null
            group person by room.Id into g
            select new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var open = await OpenAsync(db, buildingId, ct);
        var numbers = living.Select(r => r.Code).ToHashSet();
        var tiles = living.Concat(retired.OrderByDescending(r => r.Id).Where(r => numbers.Add(r.Code)))
            .Select(r => r with { Residents = residents.GetValueOrDefault(r.Id), Open = open.GetValueOrDefault(r.Id) });
        return new RoomGridView(buildingId, [.. tiles.OrderByDescending(r => r.Floor).ThenBy(r => r.Code, PlaceOrder.Codes).ThenBy(r => r.Id)]);
    }

    /// <summary>The floors that have rooms in use, from the top.</summary>
    public async Task<IReadOnlyList<int>> FloorsAsync(long buildingId, CancellationToken ct = default)
    {
        user.Actor.DemandPlaces();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Rooms.AsNoTracking().Where(r => r.BuildingId == buildingId && r.RetiredAt == null)
            .Select(r => r.Floor).Distinct().OrderDescending().ToListAsync(ct);
    }

    /// <summary>One room, also a retired one. NotFound where there is none.</summary>
    public async Task<RoomDetail> RoomAsync(long id, CancellationToken ct = default)
    {
        user.Actor.DemandPlaces();
        await using var db = await databases.CreateDbContextAsync(ct);
        var people = db.Users.AsNoTracking();
        var room = await db.Rooms.AsNoTracking().Where(r => r.Id == id).Select(r => new RoomDetail
        {
            Id = r.Id,
            Version = r.Version,
            BuildingId = r.BuildingId,
            Campus = new LocalName(r.Building.Campus.Name, r.Building.Campus.NameEn),
            Building = new LocalName(r.Building.Name, r.Building.NameEn),
            IsBuildingRetired = r.Building.RetiredAt != null,
            Code = r.Code,
            Name = new LocalName(r.Name, r.NameEn),
            Floor = r.Floor,
            Kind = r.Kind,
            Area = r.Area,
            Capacity = r.Capacity,
            BedCodes = r.Beds.Where(b => b.RetiredAt == null).OrderBy(b => b.Code.Length).ThenBy(b => b.Code).Select(b => b.Code).ToList(),
            Residents = people.Count(p => p.RoomId == r.Id && p.RetiredAt == null),
            RetiredAt = r.RetiredAt,
            RetiredBy = people.Where(p => p.Id == r.RetiredById).Select(p => p.FullName).FirstOrDefault(),
            RetiredBecause = r.RetiredBecause,
        }).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        return room with { Open = await OpenOfAsync(db, room.BuildingId, id, ct) };
    }

    /// <summary>What is open about a room or a building, in words, for whoever is about to retire it. Nothing is said of campuses.</summary>
    public async Task<IReadOnlyList<LocalName>> OpenAsync(PlaceKind kind, long id, CancellationToken ct = default)
    {
        user.Actor.DemandPlaces();
        if (kind == PlaceKind.Campus) return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        if (kind == PlaceKind.Building) return await OpenOfAsync(db, id, null, ct);
        var building = await db.Rooms.Where(r => r.Id == id).Select(r => (long?)r.BuildingId).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        return await OpenOfAsync(db, building, id, ct);
    }

    /// <summary>Adds those who live in a room without a bed of their own, as far as it has free beds, to the numbers by building.</summary>
    private static async Task AddWithoutBedAsync(LogisticsDb db, IQueryable<Room> living, Dictionary<long, int> taken, CancellationToken ct)
    {
        var people = db.Users.AsNoTracking().Where(p => p.RetiredAt == null);
        var without = await people.Where(p => p.BedId == null && p.RoomId != null).GroupBy(p => p.RoomId!.Value)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        foreach (var some in without.Keys.Chunk(ReadAtOnce))
        {
            var rooms = await living.Where(r => some.Contains(r.Id)).Select(r => new
            {
                r.Id,
                r.BuildingId,
                Free = r.Beds.Count(b => b.RetiredAt == null) - people.Count(p => p.RoomId == r.Id && p.BedId != null),
            }).ToListAsync(ct);
            foreach (var room in rooms)
                taken[room.BuildingId] = taken.GetValueOrDefault(room.BuildingId) + Math.Clamp(without[room.Id], 0, Math.Max(0, room.Free));
        }
    }

    private async Task<IReadOnlyList<LocalName>> OpenOfAsync(LogisticsDb db, long buildingId, long? roomId, CancellationToken ct)
    {
        List<LocalName> open = [];
        foreach (var badge in badges)
        {
            var counts = await badge.CountAsync(db, buildingId, ct);
            var count = roomId is { } room ? counts.GetValueOrDefault(room) : counts.Values.Sum();
            if (count > 0) open.Add(badge.Counted(count));
        }
        return open;
    }

    private async Task<Dictionary<long, int>> OpenAsync(LogisticsDb db, long? buildingId, CancellationToken ct)
    {
        Dictionary<long, int> open = [];
        foreach (var badge in badges)
            foreach (var (room, count) in await badge.CountAsync(db, buildingId, ct)) open[room] = open.GetValueOrDefault(room) + count;
        return open;
    }

    private static IQueryable<RoomTile> Tiles(IQueryable<Room> rooms) => rooms.Select(r => new RoomTile(
        r.Id, r.Code, new LocalName(r.Name, r.NameEn), r.Floor, r.Kind, r.Beds.Count(b => b.RetiredAt == null), 0, 0, r.RetiredAt != null));
}

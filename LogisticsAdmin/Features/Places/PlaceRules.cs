using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places;

/// <summary>What must hold before a place changes. Called inside the write, so that it stays true until the commit.</summary>
internal static class PlaceRules
{
    /// <summary>Names at most this many of those who live there.</summary>
    private const int Named = 3;

    private static string Comma => Languages.IsChinese(System.Globalization.CultureInfo.CurrentUICulture) ? "、" : ", ";

    /// <summary>
    /// Refuses at the field a code that another place has, however it is spelled: imports compare without spaces and upper case. Codes of
    /// retired campuses and buildings stay taken.
    /// </summary>
    public static async Task DemandFreeCodeAsync<T>(IQueryable<T> others, string field, string code, CancellationToken ct) where T : NamedEntity
    {
        var key = CleanText.ComparisonKey(code);
        var codes = await others.AsNoTracking().Select(x => new { x.Code, x.RetiredAt }).ToListAsync(ct);
        if (codes.Find(c => CleanText.ComparisonKey(c.Code) == key) is not { } taken) return;
        throw Rejected.At<PlacesText>(field, taken.RetiredAt is null ? "CodeTaken" : "CodeRetired", taken.Code);
    }

    /// <summary>Refuses at the field a number that another room in use of the building has.</summary>
    public static Task DemandFreeNumberAsync(LogisticsDb db, long buildingId, string number, long? roomId, CancellationToken ct) =>
        DemandFreeCodeAsync(
            db.Rooms.Living().Where(r => r.BuildingId == buildingId && r.Id != (roomId ?? 0)), nameof(RoomForm.Number), number, ct);

    /// <summary>Refuses, at the number of beds or at another field, to retire beds in which somebody lives or that are promised, and says who.</summary>
    public static async Task DemandFreeAsync(
        LogisticsDb db, IEnumerable<IBedClaim> claims, IReadOnlyCollection<Bed> beds, CancellationToken ct, string field = nameof(RoomForm.Beds))
    {
        var ids = beds.Select(b => (long?)b.Id).ToList();
        var taken = await db.Users.AsNoTracking().Where(p => p.RetiredAt == null && ids.Contains(p.BedId))
            .Select(p => new { p.FullName, p.BedId }).ToListAsync(ct);
        if (taken.Count > 0)
        {
            var names = Listed(beds.SelectMany(b => taken.Where(t => t.BedId == b.Id).Select(t => $"{b.Code} {t.FullName}")));
            throw field.Length == 0 ? Rejected.Because<PlacesText>("BedsTaken", names) : Rejected.At<PlacesText>(field, "BedsTaken", names);
        }
        var promised = await claims.ClaimedAsync(db, [.. beds.Select(b => b.Id)], ct);
        if (promised.Count == 0) return;
        var waiting = Listed(beds.Where(b => promised.ContainsKey(b.Id)).Select(b => $"{b.Code} {promised[b.Id]}"));
        throw field.Length == 0 ? Rejected.Because<PlacesText>("BedsPromised", waiting) : Rejected.At<PlacesText>(field, "BedsPromised", waiting);
    }

    /// <summary>Refuses the code of another bed in use of the room, however it is spelled; without a field it says what to do.</summary>
    public static void DemandFreeBedCode(Room room, string code, long? bedId, string field)
    {
        var key = CleanText.ComparisonKey(code);
        if (room.LivingBeds().FirstOrDefault(b => b.Id != bedId && CleanText.ComparisonKey(b.Code) == key) is not { } taken) return;
        throw field.Length == 0 ? Rejected.Because<PlacesText>("BedCodeInUse", taken.Code) : Rejected.At<PlacesText>(field, "CodeTaken", taken.Code);
    }

    /// <summary>Refuses a bed more than a room may have.</summary>
    public static void DemandSpaceForBed(Room room)
    {
        if (room.LivingBeds().Count >= PlacesLimits.Beds) throw Rejected.Because<PlacesText>("TooManyBeds", PlacesLimits.Beds);
    }

    /// <summary>Several codes or names in one line.</summary>
    public static string Listed(IEnumerable<string> names) => string.Join(Comma, names);

    /// <summary>Refuses to retire a room in which somebody lives or is to live, and says who.</summary>
    public static async Task DemandEmptyAsync(LogisticsDb db, IEnumerable<IBedClaim> claims, Room room, CancellationToken ct)
    {
        var residents = await db.Users.AsNoTracking().Where(p => p.RetiredAt == null && p.RoomId == room.Id).OrderBy(p => p.BedId).ThenBy(p => p.Id)
            .Select(p => p.FullName).ToListAsync(ct);
        if (residents.Count == 0)
        {
            await DemandUnpromisedAsync(db, claims, db.Beds.Where(b => b.RoomId == room.Id), ct);
            return;
        }
        var names = string.Join(Comma, residents.Take(Named));
        if (residents.Count <= Named) throw Rejected.Because<PlacesText>("RoomLivedIn", names);
        throw Rejected.Because<PlacesText>("RoomLivedInBy", names, residents.Count);
    }

    /// <summary>Refuses to retire a building as long as somebody lives in one of its rooms in use or is to live there.</summary>
    public static async Task DemandEmptyAsync(LogisticsDb db, IEnumerable<IBedClaim> claims, Building building, CancellationToken ct)
    {
        var rooms = await (
            from person in db.Users.AsNoTracking()
            where person.RetiredAt == null
            join room in db.Rooms.Living() on person.RoomId equals room.Id
            where room.BuildingId == building.Id
            select room.Name).ToListAsync(ct);
        if (rooms.Count > 0)
            throw Rejected.Because<PlacesText>("BuildingLivedIn", rooms.Count, string.Join(Comma, rooms.Distinct().Order(PlaceOrder.Codes).Take(Named)));
        await DemandUnpromisedAsync(db, claims, db.Beds.Where(b => b.Room.BuildingId == building.Id && b.Room.RetiredAt == null), ct);
    }

    /// <summary>Refuses to retire a campus that has buildings in use.</summary>
    public static async Task DemandEmptyAsync(LogisticsDb db, Campus campus, CancellationToken ct)
    {
        var names = await db.Buildings.AsNoTracking().Living().Where(b => b.CampusId == campus.Id).OrderBy(b => b.Code).Select(b => b.Name).ToListAsync(ct);
        if (names.Count > 0) throw Rejected.Because<PlacesText>("CampusInUse", names.Count, string.Join(Comma, names.Take(Named)));
    }

    private static async Task DemandUnpromisedAsync(LogisticsDb db, IEnumerable<IBedClaim> claims, IQueryable<Bed> beds, CancellationToken ct)
    {
        var ids = await beds.Where(b => b.RetiredAt == null).OrderBy(b => b.Id).Select(b => b.Id).ToListAsync(ct);
        var promised = await claims.ClaimedAsync(db, ids, ct);
        if (promised.Count == 0) return;
        var names = string.Join(Comma, ids.Where(promised.ContainsKey).Take(Named).Select(id => promised[id]));
        if (promised.Count <= Named) throw Rejected.Because<PlacesText>("PlacePromised", names);
        throw Rejected.Because<PlacesText>("PlacePromisedTo", names, promised.Count);
    }
}

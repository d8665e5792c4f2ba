using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places.Beds;

/// <summary>Somebody who may move, and where they live.</summary>
internal sealed record KnownResident(long Id, string? Number, string UserName, string FullName, long? RoomId, long? BedId)
{
    public string Called => BedService.Called(FullName, Number);
}

/// <summary>A room in use with the ids of its beds in use, by normalised code (<see cref="CleanText.ComparisonKey"/>).</summary>
internal sealed record KnownBedroom(long Id, string Code, Dictionary<string, long> Beds);

/// <summary>The stored data that the rows of a file are checked against, read once: people on record and places in use.</summary>
internal sealed class KnownBeds
{
    private Dictionary<long, (long Building, string Name)> _rooms = [];
    private Dictionary<long, KnownResident> _holders = [];

    public required Dictionary<long, KnownResident> People { get; init; }
    public required Dictionary<string, KnownResident> ByNumber { get; init; }
    public required Dictionary<string, KnownResident> ByUserName { get; init; }
    public required ILookup<string, Building> Buildings { get; init; }
    public required Dictionary<(long Building, string Code), KnownBedroom> Rooms { get; init; }
    public required HashSet<long> RoomsInUse { get; init; }

    /// <summary>The codes of the beds in use.</summary>
    public required Dictionary<long, string> BedCodes { get; init; }

    /// <summary>Who has the bed.</summary>
    public KnownResident? Holder(long bed) => _holders.GetValueOrDefault(bed);

    public long BuildingOf(long room) => _rooms[room].Building;

    /// <summary>Building and room in one line, also of retired ones.</summary>
    public string? NameOf(long? room) => room is { } id ? _rooms[id].Name : null;

    public static async Task<KnownBeds> ReadAsync(LogisticsDb db, CancellationToken ct)
    {
        var people = await db.Users.AsNoTracking().Living()
            .Select(p => new KnownResident(p.Id, p.Number, p.UserName!, p.FullName, p.RoomId, p.BedId)).ToListAsync(ct);
        var buildings = await db.Buildings.AsNoTracking().Include(b => b.Campus).ToListAsync(ct);
        var inUse = buildings.Where(b => b.RetiredAt is null && b.Campus.RetiredAt is null).ToDictionary(b => b.Id);
        var names = buildings.ToDictionary(b => b.Id, b => b.Name);
        var rooms = await db.Rooms.AsNoTracking().Select(r => new { r.Id, r.BuildingId, r.Code, r.NameEn, IsRetired = r.RetiredAt != null }).ToListAsync(ct);
        var roomsInUse = rooms.Where(r => !r.IsRetired && inUse.ContainsKey(r.BuildingId)).ToList();
        var beds = await db.Beds.AsNoTracking().Living().Select(b => new { b.Id, b.RoomId, b.Code }).ToListAsync(ct);
        var byRoom = beds.ToLookup(b => b.RoomId);
        var known = new KnownBeds
        {
            _rooms = rooms.ToDictionary(r => r.Id, r => (r.BuildingId, $"{names[r.BuildingId]} {r.Code}")),
            _holders = people.Where(p => p.BedId is not null).ToDictionary(p => p.BedId!.Value),
            People = people.ToDictionary(p => p.Id),
            ByNumber = people.Where(p => p.Number is not null).ToDictionary(p => p.Number!, StringComparer.OrdinalIgnoreCase),
            ByUserName = people.GroupBy(p => SignInName.Normalize(p.UserName)).ToDictionary(g => g.Key, g => g.First()),
            Buildings = inUse.Values.SelectMany(b => b.Spellings.Select(n => (n, b))).ToLookup(x => x.n, x => x.b),
            Rooms = roomsInUse.ToDictionary(
                r => (r.BuildingId, CleanText.ComparisonKey(r.Code)),
                r => new KnownBedroom(r.Id, r.Code, byRoom[r.Id].ToDictionary(b => CleanText.ComparisonKey(b.Code), b => b.Id))),
            RoomsInUse = [.. roomsInUse.Select(r => r.Id)],
            BedCodes = beds.ToDictionary(b => b.Id, b => b.Code),
        };
        // Lists in English have the English names of rooms.
        foreach (var room in roomsInUse.Where(r => r.NameEn.Length > 0))
            known.Rooms.TryAdd((room.BuildingId, CleanText.ComparisonKey(room.NameEn)), known.Rooms[(room.BuildingId, CleanText.ComparisonKey(room.Code))]);
        return known;
    }
}

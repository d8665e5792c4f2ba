using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.People.Import;

/// <summary>A room, and the ids of its beds by normalised code (<see cref="CleanText.ComparisonKey"/>).</summary>
internal sealed record KnownRoom(long Id, long BuildingId, string Code, string NameEn, Dictionary<string, long> Beds);

internal sealed record KnownBuilding(long Id, string Campus, string CampusName, string CampusNameEn, string Code, string Name, string NameEn);

/// <summary>The stored data that the rows of a file are checked against, read once: people, sign-in names, roles, places and crews.</summary>
internal sealed class KnownPeople
{
    private static readonly IReadOnlyList<Role> NoRoles = [];

    public required Dictionary<long, Person> ById { get; init; }
    public required Dictionary<long, List<Role>> Roles { get; init; }

    /// <summary>People who are not deleted, by number.</summary>
    public Dictionary<string, Person> Living { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Deleted people by number; for a number used several times, the person deleted last.</summary>
    public Dictionary<string, Person> Deleted { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The id of the person by sign-in name.</summary>
    public required Dictionary<string, long> Names { get; init; }
    public Dictionary<long, long> BedOf { get; } = [];
    public required ILookup<string, KnownBuilding> Buildings { get; init; }
    public required Dictionary<(long Building, string Code), KnownRoom> Rooms { get; init; }
    public required Dictionary<string, (long Id, LocalName Name)> Crews { get; init; }
    public required Dictionary<long, string> RoomNames { get; init; }
    public required Dictionary<long, string> BedNames { get; init; }

    /// <summary>The ids of the administrators who may sign in.</summary>
    public IEnumerable<long> Administrators => Roles.Where(r => r.Value.Contains(Role.Administrator) && ById[r.Key].MaySignIn).Select(r => r.Key);

    public IReadOnlyList<Role> RolesOf(long id) => Roles.TryGetValue(id, out var roles) ? roles : NoRoles;

    public static async Task<KnownPeople> ReadAsync(LogisticsDb db, CancellationToken ct)
    {
        var people = await db.Users.AsNoTracking().ToListAsync(ct);
        var roles = new Dictionary<long, List<Role>>();
        foreach (var role in await db.UserRoles.AsNoTracking().ToListAsync(ct))
        {
            if (!roles.TryGetValue(role.UserId, out var list)) roles.Add(role.UserId, list = []);
            list.Add((Role)role.RoleId);
        }
        foreach (var list in roles.Values) list.Sort();
        var buildings = await db.Buildings.AsNoTracking().Where(b => b.RetiredAt == null)
            .Select(b => new KnownBuilding(b.Id, b.Campus.Code, b.Campus.Name, b.Campus.NameEn, b.Code, b.Name, b.NameEn)).ToListAsync(ct);
        var beds = (await db.Beds.AsNoTracking().Where(b => b.RetiredAt == null)
            .Select(b => new { b.Id, b.RoomId, b.Code }).ToListAsync(ct)).ToLookup(b => b.RoomId);
        var rooms = await db.Rooms.AsNoTracking().Where(r => r.RetiredAt == null).Select(r => new { r.Id, r.BuildingId, r.Code, r.NameEn }).ToListAsync(ct);
        var buildingNames = buildings.ToDictionary(b => b.Id, b => b.Name);
        var crews = await db.Crews.AsNoTracking().Where(c => c.RetiredAt == null).Select(c => new { c.Id, c.Code, c.Name, c.NameEn }).ToListAsync(ct);
        var known = new KnownPeople
        {
            ById = people.ToDictionary(p => p.Id),
            Roles = roles,
            Names = await db.Set<SignInName>().AsNoTracking().ToDictionaryAsync(n => n.Name, n => n.PersonId, ct),
            Buildings = buildings
                .SelectMany(b => new[] { b.Code, b.Name, b.NameEn }.Where(n => n.Length > 0).Select(CleanText.ComparisonKey).Distinct().Select(n => (n, b)))
                .ToLookup(x => x.n, x => x.b),
            Rooms = rooms.ToDictionary(
                r => (r.BuildingId, CleanText.ComparisonKey(r.Code)),
                r => new KnownRoom(r.Id, r.BuildingId, r.Code, r.NameEn, beds[r.Id].ToDictionary(b => CleanText.ComparisonKey(b.Code), b => b.Id))),
            Crews = crews.SelectMany(c => new[] { c.Code, c.Name, c.NameEn }.Where(n => n.Length > 0).Select(CleanText.ComparisonKey).Distinct()
                .Select(n => (n, c)))
                .GroupBy(x => x.n).ToDictionary(g => g.Key, g => (g.First().c.Id, new LocalName(g.First().c.Name, g.First().c.NameEn))),
            RoomNames = rooms.Where(r => buildingNames.ContainsKey(r.BuildingId)).ToDictionary(r => r.Id, r => $"{buildingNames[r.BuildingId]} {r.Code}"),
            BedNames = beds.SelectMany(g => g).ToDictionary(b => b.Id, b => b.Code),
        };
        // The directory in English has the English names of rooms.
        foreach (var room in rooms.Where(r => r.NameEn.Length > 0))
            known.Rooms.TryAdd((room.BuildingId, CleanText.ComparisonKey(room.NameEn)), known.Rooms[(room.BuildingId, CleanText.ComparisonKey(room.Code))]);
        foreach (var person in people.OrderBy(p => p.RetiredAt))
        {
            if (person.BedId is { } bed && person.RetiredAt is null) known.BedOf[bed] = person.Id;
            if (person.Number is { } number) (person.RetiredAt is null ? known.Living : known.Deleted)[number] = person;
        }
        return known;
    }
}

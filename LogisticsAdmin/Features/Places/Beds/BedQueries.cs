using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places.Beds;

/// <summary>Who lives in which bed, and what is offered when somebody moves. For the office; everybody else is refused as Forbidden.</summary>
public sealed class BedQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user, IEnumerable<IBedClaim> claims)
{
    private const int MaxStays = 200;

    private const int BedsAtOnce = 60;

    private static readonly char[] Separators = [' ', '\u3000', ',', '·'];

    /// <summary>Beds in use and retired ones, people who live in the room without a bed, and earlier stays. Throws NotFound.</summary>
    public async Task<RoomBedsView> RoomAsync(long roomId, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        var room = await db.Rooms.AsNoTracking().Where(r => r.Id == roomId).Select(r => new
        {
            Building = new LocalName(r.Building.Name, r.Building.NameEn),
            Room = new LocalName(r.Name, r.NameEn),
            IsRetired = r.RetiredAt != null || r.Building.RetiredAt != null || r.Building.Campus.RetiredAt != null,
        }).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        var beds = await db.Beds.AsNoTracking().Living().Where(b => b.RoomId == roomId).Select(b => new { b.Id, b.Code, b.Version }).ToListAsync(ct);
        var stays = db.Occupancies;
        var residents = await db.Users.AsNoTracking().Living().Where(p => p.RoomId == roomId).OrderBy(p => p.Pinyin).Select(p => new
        {
            p.BedId,
            Resident = new BedResident(
                p.Id, p.FullName, p.Number, p.College, p.ClassName,
                stays.Where(o => o.PersonId == p.Id && o.Until == null).Select(o => (DateTimeOffset?)o.From).FirstOrDefault()),
        }).ToListAsync(ct);
        var history = await (
            from stay in stays.AsNoTracking()
            where stay.RoomId == roomId
            join person in db.Users on stay.PersonId equals person.Id
            join b in db.Beds on stay.BedId equals b.Id into itsBed
            from bed in itsBed.DefaultIfEmpty()
            join f in db.Users on stay.BeganById equals f.Id into began
            from first in began.DefaultIfEmpty()
            join l in db.Users on stay.EndedById equals l.Id into ended
            from last in ended.DefaultIfEmpty()
            orderby stay.From descending, stay.Id descending
            select new StayLine(stay.Id, person.FullName, person.Number, bed.Code, stay.From, stay.Until, first.FullName, last.FullName))
            .Take(MaxStays).ToListAsync(ct);
        var byBed = residents.Where(r => r.BedId is not null).ToDictionary(r => r.BedId!.Value, r => r.Resident);
        IReadOnlyList<BedLine> lines =
        [
            .. beds.OrderBy(b => b.Code.Length).ThenBy(b => b.Code, StringComparer.Ordinal)
                .Select(b => new BedLine(b.Id, b.Code, byBed.GetValueOrDefault(b.Id)) { Version = b.Version }),
            .. residents.Where(r => r.BedId is not { } bed || beds.TrueForAll(b => b.Id != bed)).Select(r => new BedLine(null, null, r.Resident)),
        ];
        var retired = await (
            from bed in db.Beds.AsNoTracking()
            where bed.RoomId == roomId && bed.RetiredAt != null
            join p in db.Users on bed.RetiredById equals p.Id into retirers
            from retirer in retirers.DefaultIfEmpty()
            orderby bed.RetiredAt descending, bed.Id descending
            select new RetiredBed(bed.Id, bed.Code, bed.RetiredAt!.Value, retirer.FullName, bed.RetiredBecause)).Take(MaxStays).ToListAsync(ct);
        return new RoomBedsView(roomId, room.Building, room.Room, room.IsRetired, lines, history) { Retired = retired };
    }

    /// <summary>People found by name, pinyin, number or phone; with <paramref name="onlyWithBed"/> those who have a bed.</summary>
    public async Task<IReadOnlyList<BedPerson>> PeopleAsync(string typed, bool onlyWithBed = false, int take = 12, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        if (!SearchIndex.HasWords(typed)) return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = db.SearchIds<Person>(typed);
        return await (
            from person in db.Users.AsNoTracking()
            where person.RetiredAt == null && found.Contains(person.Id) && (!onlyWithBed || person.BedId != null)
            join r in db.Rooms on person.RoomId equals r.Id into rooms
            from room in rooms.DefaultIfEmpty()
            join b in db.Beds on person.BedId equals b.Id into beds
            from bed in beds.DefaultIfEmpty()
            orderby person.FullName, person.Number
            select new BedPerson(
                person.Id, person.FullName, person.Number, person.ClassName,
                room == null ? null : new LocalName(room.Building.Name, room.Building.NameEn), room.Code, bed.Code)).Take(take).ToListAsync(ct);
    }

    /// <summary>Free beds in use that are promised to nobody, whose building, room and bed contain all typed words, such as "竹园3 512".</summary>
    public async Task<IReadOnlyList<FreeBed>> FreeBedsAsync(string typed, int take = 12, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        var words = SearchWords.Of(typed, Separators);
        if (words.Count == 0) return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        var free = db.Beds.AsNoTracking().Where(b => b.RetiredAt == null && b.Room.RetiredAt == null && b.Room.Building.RetiredAt == null
            && b.Room.Building.Campus.RetiredAt == null && !db.Users.Any(p => p.BedId == b.Id && p.RetiredAt == null));
        foreach (var word in words)
        {
            var pattern = LikePattern.Containing(word);
            free = free.Where(b => EF.Functions.Like(
                b.Room.Building.Name + " " + b.Room.Building.NameEn + " " + b.Room.Building.Code + " " + b.Room.Code + "-" + b.Code, pattern,
                LikePattern.Escape));
        }
        var ordered = free.OrderBy(b => b.Room.BuildingId).ThenBy(b => b.Room.Floor).ThenBy(b => b.Room.Code).ThenBy(b => b.Code).ThenBy(b => b.Id)
            .Select(b => new FreeBed(b.Id, new LocalName(b.Room.Building.Name, b.Room.Building.NameEn), b.Room.Code, b.Code));
        List<FreeBed> found = [];
        for (var (skip, more) = (0, true); more && found.Count < take; skip += BedsAtOnce)
        {
            var some = await ordered.Skip(skip).Take(BedsAtOnce).ToListAsync(ct);
            more = some.Count == BedsAtOnce;
            foreach (var claim in claims)
            {
                var claimed = await claim.ClaimsAsync(db, some.ConvertAll(b => b.Id), null, ct);
                some.RemoveAll(b => claimed.ContainsKey(b.Id));
            }
            found.AddRange(some);
        }
        return [.. found.Take(take)];
    }

    /// <summary>Everybody who lives in a room, by campus, building, room and bed.</summary>
    public async Task<IReadOnlyList<HousedRow>> HousedAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await (
            from person in db.Users.AsNoTracking()
            where person.RetiredAt == null && person.RoomId != null
            join room in db.Rooms on person.RoomId equals room.Id
            join b in db.Beds on person.BedId equals b.Id into beds
            from bed in beds.DefaultIfEmpty()
            orderby room.Building.CampusId, room.Building.Code, room.Floor, room.Code, bed.Code
            select new HousedRow(
                person.Number, person.Number == null ? person.UserName : null, person.FullName,
                new LocalName(room.Building.Campus.Name, room.Building.Campus.NameEn), new LocalName(room.Building.Name, room.Building.NameEn),
                room.Code, bed.Code,
                db.Set<Occupancy>().Where(o => o.PersonId == person.Id && o.Until == null).Select(o => (DateTimeOffset?)o.From).FirstOrDefault()))
            .ToListAsync(ct);
    }
}

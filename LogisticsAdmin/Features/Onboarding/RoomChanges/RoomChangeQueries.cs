using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.RoomChanges;

/// <summary>Requests for the office, and a resident's own with those that wait for their answer. Everybody else is refused as Forbidden.</summary>
public sealed class RoomChangeQueries(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, IEnumerable<IBedClaim> claims, KeptReadings kept)
{
    private const int MostBeds = 20;

    private static readonly TimeSpan NewsFor = TimeSpan.FromDays(3);

    private static readonly char[] Separators = [' ', '\u3000', ',', '，', '·'];

    /// <summary>A page of requests, and how many match in each state.</summary>
    public async Task<RoomChangeWindow> ListAsync(RoomChangeFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = Found(db, filter.Text);
        var counts = await found.GroupBy(x => x.Change.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var chosen = In(found, filter.State);
        var page = await ReadAsync(db, Sorted(chosen, filter).Skip((filter.Page - 1) * RoomChangeFilter.PageSize).Take(RoomChangeFilter.PageSize), ct);
        return new RoomChangeWindow(page, await chosen.CountAsync(ct), counts);
    }

    /// <summary>All requests that match.</summary>
    public async Task<IReadOnlyList<RoomChangeRow>> AllAsync(RoomChangeFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await ReadAsync(db, Sorted(In(Found(db, filter.Text), filter.State), filter), ct);
    }

    /// <summary>Free beds that the resident may ask for, whose building, room and bed contain all typed words, such as "竹园3 512".</summary>
    public async Task<IReadOnlyList<FreePlace>> FreeBedsAsync(string? typed, CancellationToken ct = default)
    {
        user.Actor.DemandOwnOnboarding();
        var words = SearchWords.Of(typed, Separators);
        if (words.Count == 0) return [];
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        var person = await db.Users.AsNoTracking().SingleAsync(p => p.Id == me, ct);
        var free = RoomChangePlaces.OfferedTo(db, person, office.Now);
        foreach (var word in words)
        {
            var pattern = LikePattern.Containing(word);
            free = free.Where(b => EF.Functions.Like(
                b.Room.Building.Name + " " + b.Room.Building.NameEn + " " + b.Room.Building.Code + " " + b.Room.Code + "-" + b.Code, pattern,
                LikePattern.Escape));
        }
        var found = await free.OrderBy(b => b.Room.BuildingId).ThenBy(b => b.Room.Floor).ThenBy(b => b.Room.Code).ThenBy(b => b.Code).Take(MostBeds)
            .Select(b => new FreePlace(b.Id, new BedPlace(new LocalName(b.Room.Building.Name, b.Room.Building.NameEn), b.Room.Code, b.Code))).ToListAsync(ct);
        var unclaimed = await RoomChangePlaces.UnclaimedAsync(db, claims, found.ConvertAll(b => b.BedId), me, ct);
        return found.FindAll(b => unclaimed.Contains(b.BedId));
    }

    /// <summary>The resident's open or latest request, and those that wait for their answer.</summary>
    public async Task<MyRoomChanges> MineAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOwnOnboarding();
        var me = user.PersonId;
        return await kept.OfAsync(
            "RoomChanges.Mine", me,
            [
                RowsRead.All<RoomChange>(), RowsRead.All<RoomChangeVote>(), RowsRead.All<Person>(), RowsRead.All<Bed>(), RowsRead.All<Room>(),
                RowsRead.All<Building>(),
            ],
            token => ReadMineAsync(me, token), ct);
    }

    private async Task<MyRoomChanges> ReadMineAsync(long me, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var hasRoom = await db.Users.AnyAsync(p => p.Id == me && p.RoomId != null, ct);
        var mine = await (
            from change in db.RoomChanges.AsNoTracking()
            where change.PersonId == me
            join o in db.Users on change.OtherId equals (long?)o.Id into others
            from other in others.DefaultIfEmpty()
            join b in db.Beds on change.BedId equals (long?)b.Id into beds
            from bed in beds.DefaultIfEmpty()
            orderby change.Id descending
            select new MyRoomChange(change.Id, change.Number, change.State, change.Reason, change.AskedAt)
            {
                OtherNumber = other.Number,
                Bed = bed == null ? null : new BedPlace(new LocalName(bed.Room.Building.Name, bed.Room.Building.NameEn), bed.Room.Code, bed.Code),
                EndedAt = change.EndedAt,
                Because = change.Because,
                Asked = change.Votes.Count(),
                Agreed = change.Votes.Count(v => v.Agrees == true),
            }).FirstOrDefaultAsync(ct);
        var asked = await (
            from change in db.RoomChanges.AsNoTracking()
            where change.State == RoomChangeState.Asked && change.Votes.Any(v => v.PersonId == me && v.Agrees == null)
            join person in db.Users on change.PersonId equals person.Id
            join o in db.Users on change.OtherId equals (long?)o.Id into others
            from other in others.DefaultIfEmpty()
            orderby change.Id
            select new AskedRoomChange(
                change.Id, change.Number, person.FullName, other.FullName, change.OtherId == me, change.Reason, change.AskedAt)).ToListAsync(ct);
        return new MyRoomChanges(hasRoom, mine, asked);
    }

    /// <summary>Whether a request that was decided some days ago at most is still news to who asked.</summary>
    public bool IsNews(MyRoomChange change) =>
        change is { State: RoomChangeState.Done or RoomChangeState.Refused, EndedAt: { } ended } && ended > office.Now - NewsFor;

    /// <summary>Requests whose number, or a name or number of whose people, contains what was typed; all when nothing was.</summary>
    internal static IQueryable<Line> Found(LogisticsDb db, string? text)
    {
        var lines =
            from change in db.RoomChanges.AsNoTracking()
            join person in db.Users on change.PersonId equals person.Id
            join o in db.Users on change.OtherId equals (long?)o.Id into others
            from other in others.DefaultIfEmpty()
            join b in db.Beds on change.BedId equals (long?)b.Id into beds
            from bed in beds.DefaultIfEmpty()
            join d in db.Users on change.DecidedById equals (long?)d.Id into deciders
            from decider in deciders.DefaultIfEmpty()
            select new Line { Change = change, Person = person, Other = other, Bed = bed, Decider = decider };
        if (CleanText.Clean(text) is not { Length: > 0 } typed) return lines;
        var pattern = LikePattern.Containing(typed);
        return lines.Where(x => EF.Functions.Like(x.Change.Number, pattern, LikePattern.Escape)
            || EF.Functions.Like(x.Person.FullName, pattern, LikePattern.Escape) || EF.Functions.Like(x.Person.Number!, pattern, LikePattern.Escape)
            || EF.Functions.Like(x.Other!.FullName, pattern, LikePattern.Escape) || EF.Functions.Like(x.Other.Number!, pattern, LikePattern.Escape));
    }

    private static IQueryable<Line> In(IQueryable<Line> lines, RoomChangeState? state) =>
        state is { } wanted ? lines.Where(x => x.Change.State == wanted) : lines;

    private static IQueryable<Line> Sorted(IQueryable<Line> lines, RoomChangeFilter filter) => (filter.Sort, filter.Descending) switch
    {
        (RoomChangeSort.Person, false) => lines.OrderBy(x => x.Person.Pinyin).ThenBy(x => x.Change.Id),
        (RoomChangeSort.Person, true) => lines.OrderByDescending(x => x.Person.Pinyin).ThenByDescending(x => x.Change.Id),
        (RoomChangeSort.State, false) => lines.OrderBy(x => x.Change.State).ThenByDescending(x => x.Change.Id),
        (RoomChangeSort.State, true) => lines.OrderByDescending(x => x.Change.State).ThenByDescending(x => x.Change.Id),
        (_, false) => lines.OrderBy(x => x.Change.Id),
        _ => lines.OrderByDescending(x => x.Change.Id),
    };

    private static async Task<IReadOnlyList<RoomChangeRow>> ReadAsync(LogisticsDb db, IQueryable<Line> lines, CancellationToken ct)
    {
        var rows = await lines.Select(x => new RoomChangeRow(
            x.Change.Id, x.Change.Number, x.Change.State, x.Person.Id, x.Person.FullName, x.Person.Number, x.Change.Reason)
        {
            OtherId = x.Change.OtherId,
            Other = x.Other!.FullName,
            OtherNumber = x.Other.Number,
            Bed = x.Bed == null ? null : new BedPlace(new LocalName(x.Bed.Room.Building.Name, x.Bed.Room.Building.NameEn), x.Bed.Room.Code, x.Bed.Code),
            AskedAt = x.Change.AskedAt,
            EndedAt = x.Change.EndedAt,
            DecidedBy = x.Decider!.FullName,
            Because = x.Change.Because,
            TargetRoomId = x.Change.BedId == null ? x.Other!.RoomId : x.Bed!.RoomId,
            OwnRoomId = x.Change.BedId == null ? x.Person.RoomId : null,
        }).ToListAsync(ct);
        var able = RoomChangePlaces.WhoCanAnswer(db);
        var ids = rows.ConvertAll(r => r.Id);
        var votes = (await (
            from vote in db.RoomChangeVotes.AsNoTracking()
            where EF.Parameter(ids).Contains(vote.ChangeId)
            join person in db.Users on vote.PersonId equals person.Id
            orderby vote.Id
            select new
            {
                vote.ChangeId,
                Answer = new RoomChangeAnswer(person.Id, person.FullName, vote.Agrees, vote.At),
                RoomId = able.Where(p => p.Id == person.Id).Select(p => p.RoomId).FirstOrDefault(),
            }).ToListAsync(ct)).ToLookup(v => v.ChangeId);
        var people = rows.SelectMany(r => new[] { (long?)r.PersonId, r.OtherId }).OfType<long>().Distinct().ToList();
        var stays = (await (
            from stay in db.Set<Occupancy>().AsNoTracking()
            where EF.Parameter(people).Contains(stay.PersonId)
            join room in db.Rooms on stay.RoomId equals room.Id
            join b in db.Beds on stay.BedId equals (long?)b.Id into beds
            from bed in beds.DefaultIfEmpty()
            orderby stay.Id
            select new Stay(
                stay.PersonId, stay.From, stay.Until, new BedPlace(new LocalName(room.Building.Name, room.Building.NameEn), room.Code, bed.Code)))
            .ToListAsync(ct)).ToLookup(s => s.PersonId);
        return rows.ConvertAll(r => r with
        {
            Votes =
            [
                .. votes[r.Id].Select(v => v.Answer with
                {
                    IsWaitedFor = v.Answer.PersonId == r.OtherId || (v.RoomId is { } room && (room == r.TargetRoomId || room == r.OwnRoomId)),
                }),
            ],
            From = PlaceAt(stays[r.PersonId], r.AskedAt),
            OtherFrom = r.OtherId is { } other ? PlaceAt(stays[other], r.AskedAt) : null,
        });
    }

    private static BedPlace? PlaceAt(IEnumerable<Stay> stays, DateTimeOffset at) =>
        stays.LastOrDefault(s => s.From <= at && (s.Until is not { } until || until > at))?.Place;

    private sealed record Stay(long PersonId, DateTimeOffset From, DateTimeOffset? Until, BedPlace Place);

    internal sealed class Line
    {
        public required RoomChange Change { get; init; }
        public required Person Person { get; init; }
        public Person? Other { get; init; }
        public Bed? Bed { get; init; }
        public Person? Decider { get; init; }
    }
}

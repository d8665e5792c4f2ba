using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>Rounds and who leaves in them, for the office; and a resident's own leaving. Everybody else is refused as Forbidden.</summary>
public sealed class LeavingQueries(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, IEnumerable<ICheckOutStep> steps, KeptReadings kept)
{
    /// <summary>All rounds, the open ones and the latest first.</summary>
    public async Task<IReadOnlyList<LeavingRoundRow>> RoundsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Rounds(db, db.LeavingRounds.AsNoTracking().OrderBy(r => r.ClosedAt != null).ThenByDescending(r => r.LastDay).ThenByDescending(r => r.Id))
            .ToListAsync(ct);
    }

    /// <exception cref="NotFound">There is no such round.</exception>
    public async Task<LeavingRoundRow> RoundAsync(long id, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Rounds(db, db.LeavingRounds.AsNoTracking().Where(r => r.Id == id)).SingleOrDefaultAsync(ct) ?? throw new NotFound();
    }

    /// <summary>A page of those who leave, each with keys and with what else holds them up.</summary>
    public async Task<LeaverWindow> PeopleAsync(long roundId, LeaverFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        var lines = Filtered(Lines(db, db.Leavers.AsNoTracking().Where(l => l.RoundId == roundId)), filter);
        var page = await ReadAsync(db, Sorted(lines, filter).Skip((filter.Page - 1) * LeaverFilter.PageSize).Take(LeaverFilter.PageSize), ct);
        return new LeaverWindow(await WithHoldsAsync(db, page, ct), await lines.CountAsync(ct));
    }

    /// <summary>All who match, without what holds them up elsewhere.</summary>
    public async Task<IReadOnlyList<LeaverRow>> AllAsync(long roundId, LeaverFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await ReadAsync(db, Sorted(Filtered(Lines(db, db.Leavers.AsNoTracking().Where(l => l.RoundId == roundId)), filter), filter), ct);
    }

    /// <summary>Those who match and have not left, for an act on all of them.</summary>
    public async Task<IReadOnlyList<long>> IdsAsync(long roundId, LeaverFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Filtered(Lines(db, db.Leavers.AsNoTracking().Where(l => l.RoundId == roundId)), filter)
            .Where(x => x.Leaver.CheckedOutAt == null && x.Person.RoomId != null).OrderBy(x => x.Leaver.Id).Select(x => x.Leaver.Id).ToListAsync(ct);
    }

    /// <summary>How many of a round are in each state, and its classes that have people in it.</summary>
    public async Task<(LeaverCounts Counts, IReadOnlyList<string> Classes)> CountsAsync(long roundId, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        var lines = Lines(db, db.Leavers.AsNoTracking().Where(l => l.RoundId == roundId));
        Dictionary<LeaverState, int> counts = [];
        foreach (var state in Enum.GetValues<LeaverState>()) counts[state] = await In(lines, state).CountAsync(ct);
        var classes = await lines.Where(x => x.Person.ClassName != null).Select(x => x.Person.ClassName!).Distinct().OrderBy(c => c).ToListAsync(ct);
        return (new LeaverCounts(counts), classes);
    }

    /// <summary>The people of a clearance sheet with what holds them up: of a class, of one person, or of the whole round.</summary>
    public async Task<IReadOnlyList<LeaverRow>> SheetAsync(long roundId, string? className, long? leaverId, int most, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        var filter = new LeaverFilter { ClassName = string.IsNullOrWhiteSpace(className) ? null : className };
        var lines = Lines(db, db.Leavers.AsNoTracking().Where(l => l.RoundId == roundId && (leaverId == null || l.Id == leaverId)));
        var rows = await ReadAsync(db, Sorted(Filtered(lines, filter), filter).Take(most + 1), ct);
        if (rows.Count > most) throw Rejected.Because<LeavingText>("TooManySheets", most);
        return rows.Count == 0 ? throw new NotFound() : await WithHoldsAsync(db, rows, ct);
    }

    /// <summary>The resident's own leaving in an open round, without holds, for the home page; null when they are in none.</summary>
    public async Task<MyLeaving?> CardAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOwnOnboarding();
        var me = user.PersonId;
        return await kept.OfAsync(
            "Leaving.Card", me,
            [
                RowsRead.Of<Leaver>(me), RowsRead.Of<RoomKey>(me), RowsRead.All<LeavingRound>(), RowsRead.All<Person>(), RowsRead.All<Room>(),
                RowsRead.All<Bed>(), RowsRead.All<Building>(),
            ],
            token => ReadMineAsync(me, withHolds: false, token), ct);
    }

    /// <summary>The resident's own leaving in an open round, with what holds it up; null when they are in none.</summary>
    public async Task<MyLeaving?> MineAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOwnOnboarding();
        return await ReadMineAsync(user.PersonId, withHolds: true, ct);
    }

    private async Task<MyLeaving?> ReadMineAsync(long me, bool withHolds, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var rounds = db.LeavingRounds;
        var mine = db.Leavers.AsNoTracking().Where(l => l.PersonId == me && rounds.Any(r => r.Id == l.RoundId && r.ClosedAt == null))
            .OrderByDescending(l => l.Id).Take(1);
        if (await mine.Select(l => (long?)l.RoundId).FirstOrDefaultAsync(ct) is not { } roundId) return null;
        var round = await rounds.AsNoTracking().FirstAsync(r => r.Id == roundId, ct);
        var rows = await ReadAsync(db, Lines(db, mine), ct);
        if (withHolds) rows = await WithHoldsAsync(db, rows, ct);
        return new MyLeaving(round.LocalName, round.FirstDay, round.LastDay, rows[0]);
    }

    /// <summary>Where the office sees this person's leaving; null when they are in no open round.</summary>
    internal static async Task<string?> AddressOfAsync(LogisticsDb db, long personId, CancellationToken ct) =>
        (await AddressesOfAsync(db, [personId], ct)).GetValueOrDefault(personId);

    /// <summary>The same for each of these people who is in an open round.</summary>
    internal static async Task<Dictionary<long, string>> AddressesOfAsync(LogisticsDb db, List<long> people, CancellationToken ct)
    {
        var rounds = db.LeavingRounds;
        var found = await (
            from leaver in db.Leavers.AsNoTracking()
            where EF.Parameter(people).Contains(leaver.PersonId) && rounds.Any(r => r.Id == leaver.RoundId && r.ClosedAt == null)
            join person in db.Users on leaver.PersonId equals person.Id
            orderby leaver.Id descending
            select new { leaver.PersonId, leaver.RoundId, Called = person.Number ?? person.FullName }).ToListAsync(ct);
        return found.GroupBy(f => f.PersonId).ToDictionary(g => g.Key, g => LeavingAddresses.Person(g.First().RoundId, g.First().Called));
    }

    private async Task<IReadOnlyList<LeaverRow>> WithHoldsAsync(LogisticsDb db, IReadOnlyList<LeaverRow> rows, CancellationToken ct)
    {
        List<long> staying = [.. rows.Where(r => r.State != LeaverState.Left).Select(r => r.PersonId)];
        List<IReadOnlyDictionary<long, IReadOnlyList<CheckOutHold>>> holds = [];
        // Keys and inspection have columns of their own.
        foreach (var step in steps.Where(s => s is not KeysStep and not InspectionStep)) holds.Add(await step.HoldsOfEachAsync(db, staying, ct));
        return [.. rows.Select(r => r with { Holds = [.. holds.SelectMany(h => h.GetValueOrDefault(r.PersonId, []))] })];
    }

    private static IQueryable<LeavingRoundRow> Rounds(LogisticsDb db, IQueryable<LeavingRound> rounds)
    {
        var (leavers, people) = (db.Leavers, db.Users);
        return rounds.Select(r => new LeavingRoundRow(
            r.Id, new LocalName(r.Name, r.NameEn), r.FirstDay, r.LastDay, r.ClosedAt, r.Classes.OrderBy(c => c.ClassName).Select(c => c.ClassName).ToList(),
            leavers.Count(l => l.RoundId == r.Id),
            leavers.Count(l => l.RoundId == r.Id && (l.CheckedOutAt != null || people.Any(p => p.Id == l.PersonId && p.RoomId == null))))
        {
            Version = r.Version,
        });
    }

    private static IQueryable<Line> Lines(LogisticsDb db, IQueryable<Leaver> leavers) =>
        from leaver in leavers
        join person in db.Users on leaver.PersonId equals person.Id
        join r in db.Rooms on leaver.CheckedOutAt == null ? person.RoomId ?? leaver.RoomId : leaver.RoomId equals (long?)r.Id into rooms
        from room in rooms.DefaultIfEmpty()
        join b in db.Beds on leaver.CheckedOutAt == null && person.RoomId != null ? person.BedId : leaver.BedId equals (long?)b.Id into beds
        from bed in beds.DefaultIfEmpty()
        join i in db.Users on leaver.InspectedById equals (long?)i.Id into inspectors
        from inspector in inspectors.DefaultIfEmpty()
        join s in db.Rooms on leaver.InspectedRoomId equals (long?)s.Id into seen
        from inspected in seen.DefaultIfEmpty()
        select new Line { Leaver = leaver, Person = person, Room = room, Bed = bed, Inspector = inspector, Inspected = inspected };

    private static IQueryable<Line> Filtered(IQueryable<Line> lines, LeaverFilter filter)
    {
        if (filter.ClassName is { } name) lines = lines.Where(x => x.Person.ClassName == name);
        if (filter.State is { } state) lines = In(lines, state);
        if (CleanText.Clean(filter.Text) is not { Length: > 0 } typed) return lines;
        var pattern = LikePattern.Containing(typed);
        return lines.Where(x => EF.Functions.Like(x.Person.FullName, pattern, LikePattern.Escape)
            || EF.Functions.Like(x.Person.Number!, pattern, LikePattern.Escape)
            || EF.Functions.Like(x.Room!.Building.Name + " " + x.Room.Code, pattern, LikePattern.Escape));
    }

    private static IQueryable<Line> In(IQueryable<Line> lines, LeaverState state) => state switch
    {
        LeaverState.Left => lines.Where(x => x.Leaver.CheckedOutAt != null || x.Person.RoomId == null),
        LeaverState.OwesDamage => Staying(lines).Where(x => x.Leaver.DamageFen > 0 && x.Leaver.DamagePaidAt == null),
        LeaverState.Inspected => Staying(lines).Where(x => x.Leaver.InspectedAt != null && (x.Leaver.DamageFen == 0 || x.Leaver.DamagePaidAt != null)
            && (x.Leaver.InspectedRoomId == null || x.Leaver.InspectedRoomId == x.Person.RoomId)),
        _ => Staying(lines).Where(x => (x.Leaver.DamageFen == 0 || x.Leaver.DamagePaidAt != null) && (x.Leaver.InspectedAt == null
            || (x.Leaver.InspectedRoomId != null && x.Leaver.InspectedRoomId != x.Person.RoomId))),
    };

    private static IQueryable<Line> Staying(IQueryable<Line> lines) => lines.Where(x => x.Leaver.CheckedOutAt == null && x.Person.RoomId != null);

    private static IQueryable<Line> Sorted(IQueryable<Line> lines, LeaverFilter filter)
    {
        var sorted = (filter.Sort, filter.Descending) switch
        {
            (LeaverSort.Name, false) => lines.OrderBy(x => x.Person.Pinyin),
            (LeaverSort.Name, true) => lines.OrderByDescending(x => x.Person.Pinyin),
            (LeaverSort.Number, false) => lines.OrderBy(x => x.Person.Number),
            (LeaverSort.Number, true) => lines.OrderByDescending(x => x.Person.Number),
            (LeaverSort.Room, false) => lines.OrderBy(x => x.Room!.Building.Code).ThenBy(x => x.Room!.Code),
            (LeaverSort.Room, true) => lines.OrderByDescending(x => x.Room!.Building.Code).ThenByDescending(x => x.Room!.Code),
            (_, true) => lines.OrderByDescending(x => x.Person.ClassName),
            _ => lines.OrderBy(x => x.Person.ClassName),
        };
        return sorted.ThenBy(x => x.Person.Number).ThenBy(x => x.Leaver.Id);
    }

    private static async Task<IReadOnlyList<LeaverRow>> ReadAsync(LogisticsDb db, IQueryable<Line> lines, CancellationToken ct)
    {
        var rows = await lines.Select(x => new LeaverRow(
            x.Leaver.Id, x.Person.Id, x.Person.FullName, x.Person.Number, x.Person.ClassName ?? "",
            x.Room == null ? null : new LocalName(x.Room.Building.Name, x.Room.Building.NameEn), x.Room == null ? null : x.Room.Code,
            x.Bed == null ? null : x.Bed.Code)
        {
            InspectedAt = x.Leaver.InspectedAt,
            InspectedBy = x.Inspector == null ? null : x.Inspector.FullName,
            IsInspected = x.Leaver.InspectedAt != null && (x.Leaver.CheckedOutAt != null || x.Person.RoomId == null
                || x.Leaver.InspectedRoomId == null || x.Leaver.InspectedRoomId == x.Person.RoomId),
            InspectedBuilding = x.Inspected == null ? null : new LocalName(x.Inspected.Building.Name, x.Inspected.Building.NameEn),
            InspectedRoom = x.Inspected == null ? null : x.Inspected.Code,
            Damage = x.Leaver.Damage,
            DamageFen = x.Leaver.DamageFen,
            DamagePaidAt = x.Leaver.DamagePaidAt,
            CheckedOutAt = x.Leaver.CheckedOutAt,
            Version = x.Leaver.Version,
            RoomId = x.Person.RoomId,
            PaymentNumber = x.Leaver.PaymentNumber,
        }).ToListAsync(ct);
        var people = rows.ConvertAll(r => r.PersonId);
        var keys = (await db.RoomKeys.AsNoTracking().Where(k => EF.Parameter(people).Contains(k.PersonId) && k.ReturnedAt == null).OrderBy(k => k.Id)
            .Select(k => new { k.PersonId, Key = new HeldKey(k.Id, k.Label) }).ToListAsync(ct)).ToLookup(k => k.PersonId, k => k.Key);
        return rows.ConvertAll(r => r with { Keys = [.. keys[r.PersonId]] });
    }

    private sealed class Line
    {
        public required Leaver Leaver { get; init; }
        public required Person Person { get; init; }
        public Room? Room { get; init; }
        public Bed? Bed { get; init; }
        public Person? Inspector { get; init; }
        public Room? Inspected { get; init; }
    }
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>
/// 补配: beds for those who have none and neither withdrew nor arrived, by the rules of <c>BedFillPlan</c>, which are drawn from a seed and repeatable. Only
/// beds that are free, promised to nobody and offered to the group and gender are given. The office reads; administrators and dispatchers act.
/// Everybody else gets <see cref="Forbidden"/>.
/// </summary>
public sealed class BedFillService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, EntryBeds beds, EntryNotices notices)
{
    /// <summary>What a fill with this seed would do now; nobody is in it while no season is open.</summary>
    public async Task<BedFillPreview> PreviewAsync(long seed, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        var (students, plan) = await PlanAsync(db, seed, ct);
        var placed = plan.ToDictionary(p => p.PersonId, p => p.BedId);
        var ids = placed.Values.ToList();
        var found = await EntryBeds.Rows(db.Beds.Where(b => EF.Parameter(ids).Contains(b.Id))).ToDictionaryAsync(b => b.Id, ct);
        var people = students.ConvertAll(s => s.PersonId);
        var names = await db.Users.AsNoTracking().Where(p => EF.Parameter(people).Contains(p.Id)).Select(p => new { p.Id, p.FullName, p.Number })
            .ToDictionaryAsync(p => p.Id, ct);
        return new BedFillPreview(seed, BedFillPlan.HashOf(plan),
        [
            .. students.OrderBy(s => s.ClassName, StringComparer.Ordinal).ThenBy(s => names[s.PersonId].Number, StringComparer.Ordinal).ThenBy(s => s.PersonId)
                .Select(s => new BedFillRow(
                    s.PersonId, names[s.PersonId].FullName, names[s.PersonId].Number, s.ClassName,
                    placed.TryGetValue(s.PersonId, out var bed) ? found[bed] : null)),
        ]);
    }

    /// <summary>
    /// Gives the beds of the preview with this hash and tells the students; returns how many. Refuses when something changed since, so that the result
    /// would be another, and when there is nothing to give.
    /// </summary>
    public async Task<int> ApplyAsync(long seed, string hash, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            user.Actor.DemandCheckingIn();
            var season = await db.OpenSeasonAsync(token) ?? throw Rejected.Because<EntryDeskText>("NoSeason");
            var (_, plan) = await PlanAsync(db, seed, token);
            if (BedFillPlan.HashOf(plan) != hash) throw Rejected.Because<EntryDeskText>("PreviewChanged");
            if (plan.Count == 0) throw Rejected.Because<EntryDeskText>("NothingToFill");
            var now = office.Now;
            var fill = new BedFill(season.Id, seed, user.PersonId, now);
            fill.Counted(plan.Count);
            db.BedFills.Add(fill);
            var (bedIds, personIds) = (plan.Select(p => p.BedId).ToList(), plan.Select(p => p.PersonId).ToList());
            // Holds that ran out still name their beds, and a bed is named once.
            var lapsed = await db.Freshmen
                .Where(f => f.BedId != null && EF.Parameter(bedIds).Contains(f.BedId.Value) && f.CheckedInAt == null && f.HeldUntil <= now).ToListAsync(token);
            foreach (var freshman in lapsed) freshman.LeaveBed();
            await db.SaveChangesAsync(token);
            var freshmen = await db.OpenFreshmen().Where(f => EF.Parameter(personIds).Contains(f.PersonId)).ToDictionaryAsync(f => f.PersonId, token);
            var found = await EntryBeds.Rows(db.Beds.Where(b => EF.Parameter(bedIds).Contains(b.Id))).ToDictionaryAsync(b => b.Id, token);
            foreach (var place in plan)
            {
                freshmen[place.PersonId].Give(place.BedId, fill.Id, now);
                notices.Tell(db, place.PersonId, EntryNotificationKind.BedGiven, found[place.BedId]);
            }
            Announce(db, personIds, found.Values);
            return plan.Count;
        }, ct);
    }

    /// <summary>
    /// Takes back the beds of a fill from those who still have them and are not checked in, and tells them; returns how many. Refuses one that was
    /// undone. Throws NotFound for an unknown one and one of another season.
    /// </summary>
    public async Task<int> UndoAsync(long fillId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            user.Actor.DemandCheckingIn();
            var season = await db.OpenSeasonAsync(token) ?? throw Rejected.Because<EntryDeskText>("NoSeason");
            var fill = await db.BedFills.SingleOrDefaultAsync(f => f.Id == fillId && f.SeasonId == season.Id, token) ?? throw new NotFound();
            if (fill.UndoneAt is not null) throw Rejected.Because<EntryDeskText>("FillUndone");
            var freshmen = await db.Freshmen.Where(f => f.FillId == fillId && f.CheckedInAt == null && f.BedId != null).ToListAsync(token);
            var bedIds = freshmen.ConvertAll(f => f.BedId!.Value);
            var found = await EntryBeds.Rows(db.Beds.Where(b => EF.Parameter(bedIds).Contains(b.Id))).ToDictionaryAsync(b => b.Id, token);
            foreach (var freshman in freshmen)
            {
                notices.Tell(db, freshman.PersonId, EntryNotificationKind.BedTakenBack, found[freshman.BedId!.Value]);
                freshman.LeaveBed();
            }
            fill.Undo(user.PersonId, office.Now);
            Announce(db, freshmen.Select(f => f.PersonId), found.Values);
            return freshmen.Count;
        }, ct);
    }

    /// <summary>The fills of the open season, the latest first.</summary>
    public async Task<IReadOnlyList<BedFillItem>> ListAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.OpenSeasonAsync(ct) is not { } season) return [];
        var (users, freshmen) = (db.Users, db.Freshmen);
        return await db.BedFills.AsNoTracking().Where(f => f.SeasonId == season.Id).OrderByDescending(f => f.Id).Select(f => new BedFillItem(
            f.Id, f.Seed, f.Count, freshmen.Count(s => s.FillId == f.Id && s.CheckedInAt == null),
            users.Where(p => p.Id == f.ById).Select(p => p.FullName).First(), f.At,
            users.Where(p => p.Id == f.UndoneById).Select(p => p.FullName).FirstOrDefault(), f.UndoneAt)).ToListAsync(ct);
    }

    private async Task<(List<FillStudent> Students, IReadOnlyList<FillPlace> Plan)> PlanAsync(LogisticsDb db, long seed, CancellationToken ct)
    {
        var (users, now) = (db.Users, office.Now);
        var students = await (
            from f in db.OpenFreshmen().AsNoTracking()
            where f.CheckedInAt == null && f.WithdrawnAt == null && (f.BedId == null || f.HeldUntil <= now)
            join p in users on f.PersonId equals p.Id
            where p.RoomId == null && p.BedId == null
            select new FillStudent(f.PersonId, f.GroupId, p.ClassName ?? "", p.Gender, f.Rhythm, f.WantsQuiet)).ToListAsync(ct);
        var free = await db.Beds.AsNoTracking().Where(b => b.RetiredAt == null && b.Room.RetiredAt == null && b.Room.Kind == RoomKind.Bedroom).Free(db, now)
            .Select(b => new { b.Id, b.Code, b.RoomId, Room = b.Room.Code, b.Room.Floor, Building = b.Room.Building.Code }).ToListAsync(ct);
        Dictionary<(long, Gender), IReadOnlySet<long>> offers = [];
        foreach (var (group, gender) in students.Select(s => (s.GroupId, s.Gender)).Distinct())
            offers[(group, gender)] = (await db.Beds.OfferedTo(db, group, gender).Select(b => b.RoomId).Distinct().ToListAsync(ct)).ToHashSet();
        var offered = offers.Values.SelectMany(o => o).ToHashSet();
        free.RemoveAll(b => !offered.Contains(b.RoomId));
        var claimed = await beds.ClaimedAsync(db, free.ConvertAll(b => b.Id), null, ct);
        free.RemoveAll(b => claimed.Contains(b.Id));
        var inside = await PeopleInsideAsync(db, free.Select(b => b.RoomId).Distinct().ToList(), now, ct);
        var rooms = free.GroupBy(b => b.RoomId)
            .OrderBy(r => r.First().Building, PlaceOrder.Codes).ThenBy(r => r.First().Floor).ThenBy(r => r.First().Room, PlaceOrder.Codes).ThenBy(r => r.Key)
            .Select(r => new FillRoom(
                r.Key, [.. r.OrderBy(b => b.Code, PlaceOrder.Codes).ThenBy(b => b.Id).Select(b => b.Id)],
                [.. inside[r.Key].Select(p => p.Gender).Distinct()], [.. inside[r.Key].Select(p => p.ClassName).OfType<string>().Distinct()]))
            .ToList();
        return (students, BedFillPlan.Make(seed, students, rooms, offers));
    }

    /// <summary>Who lives in these rooms, and which freshmen hold or have a bed there.</summary>
    private static async Task<ILookup<long, (Gender Gender, string? ClassName)>> PeopleInsideAsync(
        LogisticsDb db, List<long> rooms, DateTimeOffset now, CancellationToken ct)
    {
        var (users, beds) = (db.Users, db.Set<Bed>());
        var living = await users.AsNoTracking().Where(p => p.RoomId != null && p.RetiredAt == null && EF.Parameter(rooms).Contains(p.RoomId.Value))
            .Select(p => new { RoomId = p.RoomId!.Value, p.Gender, p.ClassName }).ToListAsync(ct);
        var coming = await (
            from f in db.Freshmen.AsNoTracking()
            where f.CheckedInAt == null && f.WithdrawnAt == null && (f.HeldUntil == null || f.HeldUntil > now)
            join b in beds on f.BedId equals (long?)b.Id
            where EF.Parameter(rooms).Contains(b.RoomId)
            join p in users on f.PersonId equals p.Id
            select new { b.RoomId, p.Gender, p.ClassName }).ToListAsync(ct);
        return living.Concat(coming).ToLookup(p => p.RoomId, p => (p.Gender, p.ClassName));
    }

    private static void Announce(LogisticsDb db, IEnumerable<long> people, IEnumerable<EntryBed> beds)
    {
        foreach (var person in people) db.Announce(new KeyChanged(OnboardingTopics.Freshmen, person));
        foreach (var building in beds.Select(b => b.BuildingId).Distinct())
        {
            db.Announce(new KeyChanged(OnboardingTopics.Beds, building));
            db.Announce(new KeyChanged(PlacesTopics.Places, building));
        }
    }
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>
/// Changes check-in seasons and everything that belongs to them, for the management; others get <see cref="Forbidden"/>. A closed season is
/// refused. A form of an older version is refused as <see cref="Stale"/>.
/// </summary>
public sealed partial class SeasonService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, SeasonsUndo undo, ILogger<SeasonService> log)
{
    /// <summary>So many students are enrolled in one write.</summary>
    internal const int Batch = 200;

    private static readonly OnboardingSeasonFormValidator SeasonRules = new();

    private sealed record Written(long SeasonId, long Id);

    /// <summary>Adds a draft and returns its id.</summary>
    public Task<long> AddAsync(OnboardingSeasonForm form, CancellationToken ct = default)
    {
        SeasonRules.Demand(form);
        return WriteAsync("added", async (db, token) =>
        {
            var season = New(form);
            db.OnboardingSeasons.Add(season);
            await db.SaveChangesAsync(token);
            return new Written(season.Id, season.Id);
        }, ct);
    }

    /// <summary>
    /// Changes name, days and grade; it can be undone. Refuses at its field a grade when there are students, and days that leave out a desk time.
    /// </summary>
    public async Task SaveAsync(long id, OnboardingSeasonForm form, CancellationToken ct = default)
    {
        SeasonRules.Demand(form);
        long? step = null;
        await WriteAsync("changed", async (db, token) =>
        {
            var season = await ChangeableAsync(db, id, token);
            if (season.Version != form.Version) throw new Stale(await db.LastChangedByAsync<OnboardingSeason>(id, token), season.LocalName.ToString());
            var (grade, first, last) = (form.Grade!.Value, form.FirstDay!.Value, form.LastDay!.Value);
            step = await undo.RecordAsync(db, nameof(SeasonAct.Edit), [id], async () =>
            {
                await DemandFittingAsync(db, season, grade, first, last, token);
                season.Describe(NameOf(form), grade, first, last, form.MayDefer);
            }, token);
            return new Written(id, id);
        }, ct);
        undo.Offer(step);
    }

    /// <summary>
    /// Opens a draft, or a closed season again, and enrols its students. Refuses one without a group that offers rooms, and a second open season.
    /// Returns how many students were enrolled.
    /// </summary>
    public async Task<int> OpenAsync(long id, CancellationToken ct = default)
    {
        await WriteAsync("opened", async (db, token) =>
        {
            var season = await db.OnboardingSeasons.SingleOrDefaultAsync(s => s.Id == id, token) ?? throw new NotFound();
            if (await db.OnboardingSeasons.FirstOrDefaultAsync(s => s.State == SeasonState.Open && s.Id != id, token) is { } other)
                throw Rejected.Because<SeasonsText>("OtherOpen", other.LocalName);
            var rooms = db.GroupRooms;
            if (!await db.SeasonGroups.AnyAsync(g => g.SeasonId == id && rooms.Any(r => r.GroupId == g.Id), token))
                throw Rejected.Because<SeasonsText>("NoRooms");
            season.Open(office.Now);
            return new Written(id, id);
        }, ct);
        var enrolled = 0;
        // What a lost connection leaves out, the job enrols.
        for (var added = Batch; added == Batch; enrolled += added)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            added = await db.WriteAsync(async token =>
            {
                user.Actor.DemandSeasons();
                return await db.OnboardingSeasons.SingleOrDefaultAsync(s => s.Id == id && s.State == SeasonState.Open, token) is { } season
                    ? await Enrolment.EnrolAsync(db, season, token, most: Batch) : 0;
            }, ct);
        }
        return enrolled;
    }

    /// <summary>
    /// Closes an open season: holds end, and the beds of everybody who is not checked in are free. Returns how many beds became free.
    /// </summary>
    public async Task<int> CloseAsync(long id, CancellationToken ct = default)
    {
        var freed = 0;
        await WriteAsync("closed", async (db, token) =>
        {
            var season = await db.OnboardingSeasons.SingleOrDefaultAsync(s => s.Id == id, token) ?? throw new NotFound();
            season.Close(office.Now);
            var waiting = await db.Freshmen.AsNoTracking().Where(f => f.SeasonId == id && f.BedId != null && f.CheckedInAt == null).ToListAsync(token);
            var beds = waiting.Select(f => f.BedId!.Value).ToList();
            var buildings = await db.Beds.Where(b => EF.Parameter(beds).Contains(b.Id)).Select(b => b.Room.BuildingId).Distinct().ToListAsync(token);
            using (var bulk = new BulkWriter(db)) freed = bulk.Change(waiting, f => f.LeaveBed(), token);
            foreach (var building in buildings) db.Announce(new KeyChanged(OnboardingTopics.Beds, building));
            foreach (var freshman in waiting) db.Announce(new KeyChanged(OnboardingTopics.Freshmen, freshman.PersonId));
            return new Written(id, id);
        }, ct);
        return freed;
    }

    /// <summary>Deletes a draft that was never opened, with all that belongs to it.</summary>
    public Task DeleteAsync(long id, CancellationToken ct = default) => WriteAsync("deleted", async (db, token) =>
    {
        var season = await db.OnboardingSeasons.SingleOrDefaultAsync(s => s.Id == id, token) ?? throw new NotFound();
        if (season.State != SeasonState.Draft) throw Rejected.Because<SeasonsText>("NoDraft");
        db.SeasonGroups.RemoveRange(await db.SeasonGroups.Include(g => g.Classes).Include(g => g.Rooms).Where(g => g.SeasonId == id).ToListAsync(token));
        db.SeasonFees.RemoveRange(await db.SeasonFees.Where(f => f.SeasonId == id).ToListAsync(token));
        db.SeasonItems.RemoveRange(await db.SeasonItems.Where(i => i.SeasonId == id).ToListAsync(token));
        db.SeasonPapers.RemoveRange(await db.SeasonPapers.Where(p => p.SeasonId == id).ToListAsync(token));
        db.DeskTimes.RemoveRange(await db.DeskTimes.Where(t => t.SeasonId == id).ToListAsync(token));
        db.OnboardingSeasons.Remove(season);
        return new Written(id, id);
    }, ct);

    /// <summary>
    /// Adds a draft with the fees, goods in use, papers and groups of another season. Groups come without classes; their windows move as the first
    /// day does.
    /// </summary>
    public Task<long> CopyAsync(long id, OnboardingSeasonForm form, CancellationToken ct = default)
    {
        SeasonRules.Demand(form);
        return WriteAsync("copied", async (db, token) =>
        {
            var from = await db.OnboardingSeasons.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, token) ?? throw new NotFound();
            var season = New(form);
            db.OnboardingSeasons.Add(season);
            await db.SaveChangesAsync(token);
            var days = season.FirstDay.DayNumber - from.FirstDay.DayNumber;
            var buildings = await db.Buildings.Where(b => b.RetiredAt == null).Select(b => b.Id).ToListAsync(token);
            foreach (var group in await db.SeasonGroups.AsNoTracking().Include(g => g.Rooms).Where(g => g.SeasonId == id).OrderBy(g => g.Id).ToListAsync(token))
            {
                var copy = new SeasonGroup(season.Id, group.Name, Moved(group.ChoosesFrom, days), Moved(group.ChoosesUntil, days));
                copy.SetRooms(group.Rooms.OrderBy(r => r.Id).Where(r => buildings.Contains(r.BuildingId))
                    .Select(r => new GroupRooms(r.BuildingId, r.Floor, r.Capacity, r.Gender)));
                db.SeasonGroups.Add(copy);
            }
            foreach (var fee in await db.SeasonFees.AsNoTracking().Where(f => f.SeasonId == id).OrderBy(f => f.Id).ToListAsync(token))
                db.SeasonFees.Add(new SeasonFee(season.Id, fee.LocalName, new Money(fee.AmountFen)));
            var goods = db.ShelfItems;
            var items = await db.SeasonItems.AsNoTracking()
                .Where(i => i.SeasonId == id && goods.Any(g => g.Id == i.ItemId && g.RetiredAt == null)).OrderBy(i => i.Id).ToListAsync(token);
            foreach (var item in items) db.SeasonItems.Add(new SeasonItem(season.Id, item.ItemId, item.Quantity));
            foreach (var paper in await db.SeasonPapers.AsNoTracking().Where(p => p.SeasonId == id).OrderBy(p => p.Id).ToListAsync(token))
                db.SeasonPapers.Add(new SeasonPaper(season.Id, paper.LocalTitle, paper.LocalText));
            await db.SaveChangesAsync(token);
            return new Written(season.Id, season.Id);
        }, ct);
    }

    /// <summary>Refuses at its field a grade that students have already been enrolled by, and days that leave out a desk time.</summary>
    internal static async Task DemandFittingAsync(
        LogisticsDb db, OnboardingSeason season, int grade, DateOnly first, DateOnly last, CancellationToken ct)
    {
        if (season.Grade != grade && await db.Freshmen.AnyAsync(f => f.SeasonId == season.Id, ct))
            throw Rejected.At<SeasonsText>(nameof(OnboardingSeasonForm.Grade), "GradeFixed");
        if (await db.DeskTimes.AnyAsync(t => t.SeasonId == season.Id && t.Day < first, ct))
            throw Rejected.At<SeasonsText>(nameof(OnboardingSeasonForm.FirstDay), "DeskTimesLeftOut");
        if (await db.DeskTimes.AnyAsync(t => t.SeasonId == season.Id && t.Day > last, ct))
            throw Rejected.At<SeasonsText>(nameof(OnboardingSeasonForm.LastDay), "DeskTimesLeftOut");
    }

    private static OnboardingSeason New(OnboardingSeasonForm form)
    {
        var season = new OnboardingSeason(NameOf(form), form.Grade!.Value, form.FirstDay!.Value, form.LastDay!.Value);
        season.Describe(season.LocalName, season.Grade, season.FirstDay, season.LastDay, form.MayDefer);
        return season;
    }

    private static LocalName NameOf(OnboardingSeasonForm form) => new(form.Name!, form.NameEn ?? "");

    private DateTimeOffset Moved(DateTimeOffset moment, int days) =>
        office.At(office.DayOf(moment).AddDays(days), TimeOnly.FromTimeSpan(office.Local(moment).TimeOfDay));

    private static async Task<OnboardingSeason> ChangeableAsync(LogisticsDb db, long id, CancellationToken ct)
    {
        var season = await db.OnboardingSeasons.SingleOrDefaultAsync(s => s.Id == id, ct) ?? throw new NotFound();
        return season.State == SeasonState.Closed ? throw Rejected.Because<SeasonsText>("IsClosed") : season;
    }

    private async Task<long> WriteAsync(string what, Func<LogisticsDb, CancellationToken, Task<Written>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var written = await db.WriteAsync(async token =>
        {
            user.Actor.DemandSeasons();
            var done = await work(db, token);
            db.Announce(new KeyChanged(OnboardingTopics.Seasons, done.SeasonId));
            return done;
        }, ct);
        log.SeasonDone(what, written.SeasonId, written.Id, user.ActorOrNull?.PersonId);
        return written.Id;
    }
}

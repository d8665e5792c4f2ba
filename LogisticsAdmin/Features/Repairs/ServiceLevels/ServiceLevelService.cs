using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.ServiceLevels;

/// <summary>
/// The office's service levels with their history, the escalation steps, and who leads a crew. The office reads them; managers and
/// administrators change them. Open tickets keep the level in force when they were submitted and are dated anew by the house.
/// </summary>
public sealed class ServiceLevelService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock)
{
    /// <summary>The feed's topic of levels and steps.</summary>
    public const string Topic = "service-levels";

    private static readonly LevelFormValidator LevelRules = new();
    private static readonly StepFormValidator StepRules = new();

    /// <summary>All levels, those in force first, then what held before, each by urgency and category; newest first.</summary>
    public async Task<IReadOnlyList<LevelRow>> ReadAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await (
            from l in db.ServiceLevels.AsNoTracking()
            join c in db.Categories on l.CategoryId equals c.Id into categories
            from category in categories.DefaultIfEmpty()
            join p in db.People on l.SetById equals p.Id into people
            from setBy in people.DefaultIfEmpty()
            join g in db.Categories on category.ParentId equals g.Id into groups
            from parent in groups.DefaultIfEmpty()
            orderby l.Until != null, l.Urgency, category == null ? -1 : category.Position, l.From descending, l.Id descending
            select new LevelRow(l.Id, l.Urgency, l.CategoryId, category == null ? null : new LocalName(category.Name, category.NameEn),
                parent == null ? null : new LocalName(parent.Name, parent.NameEn), l.ResponseMinutes, l.CompletionMinutes, l.RoundTheClock, l.From, l.Until, setBy.FullName, l.Why)).ToListAsync(ct);
    }

    /// <summary>How long an ordinary working day is, to say limits in days; zero when the office has no hours in term.</summary>
    public async Task<TimeSpan> WorkdayAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        var monday = await db.OfficeSlots.AsNoTracking().Where(s => s.Season == Season.Term && s.DayOfWeek == DayOfWeek.Monday).ToListAsync(ct);
        return TimeSpan.FromTicks(monday.Sum(s => OfficeSlot.EndOf(s.To) - s.From.Ticks));
    }

    /// <summary>
    /// Ends the level in force and begins this one, for tickets submitted from now on. Refuses what changes nothing, and as Stale
    /// when somebody else has set another since the form was opened.
    /// </summary>
    public async Task SetAsync(LevelForm form, CancellationToken ct = default)
    {
        LevelRules.Demand(form);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            var me = DemandKeeper();
            var now = clock.GetUtcNow();
            if (form.CategoryId is { } category && !await db.Categories.Living().AnyAsync(c => c.Id == category, token))
                throw Rejected.At<RepairsText>(nameof(LevelForm.CategoryId), "UnknownCategory");
            var inForce = await db.ServiceLevels.FirstOrDefaultAsync(l => l.Urgency == form.Urgency && l.CategoryId == form.CategoryId && l.Until == null, token);
            if (inForce?.Id != form.SeenId) throw new Stale(await SetterAsync(db, inForce, token), null);
            var next = new ServiceLevel(form.Urgency!.Value, form.CategoryId, TimeSpan.FromHours((double)form.ResponseHours!.Value),
                TimeSpan.FromHours((double)form.CompletionHours!.Value), form.RoundTheClock, now, me, form.Why);
            if (inForce is not null)
            {
                if ((inForce.ResponseMinutes, inForce.CompletionMinutes, inForce.RoundTheClock) == (next.ResponseMinutes, next.CompletionMinutes, next.RoundTheClock))
                    throw Rejected.Because<RepairsText>("SameLevel");
                inForce.End(now);
                await db.SaveChangesAsync(token);
            }
            db.ServiceLevels.Add(next);
            db.Announce(new KeyChanged(Topic, 0));
        }, ct);
    }

    /// <summary>Ends a category's own level: the urgency's holds again. An urgency's own level can't end, only change.</summary>
    public async Task EndAsync(long id, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            DemandKeeper();
            var level = await db.ServiceLevels.FirstOrDefaultAsync(l => l.Id == id && l.Until == null, token) ?? throw new NotFound();
            if (level.CategoryId is null) throw Rejected.Because<RepairsText>("LevelNeeded");
            level.End(clock.GetUtcNow());
            db.Announce(new KeyChanged(Topic, 0));
        }, ct);
    }

    public async Task<IReadOnlyList<StepRow>> StepsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.EscalationSteps.AsNoTracking().OrderBy(s => s.Clock).ThenBy(s => s.OffsetMinutes).ThenBy(s => s.Audience)
            .Select(s => new StepRow(s.Id, s.Clock, s.OffsetMinutes, s.Audience)).ToListAsync(ct);
    }

    /// <summary>Adds a step, or changes one; refuses a step that is there already.</summary>
    public async Task SetStepAsync(long? id, StepForm form, CancellationToken ct = default)
    {
        StepRules.Demand(form);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            DemandKeeper();
            var (kind, minutes, audience) = (form.Clock!.Value, form.Minutes!.Value, form.Audience!.Value);
            if (await db.EscalationSteps.AnyAsync(s => s.Id != id && s.Clock == kind && s.OffsetMinutes == minutes && s.Audience == audience, token))
                throw Rejected.At<RepairsText>(nameof(StepForm.Minutes), "SameStep");
            if (id is null) db.EscalationSteps.Add(new EscalationStep(kind, minutes, audience));
            else (await db.EscalationSteps.FirstOrDefaultAsync(s => s.Id == id, token) ?? throw new NotFound()).Set(kind, minutes, audience);
            db.Announce(new KeyChanged(Topic, 0));
        }, ct);
    }

    public async Task RemoveStepAsync(long id, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            DemandKeeper();
            db.EscalationSteps.Remove(await db.EscalationSteps.FirstOrDefaultAsync(s => s.Id == id, token) ?? throw new NotFound());
            db.Announce(new KeyChanged(Topic, 0));
        }, ct);
    }

    /// <summary>Every crew with who leads it and who could.</summary>
    public async Task<IReadOnlyList<CrewLeadRow>> CrewLeadsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        var crews = await db.Crews.AsNoTracking().Living().OrderBy(c => c.Id).Select(c => new { c.Id, Name = new LocalName(c.Name, c.NameEn), c.LeadId }).ToListAsync(ct);
        var technicians = (await Technicians(db).AsNoTracking().OrderBy(p => p.FullName).Select(p => new { p.Id, p.FullName, p.CrewId }).ToListAsync(ct))
            .ToLookup(p => p.CrewId, p => new CrewMember(p.Id, p.FullName));
        return [.. crews.Select(c => new CrewLeadRow(c.Id, c.Name, c.LeadId, [.. technicians[c.Id]]))];
    }

    /// <summary>Names who leads a crew; null for nobody. Refuses who is no technician of it.</summary>
    public async Task LeadAsync(long crewId, long? personId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            DemandKeeper();
            var crew = await db.Crews.Living().FirstOrDefaultAsync(c => c.Id == crewId, token) ?? throw new NotFound();
            var isOfCrew = personId is null || await Technicians(db).AnyAsync(p => p.Id == personId && p.CrewId == crewId, token);
            if (!isOfCrew) throw Rejected.Because<RepairsText>("NotInCrew");
            crew.BeLedBy(personId);
            db.Announce(new KeyChanged(Topic, 0));
        }, ct);
    }

    private long DemandKeeper()
    {
        user.Actor.DemandManagement();
        return user.PersonId;
    }

    private static IQueryable<Person> Technicians(LogisticsDb db) =>
        db.People.Living().Where(p => db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Technician));

    private static async Task<string?> SetterAsync(LogisticsDb db, ServiceLevel? level, CancellationToken ct) =>
        level?.SetById is { } setter ? await db.People.Where(p => p.Id == setter).Select(p => p.FullName).FirstOrDefaultAsync(ct) : null;
}

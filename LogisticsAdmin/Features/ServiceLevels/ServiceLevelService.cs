using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.ServiceLevels;

/// <summary>
/// The office's service levels with their history, the escalation steps, and who leads a crew. The office reads them; managers and
/// administrators change them. Whatever is open keeps the level in force when it was submitted.
/// </summary>
public sealed class ServiceLevelService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IEnumerable<ILevelScope> scopes)
{
    /// <summary>Published as <see cref="KeyChanged"/> when a level, a step or a crew lead changed.</summary>
    public const string Topic = "service-levels";

    private static readonly LevelFormValidator LevelRules = new();
    private static readonly StepFormValidator StepRules = new();

    /// <summary>All levels, those in force before those that ended, by urgency and category; the newest first.</summary>
    public async Task<IReadOnlyList<LevelRow>> ReadAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        var subjects = (await scopes.SubjectsAsync(ct)).ToDictionary(s => s.Id);
        await using var db = await databases.CreateDbContextAsync(ct);
        var levels = await (
            from level in db.ServiceLevels.AsNoTracking()
            join p in db.People on level.SetById equals p.Id into people
            from setBy in people.DefaultIfEmpty()
            select new { Level = level, By = setBy.FullName }).ToListAsync(ct);
        return
        [
            .. from l in levels
               let level = l.Level
               let category = Subject(level.CategoryId)
               orderby level.Until != null, level.Urgency, category?.Position ?? -1, level.From descending, level.Id descending
               select new LevelRow(level.Id, level.Urgency, level.CategoryId, category?.Name, Subject(category?.ParentId)?.Name,
                   level.ResponseMinutes, level.CompletionMinutes, level.RoundTheClock, level.From, level.Until, l.By, level.Why),
        ];

        LevelSubject? Subject(long? id) => id is { } known ? subjects.GetValueOrDefault(known) : null;
    }

    /// <summary>What may be given a level of its own: groups and categories in their order, without those that are retired.</summary>
    public async Task<IReadOnlyList<LevelSubject>> SubjectsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        return [.. (await scopes.SubjectsAsync(ct)).Where(s => !s.IsRetired)];
    }

    /// <summary>The length of an ordinary working day, to show limits in days; zero when the office has no hours in term.</summary>
    public async Task<TimeSpan> WorkdayAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        var monday = await db.OfficeSlots.AsNoTracking().Where(s => s.Season == Season.Term && s.DayOfWeek == DayOfWeek.Monday).ToListAsync(ct);
        return TimeSpan.FromTicks(monday.Sum(s => OfficeSlot.EndOf(s.To) - s.From.Ticks));
    }

    /// <summary>
    /// Ends the level in force and starts this one, for what is submitted from now on. Refuses a level that changes nothing, and as
    /// Stale when somebody else set another one after the form was opened.
    /// </summary>
    public async Task SetAsync(LevelForm form, CancellationToken ct = default)
    {
        LevelRules.Demand(form);
        DemandManagement();
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            var me = DemandManagement();
            if (form.CategoryId is { } category && !await scopes.OfferAsync(db, category, token))
                throw Rejected.At<ServiceLevelsText>(nameof(LevelForm.CategoryId), "UnknownCategory");
            var now = clock.GetUtcNow();
            var inForce = await db.ServiceLevels.FirstOrDefaultAsync(
                l => l.Urgency == form.Urgency && l.CategoryId == form.CategoryId && l.Until == null, token);
            if (inForce?.Id != form.ExpectedLevelId) throw new Stale(await SetterAsync(db, inForce, token), null);
            var next = new ServiceLevel(form.Urgency!.Value, form.CategoryId, TimeSpan.FromHours((double)form.ResponseHours!.Value),
                TimeSpan.FromHours((double)form.CompletionHours!.Value), form.RoundTheClock, now, me, form.Why);
            if (inForce is not null)
            {
                if ((inForce.ResponseMinutes, inForce.CompletionMinutes, inForce.RoundTheClock)
                    == (next.ResponseMinutes, next.CompletionMinutes, next.RoundTheClock))
                {
                    throw Rejected.Because<ServiceLevelsText>("SameLevel");
                }

                inForce.End(now);
                await db.SaveChangesAsync(token);
            }
            db.ServiceLevels.Add(next);
            db.Announce(new KeyChanged(Topic, 0));
        }, ct);
    }

    /// <summary>Ends a category's own level, so that the urgency's applies again. An urgency's level can only be changed.</summary>
    public async Task EndAsync(long id, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            DemandManagement();
            var level = await db.ServiceLevels.FirstOrDefaultAsync(l => l.Id == id && l.Until == null, token) ?? throw new NotFound();
            if (level.CategoryId is null) throw Rejected.Because<ServiceLevelsText>("LevelNeeded");
            level.End(clock.GetUtcNow());
            db.Announce(new KeyChanged(Topic, 0));
        }, ct);
    }

    public async Task<IReadOnlyList<StepRow>> StepsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.EscalationSteps.AsNoTracking().OrderBy(s => s.Clock).ThenBy(s => s.OffsetMinutes).ThenBy(s => s.Audience)
            .Select(s => new StepRow(s.Id, s.Version, s.Clock, s.OffsetMinutes, s.Audience)).ToListAsync(ct);
    }

    /// <summary>
    /// Adds a step, or changes the one with this id; refuses a duplicate. Throws Stale if somebody changed it since the form was opened.
    /// </summary>
    public async Task SetStepAsync(long? id, StepForm form, CancellationToken ct = default)
    {
        StepRules.Demand(form);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            DemandManagement();
            var (kind, minutes, audience) = (form.Clock!.Value, form.Minutes!.Value, form.Audience!.Value);
            if (await db.EscalationSteps.AnyAsync(s => s.Id != id && s.Clock == kind && s.OffsetMinutes == minutes && s.Audience == audience, token))
                throw Rejected.At<ServiceLevelsText>(nameof(StepForm.Minutes), "SameStep");
            if (id is null)
            {
                db.EscalationSteps.Add(new EscalationStep(kind, minutes, audience));
            }
            else
            {
                var step = await db.EscalationSteps.FirstOrDefaultAsync(s => s.Id == id, token) ?? throw new NotFound();
                if (step.Version != form.Version) throw new Stale(await db.LastChangedByAsync<EscalationStep>(step.Id, token), null);
                step.Set(kind, minutes, audience);
            }
            db.Announce(new KeyChanged(Topic, 0));
        }, ct);
    }

    public async Task RemoveStepAsync(long id, long version, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            DemandManagement();
            var step = await db.EscalationSteps.FirstOrDefaultAsync(s => s.Id == id, token) ?? throw new NotFound();
            if (step.Version != version) throw new Stale(await db.LastChangedByAsync<EscalationStep>(id, token), null);
            db.EscalationSteps.Remove(step);
            db.Announce(new KeyChanged(Topic, 0));
        }, ct);
    }

    /// <summary>Every crew with its lead and the technicians who could lead it.</summary>
    public async Task<IReadOnlyList<CrewLeadRow>> CrewLeadsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        var crews = await db.Crews.AsNoTracking().Living().OrderBy(c => c.Id)
            .Select(c => new { c.Id, Name = new LocalName(c.Name, c.NameEn), c.LeadId }).ToListAsync(ct);
        var technicians = (await Technicians(db).AsNoTracking().OrderBy(p => p.FullName).Select(p => new { p.Id, p.FullName, p.CrewId }).ToListAsync(ct))
            .ToLookup(p => p.CrewId, p => new CrewMember(p.Id, p.FullName));
        return [.. crews.Select(c => new CrewLeadRow(c.Id, c.Name, c.LeadId, [.. technicians[c.Id]]))];
    }

    /// <summary>Sets who leads a crew, or nobody. Only a technician of the crew may lead it.</summary>
    public async Task LeadAsync(long crewId, long? personId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            DemandManagement();
            var crew = await db.Crews.Living().FirstOrDefaultAsync(c => c.Id == crewId, token) ?? throw new NotFound();
            var isOfCrew = personId is null || await Technicians(db).AnyAsync(p => p.Id == personId && p.CrewId == crewId, token);
            if (!isOfCrew) throw Rejected.Because<ServiceLevelsText>("NotInCrew");
            crew.SetLead(personId);
            db.Announce(new KeyChanged(Topic, 0));
        }, ct);
    }

    private long DemandManagement()
    {
        user.Actor.DemandManagement();
        return user.PersonId;
    }

    private static IQueryable<Person> Technicians(LogisticsDb db) =>
        db.People.Living().Where(p => db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Technician));

    private static async Task<string?> SetterAsync(LogisticsDb db, ServiceLevel? level, CancellationToken ct) =>
        level?.SetById is { } setter ? await db.People.Where(p => p.Id == setter).Select(p => p.FullName).FirstOrDefaultAsync(ct) : null;
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Crews;

/// <summary>
/// 值班与缺勤: who works today, their open tickets, who is absent and who stands in. Only the office may see and change all absences;
/// anybody else gets <see cref="Forbidden"/>, except for their own next absence.
/// </summary>
public sealed class DutyService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, ILogger<DutyService> log)
{
    /// <summary>Topic of the feed: an absence of the person with that id changed.</summary>
    public const string Topic = "absences";

    /// <summary>How many days ahead people are shown their next absence.</summary>
    private const int DaysAhead = 14;
    private static readonly AbsenceFormValidator Rules = new();

    /// <summary>Crews with their technicians, the office, and every absence that is not over.</summary>
    public async Task<DutyBoard> BoardAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        var today = office.Today;
        var since = office.At(today, TimeOnly.MinValue);
        await using var db = await databases.CreateDbContextAsync(ct);
        var absences = await Rows(db, db.Absences.Where(a => a.CancelledAt == null && a.To >= today)).ToListAsync(ct);
        var awayToday = absences.Where(a => a.Covers(today)).ToLookup(a => a.PersonId);
        var open = await db.CurrentTickets.Where(t => t.TechnicianId != null && RankingQueries.UnfinishedStatuses.Contains(t.Status))
            .GroupBy(t => t.TechnicianId!.Value).Select(g => new { g.Key, Count = g.Count(), Overdue = g.Count(t => t.IsOverdue) })
            .ToDictionaryAsync(g => g.Key, ct);
        var done = await db.TicketsNotEndedBefore(since).Where(t => t.TechnicianId != null && t.CompletedAt >= since)
            .GroupBy(t => t.TechnicianId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var crews = await db.Crews.AsNoTracking().Living().OrderBy(c => c.Id).Select(c => new { c.Id, Name = new LocalName(c.Name, c.NameEn) }).ToListAsync(ct);
        var people = await StaffOf(db).Select(p => new
        {
            p.Id,
            p.FullName,
            p.PhoneNumber,
            p.CrewId,
            IsTechnician = db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Technician),
        }).ToListAsync(ct);
        var workers = people.ToLookup(p => p.IsTechnician ? p.CrewId ?? 0 : -1, p => new WorkerRow(
            p.Id, p.FullName, p.PhoneNumber, open.GetValueOrDefault(p.Id)?.Count ?? 0, open.GetValueOrDefault(p.Id)?.Overdue ?? 0,
            done.GetValueOrDefault(p.Id), awayToday[p.Id].FirstOrDefault()));
        return new DutyBoard([.. crews.Select(c => new CrewOnDuty(c.Id, c.Name, [.. Sorted(workers[c.Id])]))], [.. Sorted(workers[-1])], absences);
    }

    /// <summary>Everybody who can be absent or stand in: technicians and the office.</summary>
    public async Task<IReadOnlyList<StaffChoice>> StaffAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await (
            from p in StaffOf(db)
            join c in db.Crews on p.CrewId equals c.Id into crews
            from crew in crews.DefaultIfEmpty()
            orderby p.CrewId == null, p.CrewId, p.FullName
            select new StaffChoice(p.Id, p.FullName, crew == null ? null : new LocalName(crew.Name, crew.NameEn),
                db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Technician))).ToListAsync(ct);
    }

    /// <summary>The user's own absence that is under way or begins within <see cref="DaysAhead"/> days; null if there is none.</summary>
    public async Task<AbsenceRow?> MineAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        var (today, soon) = (office.Today, office.Today.AddDays(DaysAhead));
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Rows(db, db.Absences.Where(a => a.PersonId == me && a.CancelledAt == null && a.To >= today && a.From <= soon)).FirstOrDefaultAsync(ct);
    }

    /// <summary>
    /// Enters an absence. Refuses, at the field, a person who does not work here, days that overlap another absence of theirs, and a
    /// stand-in who is absent on those days or is not a technician for a technician, or office staff for office staff.
    /// </summary>
    public async Task<long> AddAsync(AbsenceForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        await using var db = await databases.CreateDbContextAsync(ct);
        var (id, person) = await db.WriteAsync(async token =>
        {
            user.Actor.DemandOffice();
            var (personId, from, to) = (form.PersonId!.Value, form.From!.Value, form.To!.Value);
            var isTechnician = await IsTechnicianAsync(db, personId, token) ?? throw Rejected.At<CrewsText>(nameof(AbsenceForm.PersonId), "NotStaff");
            if (await OverlapAsync(db, personId, from, to, token) is { } other)
                throw Rejected.At<CrewsText>(nameof(AbsenceForm.From), "AlreadyAbsent", Day(other.From), Day(other.To));
            if (form.StandInId is { } standIn && standIn != personId)
            {
                if (await IsTechnicianAsync(db, standIn, token) != isTechnician) throw Rejected.At<CrewsText>(nameof(AbsenceForm.StandInId), "UnsuitedStandIn");
                if (await OverlapAsync(db, standIn, from, to, token) is { } theirs)
                    throw Rejected.At<CrewsText>(nameof(AbsenceForm.StandInId), "StandInAbsent", Day(theirs.From), Day(theirs.To));
            }
            var absence = new Absence(personId, from, to, form.Reason!.Value, form.StandInId, form.Note, user.PersonId, office.Now);
            db.Absences.Add(absence);
            await db.SaveChangesAsync(token);
            db.Announce(new KeyChanged(Topic, personId));
            return (absence.Id, personId);
        }, ct);
        log.AbsenceChanged("entered", id, person, user.ActorOrNull?.PersonId);
        return id;
    }

    /// <summary>Cancels an absence that has not begun; ends one that is under way as of yesterday. Refuses one that is over or cancelled.</summary>
    public async Task CancelAsync(long id, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var person = await db.WriteAsync(async token =>
        {
            user.Actor.DemandOffice();
            var absence = await db.Absences.FirstOrDefaultAsync(a => a.Id == id, token) ?? throw new NotFound();
            absence.Cancel(user.PersonId, office.Today, office.Now);
            db.Announce(new KeyChanged(Topic, absence.PersonId));
            return absence.PersonId;
        }, ct);
        log.AbsenceChanged("cancelled", id, person, user.ActorOrNull?.PersonId);
    }

    private static IQueryable<AbsenceRow> Rows(LogisticsDb db, IQueryable<Absence> absences) =>
        from a in absences.AsNoTracking()
        join p in db.People on a.PersonId equals p.Id
        join c in db.Crews on p.CrewId equals c.Id into crews
        from crew in crews.DefaultIfEmpty()
        join s in db.People on a.StandInId equals s.Id into standIns
        from standIn in standIns.DefaultIfEmpty()
        orderby a.From, a.Id
        select new AbsenceRow(a.Id, a.PersonId, p.FullName, crew == null ? null : new LocalName(crew.Name, crew.NameEn),
            a.From, a.To, a.Reason, a.StandInId, standIn.FullName, a.Note);

    private static IQueryable<Person> StaffOf(LogisticsDb db)
    {
        var staff = RoleGroups.Staff.ToIds();
        return db.People.AsNoTracking().Living().Where(p => db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && staff.Contains(r.RoleId)));
    }

    /// <summary>Null if the person does not work here.</summary>
    private static Task<bool?> IsTechnicianAsync(LogisticsDb db, long personId, CancellationToken ct) =>
        StaffOf(db).Where(p => p.Id == personId)
            .Select(p => (bool?)db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Technician)).FirstOrDefaultAsync(ct);

    private static Task<Absence?> OverlapAsync(LogisticsDb db, long personId, DateOnly from, DateOnly to, CancellationToken ct) =>
        db.Absences.AsNoTracking().Where(a => a.PersonId == personId && a.CancelledAt == null && a.From <= to && a.To >= from)
            .OrderBy(a => a.From).FirstOrDefaultAsync(ct);

    private static IEnumerable<WorkerRow> Sorted(IEnumerable<WorkerRow> workers) => workers.OrderBy(w => w.Name, StringComparer.Ordinal);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

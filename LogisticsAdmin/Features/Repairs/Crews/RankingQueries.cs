using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Crews;

/// <summary>The technicians a ticket could be assigned to, best match first. For the office only.</summary>
public sealed class RankingQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office)
{
    internal static readonly TicketStatus[] UnfinishedStatuses =
        [TicketStatus.Assigned, TicketStatus.Taken, TicketStatus.InProgress, TicketStatus.OnHold, TicketStatus.Rework];

    /// <summary>All technicians, ranked for the ticket. The preferred crew is <paramref name="crewId"/>, else the ticket's, else the category's.</summary>
    public Task<IReadOnlyList<RankedTechnician>> RankAsync(long ticketId, long? crewId = null, CancellationToken ct = default) =>
        RankAsync([ticketId], crewId, ct);

    /// <summary>All technicians, ranked for these tickets together. Without <paramref name="crewId"/> a crew is preferred if it is that of all.</summary>
    public async Task<IReadOnlyList<RankedTechnician>> RankAsync(IReadOnlyList<long> ticketIds, long? crewId = null, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        var tickets = await (
            from t in db.RepairTickets.AsNoTracking()
            where ticketIds.Contains(t.Id)
            join c in db.Categories on t.CategoryId equals c.Id
            select new { t.BuildingId, CrewId = t.CrewId ?? t.SuggestedCrewId ?? c.DefaultCrewId }).Distinct().ToListAsync(ct);
        if (tickets.Count == 0) throw new NotFound();
        List<long?> crews = [.. tickets.Select(t => t.CrewId).Distinct()];
        List<long> buildings = [.. tickets.Select(t => t.BuildingId).Distinct()];
        return TechnicianRanking.Rank(await CandidatesAsync(db, ticketIds, buildings, ct), crewId ?? (crews.Count == 1 ? crews[0] : null));
    }

    /// <summary>
    /// The crew of each ticket: the one it has, else the one that was suggested when it was reported, else the category's; null without one that is
    /// still in use.
    /// </summary>
    public async Task<IReadOnlyDictionary<long, long?>> CrewsAsync(IReadOnlyList<long> ticketIds, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        Dictionary<long, long?> crews = [];
        foreach (var ids in ticketIds.Chunk(500))
        {
            var found = await (
                from t in db.RepairTickets.AsNoTracking()
                where ids.Contains(t.Id)
                join c in db.Categories on t.CategoryId equals c.Id
                select new { t.Id, CrewId = t.CrewId ?? t.SuggestedCrewId ?? c.DefaultCrewId }).ToListAsync(ct);
            foreach (var ticket in found) crews[ticket.Id] = ticket.CrewId;
        }
        var known = (await db.Crews.Living().Select(c => c.Id).ToListAsync(ct)).ToHashSet();
        return crews.ToDictionary(c => c.Key, c => c.Value is { } crew && known.Contains(crew) ? c.Value : null);
    }

    private async Task<IReadOnlyList<Candidate>> CandidatesAsync(
        LogisticsDb db, IReadOnlyList<long> ticketIds, IReadOnlyList<long> buildingIds, CancellationToken ct)
    {
        var today = office.Today;
        var since = office.At(today, TimeOnly.MinValue);
        var roles = db.Set<IdentityUserRole<long>>();
        var people = await (
            from p in db.People.AsNoTracking().Living()
            where roles.Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Technician)
            join c in db.Crews.Living() on p.CrewId equals c.Id
            select new { p.Id, p.FullName, CrewId = c.Id, Crew = new LocalName(c.Name, c.NameEn), c.Capacity }).ToListAsync(ct);
        var unfinished = db.CurrentTickets.Where(t => !ticketIds.Contains(t.Id) && UnfinishedStatuses.Contains(t.Status));
        var open = await (
            from t in unfinished
            where t.TechnicianId != null
            join c in db.Categories on t.CategoryId equals c.Id
            group c.Points by t.TechnicianId!.Value into work
            select new { work.Key, Count = work.Count(), Points = work.Sum() }).ToDictionaryAsync(g => g.Key, ct);
        var ofCrews = await unfinished.Where(t => t.CrewId != null)
            .GroupBy(t => t.CrewId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var near = await db.TicketsNotEndedBefore(since).Where(t => t.TechnicianId != null && !ticketIds.Contains(t.Id) && buildingIds.Contains(t.BuildingId)
                && (UnfinishedStatuses.Contains(t.Status) || t.CompletedAt >= since))
            .GroupBy(t => t.TechnicianId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var declined = await db.RepairEvents.Where(e => ticketIds.Contains(e.TicketId) && e.Verb == RepairVerb.Decline).Select(e => e.ActorId).ToListAsync(ct);
        var absences = await (
            from a in db.Absences.AsNoTracking()
            where a.CancelledAt == null && a.From <= today && a.To >= today
            join who in db.People on a.PersonId equals who.Id
            join s in db.People on a.StandInId equals s.Id into standIns
            from standIn in standIns.DefaultIfEmpty()
            select new { a.PersonId, Person = who.FullName, a.To, a.Reason, a.StandInId, StandIn = standIn.FullName }).ToListAsync(ct);
        var absent = absences.ToLookup(a => a.PersonId);
        var covered = absences.ToLookup(a => a.StandInId, a => a.Person);
        return
        [
            .. from p in people
               let away = absent[p.Id].FirstOrDefault()
               select new Candidate(p.Id, p.FullName, p.CrewId, p.Crew)
               {
                   Open = open.GetValueOrDefault(p.Id)?.Count ?? 0,
                   Points = open.GetValueOrDefault(p.Id)?.Points ?? 0,
                   CrewOpen = ofCrews.GetValueOrDefault(p.CrewId),
                   CrewCapacity = p.Capacity,
                   InBuildingToday = near.GetValueOrDefault(p.Id),
                   Declined = declined.Contains(p.Id),
                   AbsentFor = away?.Reason,
                   AbsentUntil = away?.To,
                   StandInId = away?.StandInId,
                   StandIn = away?.StandIn,
                   StandsInFor = covered[p.Id].FirstOrDefault(),
               },
        ];
    }
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Tickets;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Phone;

/// <summary>The technician's list of jobs, with what each card shows beside the row. Five queries, however many jobs there are.</summary>
public sealed class JobQueries(IDbContextFactory<LogisticsDb> databases, TicketQueries tickets)
{
    /// <summary>The jobs of <see cref="TicketQueries.JobsAsync(CancellationToken)"/>, in its order.</summary>
    public async Task<IReadOnlyList<JobRow>> ListAsync(CancellationToken ct = default) => await CardsOfAsync(await tickets.JobsAsync(ct), ct);

    /// <summary>The jobs of <see cref="TicketQueries.JobsOfLedCrewAsync"/>, in its order.</summary>
    public async Task<IReadOnlyList<JobRow>> ListOfLedCrewAsync(CancellationToken ct = default) =>
        await CardsOfAsync(await tickets.JobsOfLedCrewAsync(ct), ct);

    private async Task<IReadOnlyList<JobRow>> CardsOfAsync(IReadOnlyList<RepairRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return [];
        List<long> ids = [.. rows.Select(r => r.Id)];
        await using var db = await databases.CreateDbContextAsync(ct);
        var slots = await db.VisitSlots.AsNoTracking().ToDictionaryAsync(s => s.Id, ct);
        var notes = await NotesAsync(db, ids, ct);
        var photos = await db.RepairPhotos.AsNoTracking()
            .Where(p => p.TicketId != null && ids.Contains(p.TicketId.Value) && !db.Set<RepairPhoto>().Any(q => q.TicketId == p.TicketId && q.Id < p.Id))
            .ToDictionaryAsync(p => p.TicketId!.Value, p => p.Key, ct);
        var arrived = (await db.RepairTickets.Where(t => ids.Contains(t.Id) && t.ArrivedAt != null).Select(t => t.Id).ToListAsync(ct)).ToHashSet();
        return
        [
            .. rows.Select(r => new JobRow(
                r,
                r.VisitSlotId is { } slot ? slots.GetValueOrDefault(slot)?.ToString() : null,
                notes.GetValueOrDefault(r.Id),
                photos.TryGetValue(r.Id, out var photo) ? photo : null,
                arrived.Contains(r.Id))),
        ];
    }

    /// <summary>The note of the assignment in force; one to another crew or technician that was undone does not count.</summary>
    private static async Task<Dictionary<long, string?>> NotesAsync(LogisticsDb db, List<long> ids, CancellationToken ct)
    {
        var assignments = await (
            from e in db.RepairEvents.AsNoTracking()
            where ids.Contains(e.TicketId) && (e.Verb == RepairVerb.Assign || e.Verb == RepairVerb.Transfer)
            join t in db.RepairTickets on e.TicketId equals t.Id
            where e.CrewId == t.CrewId && (e.PersonId == null || e.PersonId == t.TechnicianId)
            select new { e.TicketId, e.Id, e.Note }).ToListAsync(ct);
        return assignments.GroupBy(a => a.TicketId).ToDictionary(g => g.Key, string? (g) => g.MaxBy(a => a.Id)!.Note);
    }
}

/// <summary>
/// A job with the hours of the requested visit, the dispatcher's note, the key of the ticket's first photo, and whether the technician has
/// arrived for the current visit.
/// </summary>
public sealed record JobRow(RepairRow Row, string? Slot, string? Note, Guid? Photo, bool HasArrived);

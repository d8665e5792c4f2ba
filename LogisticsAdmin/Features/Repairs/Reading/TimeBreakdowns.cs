using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>Reads the time breakdowns of tickets from their timelines.</summary>
internal static class TimeBreakdowns
{
    /// <summary>By ticket. A ticket that ended, but of which nobody knows when, has an empty one.</summary>
    public static async Task<IReadOnlyDictionary<long, TimeBreakdown>> ReadAsync(
        LogisticsDb db, IReadOnlyCollection<RepairRow> rows, ServiceClock clocks, DateTimeOffset now, CancellationToken ct)
    {
        var ids = rows.Select(r => r.Id).ToList();
        // Status changes are not confidential, even if the note of the event is internal.
        var moves = await db.RepairEvents.AsNoTracking().Where(e => ids.Contains(e.TicketId) && (e.From != e.To || e.Verb == RepairVerb.Submit))
            .OrderBy(e => e.TicketId).ThenBy(e => e.Id)
            .Select(e => new { e.TicketId, e.At, e.To, Code = e.To == TicketStatus.OnHold ? e.Code : null }).ToListAsync(ct);
        var byTicket = moves.ToLookup(m => m.TicketId, m => (m.At, m.To, ReasonOf(m.Code)));
        return rows.ToDictionary(r => r.Id, r => TimeBreakdown.Of(
            byTicket[r.Id], r.EndedAt ?? (r.Status.IsEnded() ? r.SubmittedAt : now),
            clocks.TimeOf(clocks.LevelOf(r.Urgency, r.CategoryId, r.SubmittedAt))));
    }

    private static HoldReason? ReasonOf(string? code) => Enum.TryParse<HoldReason>(code?.Split('.')[^1], out var reason) ? reason : null;
}

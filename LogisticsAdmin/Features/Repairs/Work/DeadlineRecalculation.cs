using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>
/// Recalculates the deadlines of all open tickets after the calendar, a level or a step changed. Tickets that ended or are completed
/// keep theirs. Acts as the system.
/// </summary>
public sealed class DeadlineRecalculation(
    IDbContextFactory<LogisticsDb> databases, ServiceClockCache clockCache, TimeProvider clock, ILogger<DeadlineRecalculation> log)
{
    private const int Batch = 2_000;

    private static readonly string[] Columns =
    [
        nameof(RepairTicket.ServiceLevelId), nameof(RepairTicket.ResponseDueAt), nameof(RepairTicket.IsResponseLate), nameof(RepairTicket.DueAt),
        nameof(RepairTicket.OverdueSince), nameof(RepairTicket.PausedLeftMinutes), nameof(RepairTicket.IsOverdue), nameof(RepairTicket.Pressing),
        nameof(RepairTicket.WatchAt),
    ];

    /// <summary>Returns the number of tickets whose deadlines changed. Works in batches, so that other writes can run in between.</summary>
    public async Task<int> RunAsync(CancellationToken ct = default)
    {
        var clocks = await clockCache.RefreshAsync(ct);
        var (changed, open, lastId) = (0, 0, 0L);
        for (var more = true; more;)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            (more, lastId) = await db.WriteAsync(async token =>
            {
                var now = clock.GetUtcNow();
                var tickets = await db.RepairTickets.AsNoTrackingWithIdentityResolution()
                    .Where(t => t.Id > lastId && TicketStatuses.Open.Contains(t.Status)).OrderBy(t => t.Id).Take(Batch).ToListAsync(token);
                using var bulk = new BulkWriter(db);
                bulk.Update(tickets.Where(t => Recalculate(t, clocks, now)), Columns, token);
                open += tickets.Count;
                return (tickets.Count == Batch, tickets.Count == 0 ? lastId : tickets[^1].Id);
            }, ct);
        }
        if (changed > 0) log.DeadlinesRecalculated(changed, open);
        return changed;

        bool Recalculate(RepairTicket ticket, ServiceClock by, DateTimeOffset now)
        {
            var before = DeadlinesOf(ticket);
            ticket.RecalculateDeadlines(by, now);
            if (before == DeadlinesOf(ticket)) return false;
            changed++;
            return true;
        }
    }

    private static (long?, DateTimeOffset, bool, DateTimeOffset, DateTimeOffset?, int?, long, DateTimeOffset?) DeadlinesOf(RepairTicket t) =>
        (t.ServiceLevelId, t.ResponseDueAt, t.IsResponseLate, t.DueAt, t.OverdueSince, t.PausedLeftMinutes, t.Pressing, t.WatchAt);
}

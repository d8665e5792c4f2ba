using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.ServiceLevels;
using LogisticsAdmin.Features.Repairs.Tickets;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>
/// Counts the limits of all open tickets anew, after the calendar, a level or a step changed. What ended or is completed keeps what was
/// true. Acts as the house.
/// </summary>
public sealed class Redating(IDbContextFactory<LogisticsDb> databases, Clockworks clockworks, TimeProvider clock, ILogger<Redating> log)
{
    private const int Batch = 2_000;

    private static readonly string[] Dates =
    [
        nameof(RepairTicket.ServiceLevelId), nameof(RepairTicket.ResponseDueAt), nameof(RepairTicket.IsResponseLate), nameof(RepairTicket.DueAt),
        nameof(RepairTicket.OverdueSince), nameof(RepairTicket.PausedLeftMinutes), nameof(RepairTicket.IsOverdue), nameof(RepairTicket.Pressing),
        nameof(RepairTicket.WatchAt),
    ];

    /// <summary>Returns how many tickets have other limits now. Works in batches, so that verbs find the gate free in between.</summary>
    public async Task<int> RunAsync(CancellationToken ct = default)
    {
        var clocks = await clockworks.RefreshAsync(ct);
        var (changed, open, behind) = (0, 0, 0L);
        for (var more = true; more;)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            (more, behind) = await db.WriteAsync(async token =>
            {
                var now = clock.GetUtcNow();
                var tickets = await db.RepairTickets.AsNoTrackingWithIdentityResolution()
                    .Where(t => t.Id > behind && TicketStatuses.Open.Contains(t.Status)).OrderBy(t => t.Id).Take(Batch).ToListAsync(token);
                using var bulk = new BulkWriter(db);
                bulk.Update(tickets.Where(t => HasOther(t, clocks, now)), Dates, token);
                open += tickets.Count;
                return (tickets.Count == Batch, tickets.Count == 0 ? behind : tickets[^1].Id);
            }, ct);
        }
        if (changed > 0) log.Redated(changed, open);
        return changed;

        bool HasOther(RepairTicket ticket, Clockwork by, DateTimeOffset now)
        {
            var before = Of(ticket);
            ticket.Date(by, now);
            if (before == Of(ticket)) return false;
            changed++;
            return true;
        }
    }

    private static (long?, DateTimeOffset, bool, DateTimeOffset, DateTimeOffset?, int?, long, DateTimeOffset?) Of(RepairTicket t) =>
        (t.ServiceLevelId, t.ResponseDueAt, t.IsResponseLate, t.DueAt, t.OverdueSince, t.PausedLeftMinutes, t.Pressing, t.WatchAt);
}

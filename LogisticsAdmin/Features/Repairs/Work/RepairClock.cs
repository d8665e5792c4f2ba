using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>
/// Time-driven changes of tickets: they become overdue once, the people responsible are notified step by step, and completed work is verified
/// automatically after seven days.
/// </summary>
public sealed class RepairClock(
    IDbContextFactory<LogisticsDb> databases, TimeProvider clock, ServiceClockCache clockCache, IStandIns standIns, ILogger<RepairClock> log)
{
    private const int Batch = 200;

    /// <summary>Applies everything that is due by now. The results are stored with the tickets, so nothing is repeated after a restart.</summary>
    public async Task TickAsync(CancellationToken ct = default)
    {
        var (passed, verified) = (0, 0);
        for (var more = true; more;)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            more = await db.WriteAsync(async token =>
            {
                var (now, clocks) = (clock.GetUtcNow(), await clockCache.CurrentAsync(token));
                var due = await db.RepairTickets.Where(t => t.WatchAt <= now).OrderBy(t => t.WatchAt).Take(Batch).ToListAsync(token);
                var today = due.Count == 0 ? [] : await standIns.TodayAsync(db, token);
                foreach (var ticket in due)
                {
                    if (ticket.Status == TicketStatus.Completed)
                    {
                        ticket.Verify(null, null, byOffice: false, now);
                        await RepairNotifications.WriteAsync(
                            db, ticket, RepairVerb.Verify, Actor.System, isInternal: false, ticket.TechnicianId, today, now, token);
                        verified++;
                    }
                    else
                    {
                        var wasOverdue = ticket.OverdueSince is not null;
                        var steps = ticket.ApplyElapsedTime(clocks, now);
                        if (!wasOverdue && ticket.OverdueSince is not null)
                        {
                            await RepairNotifications.WriteAsync(
                                db, ticket, RepairVerb.BecomeOverdue, Actor.System, isInternal: false, ticket.TechnicianId, today, now, token);
                        }
                        await RepairNotifications.EscalateAsync(db, ticket, steps, today, now, token);
                        passed++;
                    }
                    ticket.RecalculateDeadlines(clocks, now);
                }
                return due.Count == Batch;
            }, ct);
        }
        if (passed + verified > 0) log.Ticked(passed, verified);
    }
}

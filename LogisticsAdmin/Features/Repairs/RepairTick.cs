using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs;

/// <summary>What time alone does to tickets: they become overdue once, and verify themselves after seven days.</summary>
public sealed class RepairClock(IDbContextFactory<LogisticsDb> databases, TimeProvider clock, ILogger<RepairClock> log)
{
    private const int Batch = 200;

    /// <summary>Does what is due by now. What it did is stored with the ticket, so a restart repeats nothing.</summary>
    public async Task TickAsync(CancellationToken ct = default)
    {
        var (overdue, verified) = (0, 0);
        for (var more = true; more;)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            more = await db.WriteAsync(async token =>
            {
                var now = clock.GetUtcNow();
                var due = await db.RepairTickets.Where(t => t.WatchAt <= now).OrderBy(t => t.WatchAt).Take(Batch).ToListAsync(token);
                foreach (var ticket in due)
                {
                    var verb = ticket.Status == TicketStatus.Completed ? RepairVerb.Verify : RepairVerb.BecomeOverdue;
                    if (verb == RepairVerb.Verify) ticket.Verify(null, null, byOffice: false, now);
                    else ticket.BecomeOverdue(now);
                    await RepairNotices.WriteAsync(db, ticket, verb, Actor.System, isInternal: false, now, token);
                    (overdue, verified) = verb == RepairVerb.Verify ? (overdue, verified + 1) : (overdue + 1, verified);
                }
                return due.Count == Batch;
            }, ct);
        }
        if (overdue + verified > 0) log.Ticked(overdue, verified);
    }
}

/// <summary>Runs <see cref="RepairClock"/> every 30 seconds, acting as the house.</summary>
internal sealed class RepairTick(IServiceScopeFactory scopes, TimeProvider clock, ILogger<RepairTick> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<CurrentUser>().Become(Actor.System);
                await scope.ServiceProvider.GetRequiredService<RepairClock>().TickAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.TickFailed(e, (int)Every.TotalSeconds);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}

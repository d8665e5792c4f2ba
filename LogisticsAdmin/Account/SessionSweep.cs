using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Account;

/// <summary>Deletes sessions daily whose cookies have expired.</summary>
internal sealed class SessionSweep(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SessionSweep> log)
    : PeriodicJob(TimeSpan.FromDays(1), scopes, clock, log)
{
    protected override async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        var expired = services.GetRequiredService<TimeProvider>().GetUtcNow() - Session.Lifetime - Session.SeenInterval;
        await using var db = await services.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);
        await db.WriteAsync(token => db.EndSessionsAsync(s => s.LastSeenAt < expired, token), ct);
    }
}

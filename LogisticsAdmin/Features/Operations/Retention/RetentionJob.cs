using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Operations.Retention;

/// <summary>Starts the nightly run, and goes on with one that was interrupted.</summary>
internal sealed class RetentionJob(RetentionRunner runner, IServiceScopeFactory scopes, TimeProvider clock, ILogger<RetentionJob> log)
    : PeriodicJob(Interval, scopes, clock, log)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromHours(1);

    private readonly TimeProvider _clock = clock;
    private bool _hasStarted;
    private DateTimeOffset? _tried;

    protected override async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        // The start of the app is busy enough.
        if (_hasStarted) await RunDueAsync(services, ct);
        _hasStarted = true;
    }

    internal async Task RunDueAsync(IServiceProvider services, CancellationToken ct)
    {
        if (runner.IsRunning || _clock.GetUtcNow() - _tried < RetryAfter) return;
        await using var db = await services.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);
        if (!await runner.IsDueAsync(db, ct)) return;
        _tried = _clock.GetUtcNow();
        await runner.RunAsync(Actor.System, ct);
    }
}

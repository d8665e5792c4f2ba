using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

/// <summary>
/// Makes a backup once an hour, with uploads once a week, and tests once a week that the newest one can be restored. What lies in the
/// folder decides what is due, so a restart neither repeats nor skips one.
/// </summary>
internal sealed class BackupJob(
    BackupFolder folder, BackupRetention retention, IOptions<BackupOptions> options, IServiceScopeFactory scopes, TimeProvider clock, ILogger<BackupJob> log)
    : PeriodicJob(Interval, scopes, clock, log)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock = clock;
    private DateTimeOffset? _tried;
    private bool _hasStarted;

    protected override async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        if (!options.Value.Enabled) return;
        // The start of the app is busy enough.
        if (!_hasStarted)
        {
            _hasStarted = true;
            return;
        }
        await MakeDueAsync(services, ct);
    }

    internal async Task MakeDueAsync(IServiceProvider services, CancellationToken ct)
    {
        var now = _clock.GetUtcNow();
        var files = folder.List().Where(f => !f.IsDamaged).ToList();
        // A failed one is tried again in the next hour.
        if (_tried is { } tried && retention.IsSameTurn(tried, now)) return;
        if (!files.Exists(f => retention.IsSameTurn(f.At, now)))
        {
            _tried = now;
            var isWeekly = options.Value.Weekly > 0 && !files.Exists(f => !f.IsDatabaseOnly && retention.IsSameWeek(f.At, now));
            await folder.MakeAsync(isWeekly ? BackupFile.Weekly : BackupFile.Database, ct);
        }
        if ((await folder.ReadRecordAsync(ct)).LastTest is not { } test || !retention.IsSameWeek(test.At, now))
            await services.GetRequiredService<RestoreTest>().RunAsync(ct);
    }
}

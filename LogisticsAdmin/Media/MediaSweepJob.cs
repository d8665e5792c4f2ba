using LogisticsAdmin.Security;

namespace LogisticsAdmin.Media;

/// <summary>Sweeps drafts and half-written files every half hour, and once a day the files that no row refers to.</summary>
internal sealed class MediaSweepJob(IServiceScopeFactory scopes, MediaStore store, TimeProvider clock, ILogger<MediaSweepJob> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan FilesInterval = TimeSpan.FromDays(1);

    private DateTimeOffset _nextFiles;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                store.RemoveLeftovers();
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<CurrentUser>().Become(Actor.System);
                var sweep = scope.ServiceProvider.GetRequiredService<MediaSweep>();
                await sweep.SweepDraftsAsync(stoppingToken);
                if (clock.GetUtcNow() < _nextFiles) continue;
                await sweep.SweepFilesAsync(stoppingToken);
                _nextFiles = clock.GetUtcNow() + FilesInterval;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.SweepFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}

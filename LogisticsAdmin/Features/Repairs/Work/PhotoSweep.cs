using LogisticsAdmin.Media;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>Sweeps old photo drafts now and then, acting as the house, and what a killed process left behind: half-written files, and once a day those without a row.</summary>
internal sealed class PhotoSweep(IServiceScopeFactory scopes, MediaStore store, TimeProvider clock, ILogger<PhotoSweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan FilesEvery = TimeSpan.FromDays(1);

    private DateTimeOffset _filesNext;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                store.RemoveLeftovers();
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<CurrentUser>().Become(Actor.System);
                var photos = scope.ServiceProvider.GetRequiredService<RepairPhotos>();
                await photos.SweepAsync(stoppingToken);
                if (clock.GetUtcNow() < _filesNext) continue;
                await photos.SweepFilesAsync(stoppingToken);
                _filesNext = clock.GetUtcNow() + FilesEvery;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.SweepFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}

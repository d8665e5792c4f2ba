using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Repairs.Work.Undo;

/// <summary>Sweeps old change sets once a day, acting as the house.</summary>
internal sealed class UndoSweep(IServiceScopeFactory scopes, TimeProvider clock, ILogger<UndoSweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<CurrentUser>().Become(Actor.System);
                await scope.ServiceProvider.GetRequiredService<UndoService>().SweepAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.ChangeSetSweepFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}

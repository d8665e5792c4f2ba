using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Repairs.Work;

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

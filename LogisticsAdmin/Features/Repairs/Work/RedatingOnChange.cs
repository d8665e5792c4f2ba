using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Repairs.ServiceLevels;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>Runs <see cref="Redating"/> at the start, and whenever calendar or levels changed.</summary>
internal sealed class RedatingOnChange(IServiceScopeFactory scopes, IChangeFeed feed, ILogger<RedatingOnChange> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changes = feed.Subscribe(null, change => change is KeyChanged { Topic: CalendarService.Topic or ServiceLevelService.Topic });
        try
        {
            do
            {
                await RunAsync(stoppingToken);
            }
            while (await changes.NextAsync(stoppingToken) is not null);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    private async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().Become(Actor.System);
            await scope.ServiceProvider.GetRequiredService<Redating>().RunAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.RedatingFailed(e);
        }
    }
}

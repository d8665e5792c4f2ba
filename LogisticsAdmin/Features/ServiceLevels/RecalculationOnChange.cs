using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.ServiceLevels;

/// <summary>Has every scope recalculate its deadlines at the start, and whenever the calendar or the levels changed.</summary>
internal sealed class RecalculationOnChange(IServiceScopeFactory scopes, IChangeFeed feed, ILogger<RecalculationOnChange> log) : BackgroundService
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
        await using var services = scopes.CreateAsyncScope();
        services.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        foreach (var scope in services.ServiceProvider.GetServices<ILevelScope>())
        {
            try
            {
                await scope.RecalculateAsync(ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.RecalculationFailed(e, scope.Key);
            }
        }
    }
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>Looks for cut-offs whose technician has left at the start, and whenever people changed.</summary>
internal sealed partial class ReleaseOnChange(IServiceScopeFactory scopes, IChangeFeed feed, ILogger<ReleaseOnChange> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changes = feed.Subscribe(null, change => change is KeyChanged { Topic: PersonRecords.Topic });
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
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        try
        {
            await scope.ServiceProvider.GetRequiredService<CutOffReleases>().RunAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(log, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Cut-offs of technicians who left were not found; they are looked for again when people change")]
    private static partial void LogFailed(ILogger log, Exception e);
}

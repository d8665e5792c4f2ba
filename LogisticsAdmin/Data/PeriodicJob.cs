using LogisticsAdmin.Security;

namespace LogisticsAdmin.Data;

/// <summary>
/// Background work that runs at the start of the app and then at each interval, in a scope of its own, acting as 系统. A failed run is logged,
/// and the next one runs on schedule.
/// </summary>
public abstract partial class PeriodicJob(TimeSpan interval, IServiceScopeFactory scopes, TimeProvider clock, ILogger log) : BackgroundService
{
    /// <summary>For work that outlasts a run.</summary>
    protected IServiceScopeFactory Scopes { get; } = scopes;

    protected abstract Task RunAsync(IServiceProvider services, CancellationToken ct);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        do
        {
            var (started, hasFailed) = (clock.GetTimestamp(), false);
            await using var scope = Scopes.CreateAsyncScope();
            try
            {
                scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
                await RunAsync(scope.ServiceProvider, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                hasFailed = true;
                LogFailed(log, e, GetType().Name, interval);
            }
            scope.ServiceProvider.GetRequiredService<DataMeter>().Ran(GetType().Name, hasFailed, clock.GetElapsedTime(started));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} failed; it runs again in {Interval}")]
    private static partial void LogFailed(ILogger log, Exception e, string job, TimeSpan interval);
}

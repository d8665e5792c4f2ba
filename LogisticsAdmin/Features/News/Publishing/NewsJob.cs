using LogisticsAdmin.Data;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.News.Publishing;

/// <summary>Publishes and ends items at their times and writes the messages: at each tick, and at once after somebody published or withdrew.</summary>
internal sealed partial class NewsJob(IServiceScopeFactory scopes, NewsSignal signal, TimeProvider clock, ILogger<NewsJob> log) : BackgroundService
{
    /// <summary>An item is never later than this.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = clock.GetUtcNow();
        using var timer = new PeriodicTimer(Tick, clock);
        var (ticked, woken) = (timer.WaitForNextTickAsync(stoppingToken).AsTask(), signal.WaitAsync(stoppingToken));
        while (!stoppingToken.IsCancellationRequested)
        {
            await RunAsync(started, stoppingToken);
            await Task.WhenAny(ticked, woken);
            if (ticked.IsCompletedSuccessfully) ticked = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            if (woken.IsCompletedSuccessfully) woken = signal.WaitAsync(stoppingToken);
        }
    }

    private async Task RunAsync(DateTimeOffset started, CancellationToken ct)
    {
        var (began, hasFailed) = (clock.GetTimestamp(), false);
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        try
        {
            services.GetRequiredService<CurrentUser>().SetActor(Actor.System);
            var publishing = services.GetRequiredService<NewsClock>();
            await publishing.PublishDueAsync(started, ct);
            await publishing.ExpireDueAsync(ct);
            var delivery = services.GetRequiredService<NewsDelivery>();
            await delivery.TakeBackAsync(ct);
            await delivery.TellAsync(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            hasFailed = true;
            LogFailed(log, e, Tick);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return;
        }
        services.GetRequiredService<DataMeter>().Ran(nameof(NewsJob), hasFailed, clock.GetElapsedTime(began));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Publishing of notices and news failed; it runs again in {Tick}")]
    private static partial void LogFailed(ILogger log, Exception e, TimeSpan tick);
}

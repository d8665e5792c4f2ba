using LogisticsAdmin.Data;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>Works through billing runs, those that the end of the app interrupted first.</summary>
internal sealed partial class BillingJob(IServiceScopeFactory scopes, BillingSignal signal, TimeProvider clock, ILogger<BillingJob> log) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Again, clock);
        var (ticked, woken) = (timer.WaitForNextTickAsync(stoppingToken).AsTask(), signal.WaitAsync(stoppingToken));
        while (!stoppingToken.IsCancellationRequested)
        {
            await RunAsync(stoppingToken);
            await Task.WhenAny(ticked, woken);
            if (ticked.IsCompletedSuccessfully) ticked = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            if (woken.IsCompletedSuccessfully) woken = signal.WaitAsync(stoppingToken);
        }
    }

    private async Task RunAsync(CancellationToken ct)
    {
        var (began, hasFailed) = (clock.GetTimestamp(), false);
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        try
        {
            var work = services.GetRequiredService<BillingWork>();
            foreach (var run in await work.UnfinishedAsync(ct)) hasFailed |= !await FinishAsync(work, run, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            hasFailed = true;
            LogFailed(log, e, Again);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return;
        }
        services.GetRequiredService<DataMeter>().Ran(nameof(BillingJob), hasFailed, clock.GetElapsedTime(began));
    }

    // A run that fails does not keep others waiting.
    private async Task<bool> FinishAsync(BillingWork work, long run, CancellationToken ct)
    {
        try
        {
            // A pause between the writes lets everybody else's through.
            while (await work.AdvanceAsync(run, ct)) await Task.Yield();
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogFailed(log, e, Again);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A billing run failed; it goes on in {Again}")]
    private static partial void LogFailed(ILogger log, Exception e, TimeSpan again);
}

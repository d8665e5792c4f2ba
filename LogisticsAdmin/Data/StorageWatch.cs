namespace LogisticsAdmin.Data;

/// <summary>Probes the storage every few seconds, one probe at a time. Whoever asks whether the app is ready is told the latest result.</summary>
internal sealed class StorageWatch(IServiceScopeFactory scopes, StorageState state, TimeProvider clock, ILogger<StorageWatch> log)
    : PeriodicJob(Interval, scopes, clock, log)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);

    /// <summary>A disk that does not answer keeps the probe for as long as it likes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _clock = clock;
    private Task<(StorageFault? Fault, Exception? Cause)>? _running;

    protected override async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        _running ??= Task.Run(() => ProbeAsync(ct), ct);
        try
        {
            var (fault, cause) = await _running.WaitAsync(Patience, _clock, ct);
            state.Report(fault, cause);
        }
        catch (TimeoutException) when (!_running.IsCompleted)
        {
            state.Report(StorageFault.NoAnswer);
        }
        finally
        {
            if (_running.IsCompleted) _running = null;
        }
    }

    /// <summary>In a scope of its own: it may outlast this run of the job.</summary>
    private async Task<(StorageFault? Fault, Exception? Cause)> ProbeAsync(CancellationToken ct)
    {
        await using var scope = Scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<StorageProbe>().FindFaultAsync(ct);
    }
}

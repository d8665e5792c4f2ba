namespace LogisticsAdmin.Data;

/// <summary>
/// Lets one writer in at a time, in order of arrival. SQLite allows only one anyway; waiting here instead of inside SQLite keeps pool threads
/// free and never ends in "database is locked".
/// </summary>
public sealed class WriteGate : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    public async Task<IDisposable> EnterAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        return new GateLease(_gate);
    }

    public void Dispose() => _gate.Dispose();

    private sealed class GateLease(SemaphoreSlim gate) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0) gate.Release();
        }
    }
}

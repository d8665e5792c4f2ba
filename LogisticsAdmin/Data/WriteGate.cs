namespace LogisticsAdmin.Data;

/// <summary>
/// One writer at a time, first come first served. SQLite has one writer anyway; waiting here instead of inside SQLite keeps
/// pool threads free and never ends in "database is locked".
/// </summary>
public sealed class WriteGate : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    public async Task<IDisposable> EnterAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        return new Turn(_gate);
    }

    public void Dispose() => _gate.Dispose();

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        private int _over;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _over, 1) == 0) gate.Release();
        }
    }
}

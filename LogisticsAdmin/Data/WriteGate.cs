using LogisticsAdmin.Shared;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

/// <summary>
/// Lets one writer in at a time, in order of arrival. SQLite allows only one anyway; waiting here instead of inside SQLite keeps pool threads
/// free. When another program has locked the database, every writer waits for it until the same time after its own arrival, not one after
/// the other.
/// </summary>
public sealed class WriteGate(IOptions<WriteOptions> options, DataMeter meter, TimeProvider clock) : IDisposable
{
    /// <summary>How long it takes the first writer to be counted as locked out: own writers are inside the gate, so only others delay it.</summary>
    private static readonly TimeSpan LockedOutAfter = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private int _waiting;
    private long _beginning;
    private volatile bool _isLocked;

    /// <summary>Whether another program keeps the writers from writing.</summary>
    public bool IsLockedOut => _isLocked || (Interlocked.Read(ref _beginning) is not 0 and var since && clock.GetElapsedTime(since) > LockedOutAfter);

    /// <summary>Refuses as <see cref="Rejected"/> when too many wait already, or when the database is still locked after the writer's time.</summary>
    public async Task<WriteTurn> EnterAsync(CancellationToken ct)
    {
        var arrived = clock.GetTimestamp();
        if (Interlocked.Increment(ref _waiting) > options.Value.MaximumWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw Rejected.Because<DataText>("TooBusy");
        }
        try
        {
            await _gate.WaitAsync(ct);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        meter.Waited(clock.GetElapsedTime(arrived));
        var turn = new WriteTurn(this, arrived);
        if (!_isLocked || turn.Patience > TimeSpan.Zero) return turn;
        turn.Dispose();
        throw Rejected.Because<DataText>("TooBusy");
    }

    /// <summary>Null when the gate was not free within this time.</summary>
    public async Task<WriteTurn?> TryEnterAsync(TimeSpan within, CancellationToken ct)
    {
        var arrived = clock.GetTimestamp();
        return await _gate.WaitAsync(within, ct) ? new WriteTurn(this, arrived) : null;
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>One writer's time inside the gate.</summary>
    public sealed class WriteTurn(WriteGate gate, long arrived) : IDisposable
    {
        private int _released;

        /// <summary>What is left of the writer's time.</summary>
        public TimeSpan Patience => gate.Timeout - gate.Clock.GetElapsedTime(arrived);

        /// <summary>Runs what acquires the database's own lock.</summary>
        public async Task<T> BeginAsync<T>(Func<Task<T>> begin, Func<Exception, bool> isLocked)
        {
            Interlocked.Exchange(ref gate._beginning, gate.Clock.GetTimestamp());
            try
            {
                var begun = await begin();
                gate._isLocked = false;
                return begun;
            }
            catch (Exception e) when (isLocked(e))
            {
                gate._isLocked = true;
                throw;
            }
            finally
            {
                Interlocked.Exchange(ref gate._beginning, 0);
            }
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0) gate._gate.Release();
        }
    }

    private TimeSpan Timeout => options.Value.Timeout;

    private TimeProvider Clock => clock;
}

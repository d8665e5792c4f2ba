using System.Threading.RateLimiting;

namespace LogisticsAdmin.Account;

/// <summary>
/// Runs the hashing of passwords, which is slow on purpose, on half of the processors, so that guesses slow down nobody's pages. Whoever is
/// known waits for the strangers whose turn it is, but not for those in the queue.
/// </summary>
public sealed class PasswordHashing : IDisposable
{
    /// <summary>How many may wait for each that is hashed: some seconds.</summary>
    private const int Waiting = 64;

    private readonly ConcurrencyLimiter _strangers, _all;

    public PasswordHashing() : this(Math.Max(1, Environment.ProcessorCount / 2), Waiting) { }

    internal PasswordHashing(int atOnce, int waiting)
    {
        _strangers = Limiter(atOnce, atOnce * waiting);
        _all = Limiter(atOnce, atOnce * (waiting + 1));
    }

    /// <summary>False, without having run, when too many are waiting already.</summary>
    public async Task<bool> RunAsync(bool isKnown, Action hash, CancellationToken ct = default)
    {
        using var admission = isKnown ? null : await _strangers.AcquireAsync(cancellationToken: ct);
        if (admission is { IsAcquired: false }) return false;
        using var turn = await _all.AcquireAsync(cancellationToken: ct);
        if (!turn.IsAcquired) return false;
        await Task.Run(hash, CancellationToken.None);
        return true;
    }

    public void Dispose()
    {
        _strangers.Dispose();
        _all.Dispose();
    }

    private static ConcurrencyLimiter Limiter(int atOnce, int waiting) => new(new ConcurrencyLimiterOptions
    {
        PermitLimit = atOnce,
        QueueLimit = waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });
}

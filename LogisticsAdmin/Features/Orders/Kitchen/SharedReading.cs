using LogisticsAdmin.Live;

namespace LogisticsAdmin.Features.Orders.Kitchen;

/// <summary>
/// Something that is read one reading at a time, and whose result all get who wait for it. A reading that fails is reported to who began it; the next who
/// waits reads again.
/// </summary>
internal sealed class SharedReading<T> where T : class
{
    private volatile Result? _latest;
    private long _begun;

    private SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>
    /// A result that has the changes of the feed up to <paramref name="since"/>; without it, one whose reading began after this call. The reading gets the
    /// result before.
    /// </summary>
    public async Task<T> GetAsync(IChangeFeed feed, long? since, Func<T?, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        var begun = Interlocked.Read(ref _begun);
        if (Known(since, begun) is { } known) return known;
        await Turn.WaitAsync(ct);
        try
        {
            if (Known(since, begun) is { } other) return other;
            // Before the query: what changes while it runs may be missing in it.
            var (number, sequence) = (Interlocked.Increment(ref _begun), feed.Sequence);
            var value = await read(_latest?.Value, ct);
            _latest = new Result(number, sequence, value);
            return value;
        }
        finally
        {
            Turn.Release();
        }
    }

    private T? Known(long? since, long begun) =>
        _latest is { } latest && (since is { } change ? latest.Sequence >= change : latest.Number > begun) ? latest.Value : null;

    private sealed record Result(long Number, long Sequence, T Value);
}

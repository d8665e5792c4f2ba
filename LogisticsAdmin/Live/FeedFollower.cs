namespace LogisticsAdmin.Live;

/// <summary>
/// Calls back after changes, for what is kept in memory and must be read again. Begins with <see cref="Begin"/>; after lost changes it calls back,
/// too.
/// </summary>
public sealed class FeedFollower(IChangeFeed feed, Func<Change, bool> filter, Action changed) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _lock = new();
    private Subscription? _changes;

    /// <summary>Follows from now on; later calls do nothing.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            if (_changes is not null || _ended.IsCancellationRequested) return;
            _changes = feed.Subscribe(null, filter);
            _ = FollowAsync(_changes, _ended.Token);
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        lock (_lock) _changes?.Dispose();
    }

    private async Task FollowAsync(Subscription changes, CancellationToken ct)
    {
        try
        {
            while (await changes.NextAsync(ct) is not null) changed();
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { }
    }
}

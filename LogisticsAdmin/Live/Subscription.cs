namespace LogisticsAdmin.Live;

/// <summary>One reader of the feed: a queue filled by the dispatcher and emptied by the reader's own loop.</summary>
public sealed class Subscription : IDisposable
{
    private const int Capacity = 2_000;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _ready = new(0, 1);
    private readonly Func<Change, bool> _filter;
    private readonly Action<Subscription> _unsubscribe;
    private List<Change> _undelivered = [];
    private bool _lost;
    private bool _ended;

    internal Subscription(long? personId, Guid? session, Func<Change, bool> filter, Action<Subscription> unsubscribe) =>
        (PersonId, SessionId, _filter, _unsubscribe) = (personId, session, filter, unsubscribe);

    internal long? PersonId { get; }
    internal Guid? SessionId { get; }

    /// <summary>
    /// Waits for the next changes, at least one. Null if the subscription has ended; with <see cref="Delivery.Lost"/> the reader must reload
    /// everything.
    /// </summary>
    public async Task<Delivery?> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            await _ready.WaitAsync(ct);
            lock (_lock)
            {
                if (_ended)
                {
                    // Later calls return null too, instead of waiting forever.
                    if (_ready.CurrentCount == 0) _ready.Release();
                    return null;
                }
                // What was delivered while the reader was on its way here has announced itself again, and is taken already.
                if (_undelivered.Count == 0 && !_lost) continue;
                var delivery = new Delivery(_undelivered, _lost);
                (_undelivered, _lost) = ([], false);
                return delivery;
            }
        }
    }

    internal void Deliver(List<Change> changes)
    {
        lock (_lock)
        {
            if (_ended) return;
            var before = _undelivered.Count;
            foreach (var change in changes)
            {
                if (!_filter(change)) continue;
                if (_undelivered.Count >= Capacity) _lost = true;
                else _undelivered.Add(change);
            }
            if ((_undelivered.Count > before || _lost) && _ready.CurrentCount == 0) _ready.Release();
        }
    }

    /// <summary>
    /// Ends the subscription because the person's rights changed or their session ended: nothing more is delivered, and the reader is notified.
    /// </summary>
    internal void End()
    {
        lock (_lock)
        {
            if (_ended) return;
            _ended = true;
            _undelivered.Clear();
            if (_ready.CurrentCount == 0) _ready.Release();
        }
    }

    public void Dispose()
    {
        End();
        _unsubscribe(this);
    }
}

/// <summary>Changes in commit order. <paramref name="Lost"/> means that the reader was too slow and some were dropped.</summary>
public sealed record Delivery(IReadOnlyList<Change> Changes, bool Lost);

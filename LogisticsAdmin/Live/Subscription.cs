namespace LogisticsAdmin.Live;

/// <summary>One reader of the feed: a queue filled by the dispatcher and emptied by the reader's own loop.</summary>
public sealed class Subscription : IDisposable
{
    private const int Capacity = 2_000;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _ready = new(0, 1);
    private readonly Func<Change, bool> _wanted;
    private readonly Action<Subscription> _leave;
    private List<Change> _mail = [];
    private bool _lost;
    private bool _ended;

    internal Subscription(long? personId, Func<Change, bool> wanted, Action<Subscription> leave) =>
        (PersonId, _wanted, _leave) = (personId, wanted, leave);

    internal long? PersonId { get; }

    /// <summary>
    /// Waits for the next changes. Null if the subscription has ended; with <see cref="Delivery.Lost"/> the reader must reload everything.
    /// </summary>
    public async Task<Delivery?> NextAsync(CancellationToken ct)
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
            var delivery = new Delivery(_mail, _lost);
            (_mail, _lost) = ([], false);
            return delivery;
        }
    }

    internal void Deliver(List<Change> changes)
    {
        lock (_lock)
        {
            if (_ended) return;
            var before = _mail.Count;
            foreach (var change in changes)
            {
                if (!_wanted(change)) continue;
                if (_mail.Count >= Capacity) _lost = true;
                else _mail.Add(change);
            }
            if ((_mail.Count > before || _lost) && _ready.CurrentCount == 0) _ready.Release();
        }
    }

    /// <summary>Ends the subscription because the person's rights changed: nothing more is delivered, and the reader is notified.</summary>
    internal void End()
    {
        lock (_lock)
        {
            if (_ended) return;
            _ended = true;
            _mail.Clear();
            if (_ready.CurrentCount == 0) _ready.Release();
        }
    }

    public void Dispose()
    {
        End();
        _leave(this);
    }
}

/// <summary>Changes in commit order. <paramref name="Lost"/> means that the reader was too slow and some were dropped.</summary>
public sealed record Delivery(IReadOnlyList<Change> Changes, bool Lost);

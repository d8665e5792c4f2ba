namespace LogisticsAdmin.Live;

/// <summary>One reader of the feed: a mailbox that the dispatcher fills and the reader's own loop empties.</summary>
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

    /// <summary>Waits for the next changes. Null when the subscription has ended; <see cref="Delivery.Lost"/> asks for a full re-read.</summary>
    public async Task<Delivery?> NextAsync(CancellationToken ct)
    {
        await _ready.WaitAsync(ct);
        lock (_lock)
        {
            if (_ended)
            {
                // Whoever asks again is told again, instead of waiting for ever.
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

    /// <summary>The person's rights ended: nothing more is handed over and the reader is told.</summary>
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

/// <summary>Changes in commit order; <paramref name="Lost"/> when the reader was too slow and some were dropped.</summary>
public sealed record Delivery(IReadOnlyList<Change> Changes, bool Lost);

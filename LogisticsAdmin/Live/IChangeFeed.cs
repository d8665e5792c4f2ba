namespace LogisticsAdmin.Live;

/// <summary>A committed change. Its topic is its type; sequence numbers increase with each change of this process.</summary>
public abstract record Change
{
    public long Sequence { get; internal set; }
}

/// <summary>One row of a live list before and after a commit; null if it did not exist before or was deleted.</summary>
public sealed record Changed<TRow>(TRow? Before, TRow? After) : Change where TRow : class;

/// <summary>So many rows changed at once that readers should reload.</summary>
public sealed record ManyChanged(Type Row) : Change;

/// <summary>A change that carries only a key; the reader queries the service again.</summary>
public sealed record KeyChanged(string Topic, long Key) : Change
{
    /// <summary>The day of the office that it concerns, for figures, which count by days; null: any day.</summary>
    public DateOnly? Day { get; init; }
}

/// <summary>Publishes committed changes to subscribers. In-process now; a multi-server feed would implement this interface.</summary>
public interface IChangeFeed
{
    /// <summary>Accepts changes in commit order and returns immediately; subscribers are notified on another thread.</summary>
    void Publish(IReadOnlyList<Change> changes);

    /// <summary>The sequence number of the latest published change.</summary>
    long Sequence { get; }

    /// <summary>Starts delivering changes for which <paramref name="filter"/> is true. It must exclude what the person may not see.
    /// The subscription ends with the session, and when the person's rights change.</summary>
    Subscription Subscribe(long? personId, Func<Change, bool> filter, Guid? session = null);
}

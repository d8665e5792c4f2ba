namespace LogisticsAdmin.Live;

/// <summary>Something was committed. A topic is the type of change; the sequence grows with each change of this process.</summary>
public abstract record Change
{
    public long Sequence { get; internal set; }
}

/// <summary>One row of a live list before and after a commit; null where it did not exist or is gone.</summary>
public sealed record Changed<TRow>(TRow? Before, TRow? After) : Change where TRow : class;

/// <summary>So much changed at once that readers should load again.</summary>
public sealed record ManyChanged(Type Row) : Change;

/// <summary>A small topic: only a key travels, and the reader asks the service again.</summary>
public sealed record KeyChanged(string Topic, long Key) : Change;

/// <summary>Where committed changes go. In-process today; the interface is where a multi-server feed would stand.</summary>
public interface IChangeFeed
{
    /// <summary>Takes changes in commit order and returns at once; subscribers are served by somebody else's thread.</summary>
    void Publish(IReadOnlyList<Change> changes);

    /// <summary>The sequence of the newest change published.</summary>
    long Sequence { get; }

    /// <summary>Starts handing out changes that <paramref name="wanted"/> lets through. What a person may not see never reaches them.</summary>
    Subscription Subscribe(long? personId, Func<Change, bool> wanted);
}

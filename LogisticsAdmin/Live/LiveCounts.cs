namespace LogisticsAdmin.Live;

/// <summary>Counts that were read once and are moved by each change since, so that no change costs a query.</summary>
internal sealed class LiveCounts<TKey> where TKey : notnull
{
    private Dictionary<TKey, int> _counts = [];

    // Changes published while the counts were read may or may not be in what was read.
    private long _readFrom, _readUntil;

    public int this[TKey key] => _counts.GetValueOrDefault(key);

    /// <summary>Reads them anew. False when <paramref name="isWanted"/> no longer holds afterwards: then nothing is taken over.</summary>
    public async Task<bool> ReadAsync(IChangeFeed feed, Func<Task<IReadOnlyDictionary<TKey, int>>> read, Func<bool>? isWanted = null)
    {
        var from = feed.Sequence;
        var counts = await read();
        if (isWanted?.Invoke() == false) return false;
        (_counts, _readFrom, _readUntil) = (new Dictionary<TKey, int>(counts), from, feed.Sequence);
        return true;
    }

    /// <summary>Whether the change is in what was read (false), has to be added (true), or nobody can tell (null): then read anew.</summary>
    public bool? IsNews(Change change) => change.Sequence <= _readFrom ? false : change.Sequence <= _readUntil ? null : true;

    public void Move(TKey key, int by)
    {
        if (by != 0) _counts[key] = this[key] + by;
    }
}

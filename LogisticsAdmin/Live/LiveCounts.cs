namespace LogisticsAdmin.Live;

/// <summary>Counts that are read once and then updated from each change, so that no change needs a query.</summary>
internal sealed class LiveCounts<TKey> where TKey : notnull
{
    private Dictionary<TKey, int> _counts = [];

    // Changes published while the counts were read may or may not be included in them.
    private long _readFrom, _readUntil;

    public int this[TKey key] => _counts.GetValueOrDefault(key);

    /// <summary>Reads the counts again. Returns false, and keeps the old counts, if <paramref name="isWanted"/> is false afterwards.</summary>
    public async Task<bool> ReadAsync(IChangeFeed feed, Func<Task<IReadOnlyDictionary<TKey, int>>> read, Func<bool>? isWanted = null)
    {
        var from = feed.Sequence;
        var counts = await read();
        if (isWanted?.Invoke() == false) return false;
        (_counts, _readFrom, _readUntil) = (new Dictionary<TKey, int>(counts), from, feed.Sequence);
        return true;
    }

    /// <summary>
    /// False if the counts already include the change, true if it must be added, null if that is unknown and the counts must be read again.
    /// </summary>
    public bool? IsNewerThanCounts(Change change) => change.Sequence <= _readFrom ? false : change.Sequence <= _readUntil ? null : true;

    public void Move(TKey key, int by)
    {
        if (by != 0) _counts[key] = this[key] + by;
    }
}

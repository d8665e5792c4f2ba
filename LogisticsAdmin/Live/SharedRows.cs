using Microsoft.Extensions.Caching.Memory;

namespace LogisticsAdmin.Live;

/// <summary>
/// Gives all open pages the same instance of a row: each page reads its rows by itself, and hundreds of pages would otherwise keep hundreds of
/// copies. Rows are immutable, so nobody can tell the difference.
/// </summary>
public sealed class SharedRows<TRow> : IDisposable where TRow : class, ILiveRow
{
    private const int MaxRows = 4_000;
    private static readonly TimeSpan Unused = TimeSpan.FromHours(1);
    private readonly MemoryCache _rows = new(new MemoryCacheOptions { SizeLimit = MaxRows });

    /// <summary>The row that was read, or an equal one that other pages already have.</summary>
    public TRow Share(TRow read)
    {
        if (_rows.TryGetValue(read.Id, out TRow? known) && read.Equals(known)) return known;
        return _rows.Set(read.Id, read, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = Unused });
    }

    public void Dispose() => _rows.Dispose();
}

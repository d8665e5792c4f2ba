using System.Collections;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Caching.Memory;

namespace LogisticsAdmin.Data;

/// <summary>
/// What small readings of one person returned, kept until one of their rows changes, so that pages which are opened again and again need no query. The
/// caller has checked what the person may do before it asks; what is kept for one person is given to nobody else. Values are shared between requests:
/// nobody may change them, and they hold names in both languages, never words of one. A reading that depends on the time within a day is at most
/// <see cref="Longest"/> old, and never of another day.
/// </summary>
public sealed class KeptReadings(TableVersions versions, OfficeTime office) : IDisposable
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Readings together with their rows, of some kilobyte each at most. Beyond it new ones are not kept, and the oldest are dropped.</summary>
    private const long Most = 40_000;

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = Most });
    private long _reads;

    /// <summary>How often something was read; for tests and benchmarks.</summary>
    internal long Reads => Interlocked.Read(ref _reads);

    /// <summary>The person's reading of this name, which <paramref name="read"/> makes of <paramref name="rows"/> and of nothing else.</summary>
    public async Task<T> OfAsync<T>(
        string name, long personId, IReadOnlyList<RowsRead> rows, Func<CancellationToken, Task<T>> read, CancellationToken ct = default)
    {
        var (key, now) = ((name, personId), office.Now);
        if (_known.TryGetValue(key, out Kept? kept) && kept is not null && IsCurrent(kept, rows, now)) return (T)kept.Value!;
        // Before the query: what changes while it runs may be missing in it, and must be read by the next.
        var before = new long[rows.Count];
        for (var i = 0; i < before.Length; i++) before[i] = versions.Of(rows[i]);
        Interlocked.Increment(ref _reads);
        var value = await read(ct);
        _known.Set(key, new Kept(value, now, rows, before), new MemoryCacheEntryOptions
        {
            Size = 1 + (value is ICollection many ? many.Count : 0),
            AbsoluteExpirationRelativeToNow = Longest,
        });
        return value;
    }

    /// <summary>The rows of a reading that is kept; for tests.</summary>
    internal IReadOnlyList<RowsRead> RowsOf(string name, long personId) =>
        _known.TryGetValue((name, personId), out Kept? kept) && kept is not null ? kept.Rows : [];

    public void Dispose() => _known.Dispose();

    private bool IsCurrent(Kept kept, IReadOnlyList<RowsRead> rows, DateTimeOffset now)
    {
        if (now < kept.At || now - kept.At >= Longest || office.DayOf(now) != office.DayOf(kept.At) || rows.Count != kept.Rows.Count) return false;
        for (var i = 0; i < rows.Count; i++)
            if (rows[i] != kept.Rows[i] || versions.Of(rows[i]) != kept.Versions[i]) return false;
        return true;
    }

    private sealed record Kept(object? Value, DateTimeOffset At, IReadOnlyList<RowsRead> Rows, long[] Versions);
}

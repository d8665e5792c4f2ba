namespace LogisticsAdmin.Live;

/// <summary>The rows that a user marked on a live list, by id. They stay marked when the list changes or is sorted again.</summary>
/// <param name="pressing">What the marked rows are ordered by, the lowest first.</param>
public sealed class RowMarks<TRow>(Func<TRow, long> pressing) where TRow : class, ILiveRow
{
    private readonly Dictionary<long, TRow> _marked = [];
    private IReadOnlyList<TRow> _handled = [];
    private long? _last;

    public bool Any => _marked.Count > 0;
    public int Count => _marked.Count;

    /// <summary>The marked rows with their current values, the most pressing first.</summary>
    public IReadOnlyList<TRow> Rows => [.. _marked.Values.OrderBy(pressing).ThenBy(r => r.Id)];

    public bool Has(long id) => _marked.ContainsKey(id);

    public void Toggle(IReadOnlyList<TRow> rows, long id)
    {
        _last = id;
        if (!_marked.Remove(id) && rows.FirstOrDefault(r => r.Id == id) is { } row) _marked[id] = row;
    }

    /// <summary>Marks all rows from the last marked one to this one, in the list's current order.</summary>
    public void MarkRange(IReadOnlyList<TRow> rows, long id)
    {
        var ids = rows.Select(r => r.Id).ToList();
        var (to, from) = (ids.IndexOf(id), _last is { } last ? ids.IndexOf(last) : -1);
        if (to < 0) return;
        if (from < 0) from = to;
        for (var at = Math.Min(from, to); at <= Math.Max(from, to); at++) _marked[ids[at]] = rows[at];
        _last = id;
    }

    public void MarkAll(IReadOnlyList<TRow> rows)
    {
        foreach (var row in rows) _marked[row.Id] = row;
    }

    /// <summary>Unmarks rows on which a bulk action was performed, until <see cref="MarkHandledAgain"/>.</summary>
    public void Remove(IEnumerable<long> ids)
    {
        _handled = [.. ids.Where(_marked.ContainsKey).Select(id => _marked[id])];
        foreach (var row in _handled) _marked.Remove(row.Id);
    }

    /// <summary>Marks the rows of the last bulk action again, because it was undone.</summary>
    public void MarkHandledAgain()
    {
        foreach (var row in _handled) _marked[row.Id] = row;
        _handled = [];
    }

    /// <summary>Another action follows, so the last bulk action is no longer the one that would be undone.</summary>
    public void ForgetHandled() => _handled = [];

    public void Clear()
    {
        _marked.Clear();
        _last = null;
    }

    /// <summary>Updates a marked row that changed.</summary>
    public void Apply(TRow row)
    {
        if (_marked.TryGetValue(row.Id, out var known) && row.Version > known.Version) _marked[row.Id] = row;
        if (_handled.Count > 0) _handled = [.. _handled.Select(handled => handled.Id == row.Id && row.Version > handled.Version ? row : handled)];
    }
}

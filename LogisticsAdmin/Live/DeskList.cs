using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Live;

/// <summary>
/// The rows of an open live list: one keyset window that the feed changes. A changed row is replaced in place and a new one waits, so that
/// nothing moves while somebody is in the list; <see cref="Settle"/> then sorts, adds what waits and removes what left the filter.
/// </summary>
/// <param name="step">How many rows a window has when it is read.</param>
/// <param name="most">How many rows it may grow to before rows at its other end are dropped.</param>
public sealed class DeskList<TRow>(int step, int most) where TRow : class, ILiveRow
{
    private readonly List<TRow> _waiting = [];
    private readonly List<TRow> _rows = [];
    private Func<TRow, bool> _matches = _ => true;
    private Comparison<TRow> _order = (_, _) => 0;
    private bool _isInOrder = true;

    public IReadOnlyList<TRow> Rows => _rows;

    /// <summary>How many new rows wait to be added.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Whether there are rows before the first, or behind the last one.</summary>
    public bool HasBefore { get; private set; }
    public bool HasAfter { get; private set; }

    /// <summary>Nothing waits, and every row is where it belongs.</summary>
    public bool IsSettled => _isInOrder && _waiting.Count == 0;

    /// <summary>Rows left, and there are more to read.</summary>
    public bool NeedsReading => _rows.Count < step && HasAfter;

    /// <summary>Begins anew with a window that was read, under this filter and order.</summary>
    public void Load(Page<TRow> page, Func<TRow, bool> matches, Comparison<TRow> order)
    {
        (_matches, _order) = (matches, order);
        _rows.Clear();
        _rows.AddRange(page.Items);
        (HasBefore, HasAfter) = (page.MoreBefore, page.MoreAfter);
        _waiting.Clear();
        _isInOrder = true;
    }

    /// <summary>Adds the next window behind the last row.</summary>
    public void Append(Page<TRow> page)
    {
        _rows.AddRange(page.Items.ExceptBy(_rows.Select(r => r.Id), r => r.Id).ToList());
        HasAfter = page.MoreAfter;
        if (_rows.Count <= most) return;
        _rows.RemoveRange(0, _rows.Count - most);
        HasBefore = true;
    }

    /// <summary>Adds the window before the first row.</summary>
    public void Prepend(Page<TRow> page)
    {
        _rows.InsertRange(0, page.Items.ExceptBy(_rows.Select(r => r.Id), r => r.Id).ToList());
        HasBefore = page.MoreBefore;
        DropEnd();
    }

    /// <summary>
    /// Takes a changed row: in place where it is shown, else among the waiting if it belongs into this window. An older version changes nothing.
    /// </summary>
    public void Show(TRow after)
    {
        var at = _rows.FindIndex(r => r.Id == after.Id);
        if (at >= 0)
        {
            if (after.Version <= _rows[at].Version) return;
            if (_order(after, _rows[at]) != 0 || !_matches(after)) _isInOrder = false;
            _rows[at] = after;
            return;
        }
        _waiting.RemoveAll(r => r.Id == after.Id);
        var isBeforeWindow = HasBefore && _rows.Count > 0 && _order(after, _rows[0]) < 0;
        var isBehindWindow = HasAfter && _rows.Count > 0 && _order(after, _rows[^1]) > 0;
        if (_matches(after) && !isBeforeWindow && !isBehindWindow) _waiting.Add(after);
    }

    /// <summary>
    /// Sorts, adds what waits and removes what left the filter, except the row that <paramref name="keeps"/> names. False when there was nothing to do.
    /// </summary>
    public bool Settle(Func<TRow, bool> keeps)
    {
        if (IsSettled) return false;
        _rows.AddRange(_waiting);
        _rows.RemoveAll(r => !keeps(r) && !_matches(r));
        _rows.Sort(_order);
        DropEnd();
        _waiting.Clear();
        _isInOrder = true;
        return true;
    }

    /// <summary>Where the row is; -1 where it is not shown.</summary>
    public int IndexOf(Predicate<TRow> row) => _rows.FindIndex(row);

    private void DropEnd()
    {
        if (_rows.Count <= most) return;
        _rows.RemoveRange(most, _rows.Count - most);
        HasAfter = true;
    }
}

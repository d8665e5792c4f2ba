using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Live;

/// <summary>
/// The rows of an open live list: a keyset window updated by the feed. Changed rows are replaced in place and new ones are held back, so that
/// nothing moves while somebody uses the list; <see cref="Settle"/> then sorts, adds the new rows and removes those that no longer match the
/// filter.
/// </summary>
/// <param name="step">How many rows a window has when it is read.</param>
/// <param name="most">How many rows it may grow to before rows at its other end are dropped.</param>
public sealed class DeskList<TRow>(int step, int most) where TRow : class, ILiveRow
{
    private readonly List<TRow> _waiting = [];
    private readonly List<TRow> _rows = [];

    // A changed row by id, as it was when it got its place in the list.
    private readonly Dictionary<long, TRow> _placed = [];

    // What a page renders each row under, by id.
    private readonly Dictionary<long, object> _keys = [];
    private Func<TRow, bool> _matches = _ => true;
    private Comparison<TRow> _order = (_, _) => 0;
    private bool _isInOrder = true, _holdsPlaces;

    public IReadOnlyList<TRow> Rows => _rows;

    /// <summary>The number of new rows that are held back.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Whether more rows exist before the first or after the last one.</summary>
    public bool HasBefore { get; private set; }
    public bool HasAfter { get; private set; }

    /// <summary>Whether no rows are held back and all rows are in order.</summary>
    public bool IsSettled => _isInOrder && _waiting.Count == 0;

    /// <summary>Whether rows have left the list and more can be read.</summary>
    public bool NeedsReading => _rows.Count < step && HasAfter;

    /// <summary>Where the first and the last row stand in the order: their values when they got their places.</summary>
    public TRow FirstPlace => PlaceOf(_rows[0]);
    public TRow LastPlace => PlaceOf(_rows[^1]);

    /// <summary>Starts over with a window that was read with this filter and order.</summary>
    public void Load(Page<TRow> page, Func<TRow, bool> matches, Comparison<TRow> order)
    {
        (_matches, _order) = (matches, order);
        var keys = _rows.Select(KeyOf).ToList();
        _rows.Clear();
        _placed.Clear();
        _keys.Clear();
        _rows.AddRange(page.Items);
        foreach (var (row, key) in _rows.Zip(keys)) _keys.Add(row.Id, key);
        (HasBefore, HasAfter) = (page.MoreBefore, page.MoreAfter);
        _waiting.Clear();
        (_isInOrder, _holdsPlaces) = (true, false);
    }

    /// <summary>Adds the next window after the last row.</summary>
    public void Append(Page<TRow> page)
    {
        _rows.AddRange(page.Items.ExceptBy(_rows.Select(r => r.Id), r => r.Id).ToList());
        HasAfter = page.MoreAfter;
        if (_rows.Count <= most) return;
        Drop(0, _rows.Count - most);
        HasBefore = true;
    }

    /// <summary>Adds the window before the first row.</summary>
    public void Prepend(Page<TRow> page)
    {
        _rows.InsertRange(0, page.Items.ExceptBy(_rows.Select(r => r.Id), r => r.Id).ToList());
        HasBefore = page.MoreBefore;
        DropEnd();
    }

    /// <summary>Applies a changed row: in place if it is shown, otherwise held back if it belongs to this window. Older versions are ignored.</summary>
    public void Apply(TRow after)
    {
        var at = _rows.FindIndex(r => r.Id == after.Id);
        if (at >= 0)
        {
            if (after.Version <= _rows[at].Version) return;
            if (_order(after, PlaceOf(_rows[at])) != 0 || !_matches(after)) _isInOrder = false;
            _placed.TryAdd(after.Id, _rows[at]);
            _rows[at] = after;
            return;
        }
        _waiting.RemoveAll(r => r.Id == after.Id);
        var isBeforeWindow = HasBefore && _rows.Count > 0 && _order(after, FirstPlace) < 0;
        var isBehindWindow = HasAfter && _rows.Count > 0 && _order(after, LastPlace) > 0;
        if (_matches(after) && !isBeforeWindow && !isBehindWindow) _waiting.Add(after);
    }

    /// <summary>
    /// Sorts, adds the rows held back and removes those that no longer match the filter, except rows for which <paramref name="keeps"/> is
    /// true: they stay where they are, so that the next row is still the one below. Returns false if there was nothing to do.
    /// </summary>
    public bool Settle(Func<TRow, bool> keeps)
    {
        if (IsSettled && !_holdsPlaces) return false;
        _rows.AddRange(_waiting);
        foreach (var left in _rows.Where(r => !keeps(r) && !_matches(r)).ToList()) Remove(left);
        KeepPlaces(keeps);
        _rows.Sort((one, other) => _order(PlaceOf(one), PlaceOf(other)));
        DropEnd();
        _waiting.Clear();
        (_isInOrder, _holdsPlaces) = (true, _placed.Count > 0);
        return true;
    }

    /// <summary>
    /// The key under which a page renders the row. A row keeps it when it moves; after <see cref="Load"/>, a row has the key of the one that it
    /// replaces, so that its elements are changed and not created again.
    /// </summary>
    public object KeyOf(TRow row)
    {
        if (!_keys.TryGetValue(row.Id, out var key)) _keys.Add(row.Id, key = new object());
        return key;
    }

    /// <summary>The first row at or after this index that still matches the filter; null if there is none.</summary>
    public TRow? NextMatch(int from) => _rows.Skip(from).FirstOrDefault(_matches);

    /// <summary>The index of the row; -1 if it is not shown.</summary>
    public int IndexOf(Predicate<TRow> row) => _rows.FindIndex(row);

    private void KeepPlaces(Func<TRow, bool> keeps)
    {
        var kept = _rows.Where(r => _placed.ContainsKey(r.Id) && keeps(r)).Select(r => _placed[r.Id]).ToList();
        _placed.Clear();
        foreach (var row in kept) _placed.Add(row.Id, row);
    }

    private TRow PlaceOf(TRow row) => _placed.GetValueOrDefault(row.Id, row);

    private void DropEnd()
    {
        if (_rows.Count <= most) return;
        Drop(most, _rows.Count - most);
        HasAfter = true;
    }

    private void Drop(int at, int count)
    {
        foreach (var row in _rows.GetRange(at, count)) Remove(row);
    }

    private void Remove(TRow row)
    {
        _rows.Remove(row);
        _placed.Remove(row.Id);
        _keys.Remove(row.Id);
    }
}

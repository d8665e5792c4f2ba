namespace LogisticsAdmin.Live.Presence;

/// <summary>
/// Who else has the rows of a list open. Returns the same reference until something changes, so that unaffected rows are not rendered.
/// </summary>
public sealed class ListPresence<TRow>(PresenceCircuit circuit, long me, string kind, Func<TRow, PresenceSubject> subjectOf) where TRow : ILiveRow
{
    private readonly Dictionary<long, SubjectPresence> _others = [];

    // Replaced, never modified, because the dispatcher's thread reads it.
    private volatile HashSet<long> _shown = [];

    /// <summary>Whether a change concerns a row of this list. Called on the dispatcher's thread.</summary>
    public bool Wants(PresenceChanged change) => !change.IsRenewalOnly && IsShown(change);

    public SubjectPresence? Of(long id) => _others.GetValueOrDefault(id);

    /// <summary>Sets the rows that the list shows. Queries the board only for new rows; the others are kept up to date by the feed.</summary>
    public void Show(IReadOnlyCollection<TRow> rows)
    {
        var before = _shown;
        var shown = new HashSet<long>(rows.Count);
        foreach (var row in rows) shown.Add(row.Id);
        _shown = shown;
        if (_others.Count > 0) foreach (var gone in _others.Keys.Where(id => !shown.Contains(id)).ToList()) _others.Remove(gone);
        foreach (var row in rows)
            if (!before.Contains(row.Id)) Update(row.Id, circuit.Others(subjectOf(row)));
    }

    /// <summary>Sets the rows after a reload. Queries the board for every row, because changes may have been lost.</summary>
    public void Load(IReadOnlyCollection<TRow> rows)
    {
        _shown = [];
        Show(rows);
    }

    /// <summary>Applies changes; returns whether a row must be rendered.</summary>
    public bool Apply(IEnumerable<Change> changes)
    {
        var changed = false;
        foreach (var change in changes.OfType<PresenceChanged>())
            if (IsShown(change)) changed |= Update(change.Now.Key.Id, change.Now.Without(me));
        return changed;
    }

    private bool IsShown(PresenceChanged change) => change.Now.Key.Kind == kind && _shown.Contains(change.Now.Key.Id);

    private bool Update(long id, SubjectPresence? others)
    {
        if (others is null) return _others.Remove(id);
        if (others.ShowsTheSameAs(Of(id))) return false;
        _others[id] = others;
        return true;
    }
}

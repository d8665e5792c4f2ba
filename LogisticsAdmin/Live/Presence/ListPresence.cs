namespace LogisticsAdmin.Live.Presence;

/// <summary>
/// Who else is at the rows that a list shows. Returns the same reference as long as it shows the same, so that a row which nobody came to
/// or left is not rendered.
/// </summary>
public sealed class ListPresence<TRow>(PresenceCircuit circuit, long me, string kind, Func<TRow, PresenceSubject> subjectOf) where TRow : ILiveRow
{
    private readonly Dictionary<long, SubjectPresence> _others = [];

    // Replaced, never changed: the dispatcher's thread looks into it.
    private volatile HashSet<long> _shown = [];

    /// <summary>Whether a change concerns a row of this list. Called on the dispatcher's thread.</summary>
    public bool Wants(PresenceChanged change) => !change.OnlyLonger && IsShown(change);

    public SubjectPresence? Of(long id) => _others.GetValueOrDefault(id);

    /// <summary>The list shows these rows from now on. Asks the board about those that are new to it; the others came by the feed.</summary>
    public void Show(IReadOnlyCollection<TRow> rows)
    {
        var before = _shown;
        var shown = new HashSet<long>(rows.Count);
        foreach (var row in rows) shown.Add(row.Id);
        _shown = shown;
        if (_others.Count > 0) foreach (var gone in _others.Keys.Where(id => !shown.Contains(id)).ToList()) _others.Remove(gone);
        foreach (var row in rows)
            if (!before.Contains(row.Id)) Take(row.Id, circuit.Others(subjectOf(row)));
    }

    /// <summary>The list was read anew, perhaps because changes were lost: the board is asked about every row.</summary>
    public void Load(IReadOnlyCollection<TRow> rows)
    {
        _shown = [];
        Show(rows);
    }

    /// <summary>True when a row must be rendered.</summary>
    public bool Apply(IEnumerable<Change> changes)
    {
        var changed = false;
        foreach (var change in changes.OfType<PresenceChanged>())
            if (IsShown(change)) changed |= Take(change.Now.Key.Id, change.Now.Without(me));
        return changed;
    }

    private bool IsShown(PresenceChanged change) => change.Now.Key.Kind == kind && _shown.Contains(change.Now.Key.Id);

    private bool Take(long id, SubjectPresence? others)
    {
        if (others is null) return _others.Remove(id);
        if (others.ShowsTheSameAs(Of(id))) return false;
        _others[id] = others;
        return true;
    }
}

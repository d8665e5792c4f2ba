using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live;

namespace LogisticsAdmin.Features.Repairs.Desk.Presence;

/// <summary>
/// Who else is at the tickets that a desk shows. Hands out the same reference as long as it shows the same, so that a row which
/// nobody came to or left is not rendered.
/// </summary>
public sealed class DeskPresence(PresenceCircuit circuit, long me)
{
    private readonly Dictionary<long, TicketPresence> _others = [];

    // Replaced, never changed: the dispatcher's thread looks into it.
    private volatile HashSet<long> _shown = [];

    /// <summary>Whether a change concerns a row of this desk. Called on the dispatcher's thread.</summary>
    public bool Wants(PresenceChanged change) => !change.OnlyLonger && _shown.Contains(change.Now.TicketId);

    public TicketPresence? Of(long ticketId) => _others.GetValueOrDefault(ticketId);

    /// <summary>The desk shows these rows from now on. Asks the board about those that are new to it; the others came by the feed.</summary>
    public void Show(IReadOnlyCollection<RepairRow> rows)
    {
        var before = _shown;
        var shown = new HashSet<long>(rows.Count);
        foreach (var row in rows) shown.Add(row.Id);
        _shown = shown;
        if (_others.Count > 0) foreach (var gone in _others.Keys.Where(id => !shown.Contains(id)).ToList()) _others.Remove(gone);
        foreach (var row in rows)
            if (!before.Contains(row.Id)) Take(row.Id, circuit.Others(row));
    }

    /// <summary>The desk was read anew, perhaps because changes were lost: the board is asked about every row.</summary>
    public void Load(IReadOnlyCollection<RepairRow> rows)
    {
        _shown = [];
        Show(rows);
    }

    /// <summary>True when a row must be rendered.</summary>
    public bool Apply(IEnumerable<Change> changes)
    {
        var changed = false;
        foreach (var change in changes.OfType<PresenceChanged>())
            if (_shown.Contains(change.Now.TicketId)) changed |= Take(change.Now.TicketId, change.Now.Without(me));
        return changed;
    }

    private bool Take(long ticketId, TicketPresence? others)
    {
        if (others is null) return _others.Remove(ticketId);
        if (others.ShowsTheSameAs(Of(ticketId))) return false;
        _others[ticketId] = others;
        return true;
    }
}

using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Features.Repairs.Desk.Board;

/// <summary>
/// The columns of an open board, updated by the feed. While <see cref="IsFrozen"/>, cards keep their order within a column: only cards that
/// are new, change their column or leave the filter are moved. The columns are sorted again when <see cref="IsFrozen"/> ends.
/// </summary>
internal sealed class LiveBoard
{
    /// <summary>The maximum number of cards in a column.</summary>
    public const int PerColumn = 50;

    // A column is reloaded only when it is half empty, not whenever it loses a card.
    private const int Refill = PerColumn / 2;

    private readonly Dictionary<TicketStatus, BoardLane> _lanes = BoardLane.Columns.ToDictionary(s => s, s => new BoardLane(s, 0, []));
    private bool _settled = true;

    public RepairFilter Filter { get; private set; } = new();

    public IEnumerable<BoardLane> Lanes => BoardLane.Columns.Select(status => _lanes[status]);

    /// <summary>Whether a card is being dragged or the focus is on the board.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>Whether a column shows few cards although more exist.</summary>
    public bool NeedsReading => !IsFrozen && _lanes.Values.Any(lane => lane.Rows.Count < Refill && lane.More > 0);

    public RepairRow? Find(string number) => _lanes.Values.SelectMany(lane => lane.Rows).FirstOrDefault(row => row.Number == number);

    public void Load(RepairFilter filter, IEnumerable<BoardLane> lanes)
    {
        Filter = filter;
        foreach (var lane in lanes) _lanes[lane.Status] = lane;
        _settled = true;
    }

    public void SetFrozen(bool frozen)
    {
        IsFrozen = frozen;
        if (frozen || _settled) return;
        foreach (var lane in Lanes.ToList()) _lanes[lane.Status] = lane with { Rows = [.. lane.Rows.OrderBy(r => r.Pressing).ThenBy(r => r.Id)] };
        _settled = true;
    }

    /// <summary>Moves the card of a changed ticket to its column; a row older than the one shown is ignored.</summary>
    public void Apply(RepairRow after)
    {
        var lane = _lanes.Values.FirstOrDefault(l => l.Rows.Any(r => r.Id == after.Id));
        if (lane is not null)
        {
            var shown = lane.Rows.First(r => r.Id == after.Id);
            if (after.Version <= shown.Version) return;
            var isInOrder = after.Pressing == shown.Pressing;
            if (after.Status == shown.Status && Holds(after) && (IsFrozen || isInOrder))
            {
                _settled &= isInOrder;
                _lanes[lane.Status] = lane with { Rows = [.. lane.Rows.Select(r => r.Id == after.Id ? after : r)] };
                return;
            }
            _lanes[lane.Status] = lane with { Rows = [.. lane.Rows.Where(r => r.Id != after.Id)] };
        }
        if (Holds(after)) Insert(_lanes[after.Status], after, wasHere: lane?.Status == after.Status);
    }

    /// <summary>Updates the counts for one change.</summary>
    public void Recount(RepairRow? before, RepairRow after)
    {
        if (before is not null && Holds(before)) Count(before.Status, -1);
        if (Holds(after)) Count(after.Status, +1);
    }

    private bool Holds(RepairRow row) => _lanes.ContainsKey(row.Status) && Filter.MatchesFields(row);

    private void Insert(BoardLane lane, RepairRow row, bool wasHere)
    {
        var at = lane.Rows.TakeWhile(r => (r.Pressing, r.Id).CompareTo((row.Pressing, row.Id)) < 0).Count();
        var hidden = lane.More - (wasHere ? 1 : 0);
        if (at == lane.Rows.Count && hidden > 0) return;
        List<RepairRow> rows = [.. lane.Rows];
        rows.Insert(at, row);
        _lanes[lane.Status] = lane with { Rows = rows.Count > PerColumn ? rows[..PerColumn] : rows };
    }

    private void Count(TicketStatus status, int by)
    {
        if (by != 0) _lanes[status] = _lanes[status] with { Count = _lanes[status].Count + by };
    }
}

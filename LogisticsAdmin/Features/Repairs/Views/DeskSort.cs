namespace LogisticsAdmin.Features.Repairs.Views;

/// <summary>The orders of the desk. Each has an index of its own, so that a window deep in the list costs what the first one costs.</summary>
public enum DeskSort
{
    Pressing = 1,
    Newest = 2,
    Oldest = 3,

    /// <summary>By building and room, a way through the campus.</summary>
    Place = 4,
}

/// <summary>
/// Where a row stands in a sort: what windows begin and end with, and what live rows are placed by. Smaller stands earlier, in every sort.
/// </summary>
public readonly record struct RowEdge(DeskSort Sort, long Major, long Minor, long Last) : IComparable<RowEdge>
{
    public static RowEdge Of(RepairRow row, DeskSort sort = DeskSort.Pressing) => sort switch
    {
        DeskSort.Pressing => new(sort, row.Pressing, 0, row.Id),
        DeskSort.Newest => new(sort, -row.SubmittedAt.UtcTicks, 0, -row.Id),
        DeskSort.Oldest => new(sort, row.SubmittedAt.UtcTicks, 0, row.Id),
        DeskSort.Place => new(sort, row.BuildingId, row.RoomId, row.Id),
        _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, null),
    };

    public int CompareTo(RowEdge other) => (Major, Minor, Last).CompareTo((other.Major, other.Minor, other.Last));

    public static bool operator <(RowEdge left, RowEdge right) => left.CompareTo(right) < 0;
    public static bool operator >(RowEdge left, RowEdge right) => left.CompareTo(right) > 0;
    public static bool operator <=(RowEdge left, RowEdge right) => left.CompareTo(right) <= 0;
    public static bool operator >=(RowEdge left, RowEdge right) => left.CompareTo(right) >= 0;

    internal DateTimeOffset Submitted => Sort is DeskSort.Newest or DeskSort.Oldest ? new(Math.Abs(Major), TimeSpan.Zero) : default;
}

/// <summary>The same orders for queries. The first comparison alone bounds the index; the second one tells ties apart.</summary>
internal static class DeskOrder
{
    extension(IQueryable<RepairTicket> tickets)
    {
        public IQueryable<RepairTicket> Behind(RowEdge edge)
        {
            var (pressing, building, room, id, submitted) = (edge.Major, edge.Major, edge.Minor, edge.Last, edge.Submitted);
            var newest = -id;
            return edge.Sort switch
            {
                DeskSort.Pressing => tickets.Where(t => t.Pressing >= pressing && (t.Pressing > pressing || t.Id > id)),
                DeskSort.Newest => tickets.Where(t => t.SubmittedAt <= submitted && (t.SubmittedAt < submitted || t.Id < newest)),
                DeskSort.Oldest => tickets.Where(t => t.SubmittedAt >= submitted && (t.SubmittedAt > submitted || t.Id > id)),
                DeskSort.Place => tickets.Where(t => t.BuildingId >= building
                    && (t.BuildingId > building || (t.RoomId >= room && (t.RoomId > room || t.Id > id)))),
                _ => throw new ArgumentOutOfRangeException(nameof(edge), edge.Sort, null),
            };
        }

        public IQueryable<RepairTicket> Before(RowEdge edge)
        {
            var (pressing, building, room, id, submitted) = (edge.Major, edge.Major, edge.Minor, edge.Last, edge.Submitted);
            var newest = -id;
            return edge.Sort switch
            {
                DeskSort.Pressing => tickets.Where(t => t.Pressing <= pressing && (t.Pressing < pressing || t.Id < id)),
                DeskSort.Newest => tickets.Where(t => t.SubmittedAt >= submitted && (t.SubmittedAt > submitted || t.Id > newest)),
                DeskSort.Oldest => tickets.Where(t => t.SubmittedAt <= submitted && (t.SubmittedAt < submitted || t.Id < id)),
                DeskSort.Place => tickets.Where(t => t.BuildingId <= building
                    && (t.BuildingId < building || (t.RoomId <= room && (t.RoomId < room || t.Id < id)))),
                _ => throw new ArgumentOutOfRangeException(nameof(edge), edge.Sort, null),
            };
        }

        public IOrderedQueryable<RepairTicket> InOrder(DeskSort sort) => sort switch
        {
            DeskSort.Pressing => tickets.OrderBy(t => t.Pressing).ThenBy(t => t.Id),
            DeskSort.Newest => tickets.OrderByDescending(t => t.SubmittedAt).ThenByDescending(t => t.Id),
            DeskSort.Oldest => tickets.OrderBy(t => t.SubmittedAt).ThenBy(t => t.Id),
            DeskSort.Place => tickets.OrderBy(t => t.BuildingId).ThenBy(t => t.RoomId).ThenBy(t => t.Id),
            _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, null),
        };

        public IOrderedQueryable<RepairTicket> Backwards(DeskSort sort) => sort switch
        {
            DeskSort.Pressing => tickets.OrderByDescending(t => t.Pressing).ThenByDescending(t => t.Id),
            DeskSort.Newest => tickets.OrderBy(t => t.SubmittedAt).ThenBy(t => t.Id),
            DeskSort.Oldest => tickets.OrderByDescending(t => t.SubmittedAt).ThenByDescending(t => t.Id),
            DeskSort.Place => tickets.OrderByDescending(t => t.BuildingId).ThenByDescending(t => t.RoomId).ThenByDescending(t => t.Id),
            _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, null),
        };
    }
}

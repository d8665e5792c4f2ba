using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Features.Repairs.Desk;

/// <summary>The position of a row in a sort: the edge of a window, and where a live row is inserted. In every sort, smaller is earlier.</summary>
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

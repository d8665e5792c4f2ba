using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Features.Repairs.Desk.Board;

/// <summary>The addresses of board and list with the same filter.</summary>
internal static class BoardAddress
{
    public static string Board(RepairFilter filter) => "repairs/board" + DeskAddress.QueryOf(filter with { View = RepairView.New, Status = null });

    public static string List(RepairFilter filter) => DeskAddress.Of(filter);

    /// <summary>The desk's list of all tickets in one column.</summary>
    public static string List(RepairFilter filter, TicketStatus status) => DeskAddress.Of(filter with { View = RepairView.All, Status = status });
}

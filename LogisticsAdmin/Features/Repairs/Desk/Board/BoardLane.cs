using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Features.Repairs.Desk.Board;

/// <summary>One column of the board: the number of tickets in the status, and the most pressing ones. Immutable.</summary>
public sealed record BoardLane(TicketStatus Status, int Count, IReadOnlyList<RepairRow> Rows)
{
    /// <summary>The columns of the board, from report to acceptance.</summary>
    public static readonly IReadOnlyList<TicketStatus> Columns =
    [
        TicketStatus.New, TicketStatus.Triaged, TicketStatus.Assigned, TicketStatus.Taken,
        TicketStatus.InProgress, TicketStatus.OnHold, TicketStatus.Rework, TicketStatus.Completed,
    ];

    /// <summary>The number of tickets that are not shown.</summary>
    public int More => Math.Max(0, Count - Rows.Count);
}

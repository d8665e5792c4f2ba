using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Features.Repairs.Desk.Board;

/// <summary>One column of the board: how many tickets are in the state, and the most pressing of them. Immutable: a lane that changed is another one.</summary>
public sealed record BoardLane(TicketStatus Status, int Count, IReadOnlyList<RepairRow> Rows)
{
    /// <summary>The columns, from report to acceptance.</summary>
    public static readonly IReadOnlyList<TicketStatus> Columns =
    [
        TicketStatus.New, TicketStatus.Triaged, TicketStatus.Assigned, TicketStatus.Taken,
        TicketStatus.InProgress, TicketStatus.OnHold, TicketStatus.Rework, TicketStatus.Completed,
    ];

    /// <summary>How many are not shown.</summary>
    public int More => Math.Max(0, Count - Rows.Count);
}

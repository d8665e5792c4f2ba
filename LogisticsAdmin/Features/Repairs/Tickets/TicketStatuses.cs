namespace LogisticsAdmin.Features.Repairs.Tickets;

public static class TicketStatuses
{
    /// <summary>The statuses in which work is still to be done.</summary>
    public static readonly TicketStatus[] Open =
    [
        TicketStatus.New, TicketStatus.Triaged, TicketStatus.Assigned, TicketStatus.Taken,
        TicketStatus.InProgress, TicketStatus.OnHold, TicketStatus.Rework,
    ];

    public static bool IsOpen(this TicketStatus status) => Open.Contains(status);

    public static bool IsEnded(this TicketStatus status) =>
        status is TicketStatus.Closed or TicketStatus.Rejected or TicketStatus.Cancelled or TicketStatus.Grouped;
}

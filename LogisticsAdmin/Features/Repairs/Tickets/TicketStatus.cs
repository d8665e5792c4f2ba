namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>The statuses of a ticket (DESIGN.md section 6).</summary>
public enum TicketStatus
{
    New = 1,
    Triaged = 2,
    Assigned = 3,
    Taken = 4,
    InProgress = 5,
    OnHold = 6,
    Completed = 7,
    Rework = 8,
    Closed = 9,
    Rejected = 10,
    Cancelled = 11,
    Grouped = 12,
}

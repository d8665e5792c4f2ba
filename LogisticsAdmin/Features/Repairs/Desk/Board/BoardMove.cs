using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Desk.Board;

/// <summary>
/// What it means when the office puts a card into another column: the verb that leads there, or why none does. The service decides again.
/// </summary>
public static class BoardMove
{
    /// <summary>Null when nothing the office may do leads from here to there.</summary>
    public static RepairVerb? VerbFor(RepairRow row, TicketStatus target) => (row.Status, target) switch
    {
        (TicketStatus.New, TicketStatus.Triaged) => RepairVerb.Triage,
        (TicketStatus.New or TicketStatus.Triaged or TicketStatus.Assigned or TicketStatus.Rework, TicketStatus.Assigned) => RepairVerb.Assign,
        (TicketStatus.Triaged or TicketStatus.Assigned or TicketStatus.Taken or TicketStatus.InProgress, TicketStatus.OnHold) => RepairVerb.Hold,
        (TicketStatus.OnHold, _) when target == row.HeldFrom => RepairVerb.Resume,
        (TicketStatus.Taken or TicketStatus.InProgress or TicketStatus.OnHold, TicketStatus.Assigned) => RepairVerb.Transfer,
        (TicketStatus.InProgress, TicketStatus.Completed) => RepairVerb.Complete,
        (TicketStatus.Completed, TicketStatus.Rework) => RepairVerb.SendBack,
        _ => null,
    };

    /// <summary>The columns a card may go to, in the board's order.</summary>
    public static IEnumerable<TicketStatus> TargetsOf(RepairRow row) => BoardLane.Columns.Where(target => VerbFor(row, target) is not null);

    /// <summary>Why no verb leads there, for whoever tried.</summary>
    public static Rejected WhyNot(RepairRow row, TicketStatus target) => (row.Status, target) switch
    {
        (TicketStatus.OnHold, _) => Rejected.Because<RepairsText>("MoveFromHold", row.HeldFrom),
        (TicketStatus.Completed, _) => Rejected.Because<RepairsText>("MoveFromCompleted"),
        (_, TicketStatus.New) => Rejected.Because<RepairsText>("MoveToNew"),
        (_, TicketStatus.Triaged) => Rejected.Because<RepairsText>("MoveToTriaged"),
        (_, TicketStatus.Taken) => Rejected.Because<RepairsText>("MoveToTaken"),
        (_, TicketStatus.InProgress) => Rejected.Because<RepairsText>("MoveToInProgress"),
        (_, TicketStatus.OnHold) => Rejected.Because<RepairsText>("MoveToOnHold"),
        (_, TicketStatus.Completed) => Rejected.Because<RepairsText>("MoveToCompleted"),
        (_, TicketStatus.Rework) => Rejected.Because<RepairsText>("MoveToRework"),
        _ => Rejected.Because<RepairsText>("WrongState", row.Status),
    };
}

using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Desk.Board;

/// <summary>Which verb moves a card to another column, or why none does. The service checks again.</summary>
public static class BoardMove
{
    // In order of precedence: a card on hold that is moved back to its previous column is resumed, not transferred.
    private static readonly RepairVerb[] Verbs =
        [RepairVerb.Triage, RepairVerb.Assign, RepairVerb.Hold, RepairVerb.Resume, RepairVerb.Transfer, RepairVerb.Complete, RepairVerb.SendBack];

    /// <summary>The verb that leads to the target status; null if the office has none.</summary>
    public static RepairVerb? VerbFor(RepairRow row, TicketStatus target)
    {
        foreach (var verb in Verbs)
            if (row.Status.Allows(verb) && RepairVerbs.TargetOf(verb, row.HeldFrom) == target) return verb;
        return null;
    }

    /// <summary>The columns that a card can move to, in the board's order.</summary>
    public static IEnumerable<TicketStatus> TargetsOf(RepairRow row) => BoardLane.Columns.Where(target => VerbFor(row, target) is not null);

    /// <summary>The reason why no verb leads to the target, to show to the user.</summary>
    public static Rejected RefusalFor(RepairRow row, TicketStatus target) => (row.Status, target) switch
    {
        (TicketStatus.OnHold, _) => Rejected.Because<BoardText>("MoveFromHold", row.HeldFrom),
        (TicketStatus.Completed, _) => Rejected.Because<BoardText>("MoveFromCompleted"),
        (_, TicketStatus.New) => Rejected.Because<BoardText>("MoveToNew"),
        (_, TicketStatus.Triaged) => Rejected.Because<BoardText>("MoveToTriaged"),
        (_, TicketStatus.Taken) => Rejected.Because<BoardText>("MoveToTaken"),
        (_, TicketStatus.InProgress) => Rejected.Because<BoardText>("MoveToInProgress"),
        (_, TicketStatus.OnHold) => Rejected.Because<BoardText>("MoveToOnHold"),
        (_, TicketStatus.Completed) => Rejected.Because<BoardText>("MoveToCompleted"),
        (_, TicketStatus.Rework) => Rejected.Because<BoardText>("MoveToRework"),
        _ => Rejected.Because<TicketsText>("WrongState", row.Status),
    };
}

using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Desk.Board;

/// <summary>
/// What it means when the office puts a card into another column: the verb that leads there, or why none does. The service decides again.
/// </summary>
public static class BoardMove
{
    // In the order in which they are tried: a card on hold that goes back where it came from resumes, and is not transferred.
    private static readonly RepairVerb[] Verbs =
        [RepairVerb.Triage, RepairVerb.Assign, RepairVerb.Hold, RepairVerb.Resume, RepairVerb.Transfer, RepairVerb.Complete, RepairVerb.SendBack];

    /// <summary>Null when no verb of the office leads from here to there.</summary>
    public static RepairVerb? VerbFor(RepairRow row, TicketStatus target)
    {
        foreach (var verb in Verbs)
            if (row.Status.Allows(verb) && RepairVerbs.TargetOf(verb, row.HeldFrom) == target) return verb;
        return null;
    }

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

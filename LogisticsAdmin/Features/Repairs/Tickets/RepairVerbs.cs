namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>
/// The statuses in which each verb is allowed (DESIGN.md section 7). Checked by the ticket before it changes, and by desk, board, bulk and
/// phone pages before they offer a verb.
/// </summary>
public static class RepairVerbs
{
    private static readonly TicketStatus[] UnderWork = [TicketStatus.Taken, TicketStatus.InProgress, TicketStatus.OnHold];

    private static readonly TicketStatus[] Any = Enum.GetValues<TicketStatus>();

    /// <summary>The statuses in which the verb is allowed; empty for verbs that only create a ticket.</summary>
    public static IReadOnlyList<TicketStatus> AllowedFrom(RepairVerb verb) => verb switch
    {
        RepairVerb.Submit or RepairVerb.Import => [],
        RepairVerb.Triage => [TicketStatus.New],
        RepairVerb.Reject => [TicketStatus.New, TicketStatus.Triaged],
        RepairVerb.Assign => [TicketStatus.New, TicketStatus.Triaged, TicketStatus.Assigned, TicketStatus.Rework],
        RepairVerb.Take or RepairVerb.Decline => [TicketStatus.Assigned],
        RepairVerb.Arrive or RepairVerb.Start => [TicketStatus.Taken, TicketStatus.Rework],
        RepairVerb.Hold => [TicketStatus.Triaged, TicketStatus.Assigned, TicketStatus.Taken, TicketStatus.InProgress],
        RepairVerb.Resume => [TicketStatus.OnHold],
        RepairVerb.Complete => [TicketStatus.InProgress],
        RepairVerb.Verify or RepairVerb.SendBack => [TicketStatus.Completed],
        RepairVerb.Rate => [TicketStatus.Closed],
        RepairVerb.Cancel => [TicketStatus.New, TicketStatus.Triaged, TicketStatus.Assigned],
        RepairVerb.RequestExtension or RepairVerb.DecideExtension => UnderWork,
        RepairVerb.Transfer or RepairVerb.HandOver or RepairVerb.ChangeUrgency or RepairVerb.Correct or RepairVerb.Nudge
            or RepairVerb.BecomeOverdue or RepairVerb.Escalate => TicketStatuses.Open,
        RepairVerb.Comment or RepairVerb.Attach or RepairVerb.Undo => Any,
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, null),
    };

    /// <summary>Whether the verb is allowed in this status.</summary>
    public static bool Allows(this TicketStatus status, RepairVerb verb) => AllowedFrom(verb).Contains(status);

    /// <summary>The status that a verb leads to; null for verbs that keep it. A ticket on hold returns to <paramref name="heldFrom"/>.</summary>
    public static TicketStatus? TargetOf(RepairVerb verb, TicketStatus? heldFrom) => verb switch
    {
        RepairVerb.Triage or RepairVerb.Decline => TicketStatus.Triaged,
        RepairVerb.Reject => TicketStatus.Rejected,
        RepairVerb.Assign or RepairVerb.Transfer => TicketStatus.Assigned,
        RepairVerb.Take => TicketStatus.Taken,
        RepairVerb.Start => TicketStatus.InProgress,
        RepairVerb.Hold => TicketStatus.OnHold,
        RepairVerb.Resume => heldFrom,
        RepairVerb.Complete => TicketStatus.Completed,
        RepairVerb.Verify => TicketStatus.Closed,
        RepairVerb.SendBack => TicketStatus.Rework,
        RepairVerb.Cancel => TicketStatus.Cancelled,
        _ => null,
    };
}

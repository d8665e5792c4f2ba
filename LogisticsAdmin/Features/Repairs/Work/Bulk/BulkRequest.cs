using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Work.Bulk;

/// <summary>A ticket of a bulk action, as the user saw it when they confirmed.</summary>
public sealed record BulkTicket(long Id, string Number, TicketStatus Status, long? CrewId, long? TechnicianId)
{
    public static BulkTicket Of(RepairRow row) => new(row.Id, row.Number, row.Status, row.CrewId, row.TechnicianId);
}

/// <summary>One action on many tickets.</summary>
public sealed record BulkRequest(TicketAction Action, IReadOnlyList<BulkTicket> Tickets)
{
    /// <summary>The maximum number of tickets of one request.</summary>
    public const int MaxTickets = 2_000;

    /// <summary>The verbs that are offered as bulk actions.</summary>
    public static readonly IReadOnlyList<RepairVerb> Verbs =
    [
        RepairVerb.Triage, RepairVerb.Assign, RepairVerb.ChangeUrgency, RepairVerb.Hold, RepairVerb.Resume, RepairVerb.Comment, RepairVerb.Verify,
        RepairVerb.Reject,
    ];
}

/// <summary>The progress of a bulk action.</summary>
public readonly record struct BulkProgress(int Done, int Refused, int Total);

/// <summary>A ticket on which the action failed, and why; after an unexpected error in its batch, the id of that error in the log.</summary>
public sealed record BulkRefusal(long TicketId, string Number, Refusal? Why, string? ErrorReference = null);

/// <summary>The tickets on which the action was performed, the refusals, and the number of tickets not reached because the user cancelled.</summary>
public sealed record BulkResult(IReadOnlyList<long> Done, IReadOnlyList<BulkRefusal> Refused, int Remaining);

using LogisticsAdmin.Features.Repairs.Tickets;

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

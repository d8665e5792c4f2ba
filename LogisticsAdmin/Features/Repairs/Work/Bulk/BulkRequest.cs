using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Work.Bulk;

/// <summary>One ticket of many, as the person saw it when they confirmed.</summary>
public sealed record BulkTicket(long Id, string Number, TicketStatus Status, long? CrewId, long? TechnicianId)
{
    public static BulkTicket Of(RepairRow row) => new(row.Id, row.Number, row.Status, row.CrewId, row.TechnicianId);
}

/// <summary>One action for many tickets.</summary>
public sealed record BulkRequest(TicketAction Action, IReadOnlyList<BulkTicket> Tickets)
{
    /// <summary>The most tickets of one request.</summary>
    public const int Most = 2_000;

    /// <summary>The verbs that are offered for many tickets.</summary>
    public static readonly IReadOnlyList<RepairVerb> Verbs =
        [RepairVerb.Assign, RepairVerb.ChangeUrgency, RepairVerb.Hold, RepairVerb.Comment, RepairVerb.Verify];
}

/// <summary>How far it is.</summary>
public readonly record struct BulkProgress(int Done, int Refused, int Total);

/// <summary>A ticket that did not take the verb, and why; or, when something unexpected happened to its batch, the id by which the log knows it.</summary>
public sealed record BulkRefusal(long TicketId, string Number, Refusal? Why, string? FaultId = null);

/// <summary>Which tickets took the verb, which refused it, and how many were not reached because the person stopped.</summary>
public sealed record BulkResult(IReadOnlyList<long> Done, IReadOnlyList<BulkRefusal> Refused, int Left);

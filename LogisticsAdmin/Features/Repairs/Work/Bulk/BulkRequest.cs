using LogisticsAdmin.Features.Repairs.ServiceLevels;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Work.Bulk;

/// <summary>One ticket of many, as the person saw it when they confirmed.</summary>
public sealed record BulkTicket(long Id, string Number, TicketStatus Status, long? CrewId, long? TechnicianId)
{
    public static BulkTicket Of(RepairRow row) => new(row.Id, row.Number, row.Status, row.CrewId, row.TechnicianId);
}

/// <summary>One verb for many tickets, with the form that the verb wants on a single one.</summary>
public sealed record BulkRequest(RepairVerb Verb, IReadOnlyList<BulkTicket> Tickets)
{
    /// <summary>The most tickets of one request.</summary>
    public const int Most = 2_000;

    public AssignForm Assign { get; init; } = new();
    public Urgency? Urgency { get; init; }
    public HoldForm Hold { get; init; } = new();
    public CommentForm Comment { get; init; } = new();
    public NoteForm Note { get; init; } = new();

    /// <summary>What is offered for many; each is a verb of single tickets too, with the same rules.</summary>
    public static readonly IReadOnlyList<RepairVerb> Verbs =
        [RepairVerb.Assign, RepairVerb.ChangeUrgency, RepairVerb.Hold, RepairVerb.Comment, RepairVerb.Verify];

    /// <summary>Whether a ticket in this state can be expected to take the verb. For what is said beforehand; the ticket decides.</summary>
    public static bool Fits(RepairVerb verb, TicketStatus status) => verb switch
    {
        RepairVerb.Assign => status is TicketStatus.New or TicketStatus.Triaged or TicketStatus.Assigned or TicketStatus.Rework,
        RepairVerb.ChangeUrgency => status.IsOpen(),
        RepairVerb.Hold => status is TicketStatus.Triaged or TicketStatus.Assigned or TicketStatus.Taken or TicketStatus.InProgress,
        RepairVerb.Verify => status == TicketStatus.Completed,
        _ => true,
    };
}

/// <summary>How far it is.</summary>
public readonly record struct BulkProgress(int Done, int Refused, int Total);

/// <summary>A ticket that did not take the verb, and why; or, when something unexpected happened to its batch, the id by which the log knows it.</summary>
public sealed record BulkRefusal(long TicketId, string Number, Refusal? Why, string? FaultId = null);

/// <summary>Which tickets took the verb, which refused it, and how many were not reached because the person stopped.</summary>
public sealed record BulkResult(IReadOnlyList<long> Done, IReadOnlyList<BulkRefusal> Refused, int Left);

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>One entry of a ticket's timeline: who did what, when, and the status before and after. Never changed after it was written.</summary>
public sealed class RepairEvent
{
    private RepairEvent() { }

    internal RepairEvent(RepairVerb verb, DateTimeOffset at, long? actorId, TicketStatus from, TicketStatus to) =>
        (Verb, At, ActorId, From, To) = (verb, at, actorId, from, to);

    public long Id { get; private set; }
    public long TicketId { get; private set; }
    public RepairVerb Verb { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>Null for actions of the system (系统).</summary>
    public long? ActorId { get; private set; }
    public TicketStatus From { get; private set; }
    public TicketStatus To { get; private set; }

    /// <summary>A parameter of the verb, such as a hold reason, an urgency or stars.</summary>
    public string? Code { get; internal set; }
    public long? CrewId { get; internal set; }
    public long? PersonId { get; internal set; }

    /// <summary>The text that the actor typed, unchanged.</summary>
    public string? Note { get; internal set; }

    /// <summary>Identifies the form submission that wrote it, so that a form sent twice is applied once.</summary>
    public Guid? Key { get; internal set; }

    /// <summary>Only staff may read it.</summary>
    public bool Internal { get; internal set; }
}

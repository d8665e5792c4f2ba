namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>One row of a ticket's timeline: who did what, when, from which state to which. Written once, never changed.</summary>
public sealed class RepairEvent
{
    private RepairEvent() { }

    internal RepairEvent(RepairVerb verb, DateTimeOffset at, long? actorId, TicketStatus from, TicketStatus to) =>
        (Verb, At, ActorId, From, To) = (verb, at, actorId, from, to);

    public long Id { get; private set; }
    public long TicketId { get; private set; }
    public RepairVerb Verb { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>Null when the house itself acted (系统).</summary>
    public long? ActorId { get; private set; }
    public TicketStatus From { get; private set; }
    public TicketStatus To { get; private set; }

    /// <summary>A member name the verb needs: hold reason, urgency, stars.</summary>
    public string? Code { get; internal set; }
    public long? CrewId { get; internal set; }
    public long? PersonId { get; internal set; }

    /// <summary>What the actor typed, as typed.</summary>
    public string? Note { get; internal set; }

    /// <summary>Only staff may read it.</summary>
    public bool Internal { get; internal set; }
}

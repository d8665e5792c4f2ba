using System.Text.Json;
using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Features.Repairs.Work.Undo;

/// <summary>What a user did in one action, to one ticket or many, kept so that they can undo it for a short time.</summary>
public sealed class ChangeSet
{
    private readonly List<ChangeSetItem> _items = [];

    private ChangeSet() { }

    internal ChangeSet(long actorId, RepairVerb verb, DateTimeOffset at) => (ActorId, Verb, At) = (actorId, verb, at);

    public long Id { get; private set; }
    public long ActorId { get; private set; }
    public RepairVerb Verb { get; private set; }

    /// <summary>When the last ticket of the action was changed; the time limit for undo starts here.</summary>
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset? UndoneAt { get; private set; }

    public IReadOnlyCollection<ChangeSetItem> Items => _items;

    internal void Add(ChangeSetItem item)
    {
        _items.Add(item);
        At = item.At;
    }

    internal void Undo(DateTimeOffset at) => UndoneAt = at;
}

/// <summary>One ticket of a <see cref="ChangeSet"/>: its values before the action, and the length of its timeline after it.</summary>
public sealed class ChangeSetItem
{
    private ChangeSetItem() { }

    internal ChangeSetItem(RepairTicket ticket, TicketSnapshot before, DateTimeOffset at) =>
        (TicketId, EventCount, BeforeJson, At) = (ticket.Id, ticket.EventCount, JsonSerializer.Serialize(before), at);

    public long Id { get; private set; }
    public long ChangeSetId { get; private set; }
    public long TicketId { get; private set; }

    /// <summary>If the ticket's count differs, somebody changed the ticket since.</summary>
    public int EventCount { get; private set; }
    public string BeforeJson { get; private set; } = "";

    /// <summary>The time of the verb; its inbox messages have the same time.</summary>
    public DateTimeOffset At { get; private set; }

    public TicketSnapshot Before() => JsonSerializer.Deserialize<TicketSnapshot>(BeforeJson)!;
}

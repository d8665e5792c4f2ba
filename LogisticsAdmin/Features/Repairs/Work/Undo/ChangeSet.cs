using System.Text.Json;
using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Features.Repairs.Work.Undo;

/// <summary>What one person did in one go, to one ticket or many, so that they can take it back for a moment.</summary>
public sealed class ChangeSet
{
    private readonly List<ChangeSetItem> _items = [];

    private ChangeSet() { }

    internal ChangeSet(long actorId, RepairVerb verb, DateTimeOffset at) => (ActorId, Verb, At) = (actorId, verb, at);

    public long Id { get; private set; }
    public long ActorId { get; private set; }
    public RepairVerb Verb { get; private set; }

    /// <summary>When the last of it was done; the time to undo runs from here.</summary>
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

/// <summary>One ticket of a <see cref="ChangeSet"/>: how it was before, and how long its timeline was after.</summary>
public sealed class ChangeSetItem
{
    private ChangeSetItem() { }

    internal ChangeSetItem(RepairTicket ticket, TicketSnapshot before, DateTimeOffset at) =>
        (TicketId, EventCount, BeforeJson, At) = (ticket.Id, ticket.EventCount, JsonSerializer.Serialize(before), at);

    public long Id { get; private set; }
    public long ChangeSetId { get; private set; }
    public long TicketId { get; private set; }

    /// <summary>Any other number means that somebody touched the ticket since.</summary>
    public int EventCount { get; private set; }
    public string BeforeJson { get; private set; } = "";

    /// <summary>The moment of the verb; its inbox lines bear the same.</summary>
    public DateTimeOffset At { get; private set; }

    public TicketSnapshot Before() => JsonSerializer.Deserialize<TicketSnapshot>(BeforeJson)!;
}

namespace LogisticsAdmin.Data.Undo;

/// <summary>
/// One action on things that have no timeline of their own, kept so that it can be undone until <see cref="Until"/>. Bulk actions are kept
/// longer than single ones, and any person with the right may undo them.
/// </summary>
public sealed class UndoStep
{
    private readonly List<UndoItem> _items = [];

    private UndoStep() { }

    internal UndoStep(string kind, string act, bool isBulk, long actorId, DateTimeOffset at) =>
        (Kind, Act, IsBulk, ActorId, Begun) = (kind, act, isBulk, actorId, at);

    public long Id { get; private set; }

    /// <summary>What it changed; see <see cref="StepUndo.Kind"/>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>The name of the action.</summary>
    public string Act { get; private set; } = "";
    public bool IsBulk { get; private set; }
    public long ActorId { get; private set; }

    /// <summary>Before its first change.</summary>
    public DateTimeOffset Begun { get; private set; }

    /// <summary>After its last change; the time limit for undo starts here.</summary>
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset Until { get; private set; }
    public DateTimeOffset? UndoneAt { get; private set; }

    public IReadOnlyCollection<UndoItem> Items => _items;

    internal void Add(IEnumerable<UndoItem> items, DateTimeOffset at)
    {
        _items.AddRange(items);
        (At, Until) = (at, at + (IsBulk ? StepUndo.BulkKept : StepUndo.Offered + StepUndo.Grace));
    }

    internal void Undo(DateTimeOffset at) => UndoneAt = at;
}

/// <summary>One thing of a step: its values before and after, as JSON that only its slice reads.</summary>
public sealed class UndoItem
{
    private UndoItem() { }

    internal UndoItem(long entityId, string before, string after) => (EntityId, Before, After) = (entityId, before, after);

    public long Id { get; private set; }
    public long StepId { get; private set; }
    public long EntityId { get; private set; }
    public string Before { get; private set; } = "";

    /// <summary>If the thing has other values now, somebody changed it since; see <see cref="StepUndo.Restorable"/>.</summary>
    public string After { get; private set; } = "";
}

namespace LogisticsAdmin.Shared.Ui;

/// <summary>What the undo bar shows and undoes: the latest action of the person in this circuit.</summary>
public interface IUndoSource
{
    /// <summary>Raised when <see cref="Latest"/> changes.</summary>
    event Action? Changed;

    /// <summary>Null when nothing is offered.</summary>
    long? Latest { get; }

    /// <summary>The latest action, if it can still be undone.</summary>
    Task<OfferedUndo?> LatestAsync(CancellationToken ct = default);

    /// <summary>Undoes it. Throws a refusal when it can't be undone at all.</summary>
    Task<UndoOutcome> UndoAsync(long id, CancellationToken ct = default);
}

/// <summary>An action that can be undone: what was done and to what, in the reader's language, and the time left.</summary>
public sealed record OfferedUndo(long Id, string Act, string Did, string About, TimeSpan Remaining);

/// <summary>How many things were put back, and those left alone.</summary>
public sealed record UndoOutcome(int Done, string About, IReadOnlyList<UndoLeft> Left);

/// <summary>A thing that was left alone, and why.</summary>
public sealed record UndoLeft(string Name, string? Address, Refusal Why);

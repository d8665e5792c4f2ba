namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>
/// One stored thing of a batch: whether the batch made it, its version right after, and what a changed one was before
/// (JSON that only its kind reads).
/// </summary>
public sealed record ImportedThing(int Row, long Id, bool IsNew, long Version, string? Before);

/// <summary>A thing that an undo left as it is, because somebody touched it since or it can't be let go: what it is called, and why.</summary>
public sealed record LeftAlone(int Row, string Label, RowProblem Why);

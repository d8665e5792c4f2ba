namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>
/// A thing that a batch stored: whether the batch created it, its version afterwards, and the earlier values of a changed one (JSON that
/// only its kind reads).
/// </summary>
public sealed record ImportedEntity(int Row, long Id, bool IsNew, long Version, string? Before);

/// <summary>A thing that an undo left as it is, because somebody changed it since or because it is in use.</summary>
public sealed record SkippedRow(int Row, string Label, RowProblem Why);

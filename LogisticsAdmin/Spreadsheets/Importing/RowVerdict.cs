namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>What becomes of one row: what it is called, what would change from what to what, or everything that is wrong with it.</summary>
public sealed record RowVerdict(
    int Row, string Label, ImportOutcome Outcome, IReadOnlyList<FieldChange> Changes, IReadOnlyList<RowProblem> Problems)
{
    public static RowVerdict New(int row, string label) => new(row, label, ImportOutcome.New, [], []);

    public static RowVerdict Same(int row, string label) => new(row, label, ImportOutcome.Same, [], []);

    public static RowVerdict Changed(int row, string label, IReadOnlyList<FieldChange> changes) => new(row, label, ImportOutcome.Changed, changes, []);

    public static RowVerdict Rejected(int row, string label, IReadOnlyList<RowProblem> problems) => new(row, label, ImportOutcome.Rejected, [], problems);
}

/// <summary>One field of a changed row. A value that is an enum member's name is shown by the column's choices.</summary>
public sealed record FieldChange(string Column, string? Old, string? New);

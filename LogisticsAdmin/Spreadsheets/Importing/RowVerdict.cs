namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>
/// The outcome of one row, with a label for people, the fields that change, and all problems of a rejected row or the warnings about one that
/// is taken.
/// </summary>
public sealed record RowVerdict(
    int Row, string Label, ImportOutcome Outcome, IReadOnlyList<FieldChange> Changes, IReadOnlyList<RowProblem> Problems)
{
    public static RowVerdict New(int row, string label, IReadOnlyList<RowProblem>? warnings = null) => new(row, label, ImportOutcome.New, [], warnings ?? []);

    public static RowVerdict Same(int row, string label) => new(row, label, ImportOutcome.Same, [], []);

    public static RowVerdict Changed(int row, string label, IReadOnlyList<FieldChange> changes) => new(row, label, ImportOutcome.Changed, changes, []);

    public static RowVerdict Rejected(int row, string label, IReadOnlyList<RowProblem> problems) => new(row, label, ImportOutcome.Rejected, [], problems);
}

/// <summary>One changed field. A value that is the name of an enum member is displayed by the column's choices.</summary>
public sealed record FieldChange(string Column, string? Old, string? New);

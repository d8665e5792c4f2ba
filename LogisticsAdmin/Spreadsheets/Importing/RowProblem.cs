namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>Why a row is rejected: a resource key "Import.…" of the slice, its arguments, and the column concerned.</summary>
public sealed record RowProblem(string? Column, Type ResourceSource, string Code, params IReadOnlyList<object?> Args);

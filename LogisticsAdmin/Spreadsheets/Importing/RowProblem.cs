namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>Why a row is refused: a key of the slice's words, "Import.…", its arguments, and the column it is about.</summary>
public sealed record RowProblem(string? Column, Type Words, string Code, params IReadOnlyList<object?> Args);

namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>
/// A sheet of an <see cref="AnnexWorkbook"/>: a header, and rows with one cell for each column. Cells are text, numbers, moments as the
/// office's clocks show them (<see cref="DateTime"/>), an <see cref="AnnexCell"/>, or null for nothing.
/// </summary>
public sealed record AnnexSheet(string Name, IReadOnlyList<AnnexColumn> Columns, IEnumerable<IReadOnlyList<object?>> Rows);

/// <param name="Title">What stands in the header.</param>
/// <param name="NumberFormat">How Excel shows the column's numbers and moments; null for text.</param>
public sealed record AnnexColumn(string Title, string? NumberFormat = null);

/// <summary>A number that is shown unlike the others of its column.</summary>
public sealed record AnnexCell(decimal? Value, string NumberFormat);

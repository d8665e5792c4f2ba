namespace LogisticsAdmin.Documents;

/// <summary>A table that may go on over pages, with its header repeated on each.</summary>
public sealed record Table(string Caption, string? Note, IReadOnlyList<TableColumn> Columns, IReadOnlyList<TableRow> Rows) : Block;

namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>One column of an export: its title in the reader's language, and its value of a row.</summary>
public sealed record ExportColumn<T>(string Title, Func<T, object?> Value, ColumnFormat Format = ColumnFormat.Text);

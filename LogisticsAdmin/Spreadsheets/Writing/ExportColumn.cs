namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>One column of an export: title in the reader's language, and how to get its value from a row.</summary>
public sealed record ExportColumn<T>(string Title, Func<T, object?> Value, ColumnFormat Format = ColumnFormat.Text);

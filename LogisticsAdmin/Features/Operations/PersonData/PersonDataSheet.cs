using LogisticsAdmin.Spreadsheets.Writing;

namespace LogisticsAdmin.Features.Operations.PersonData;

/// <summary>One workbook of the export; the rows are read while it is written.</summary>
public sealed record PersonDataSheet(
    string File, string Title, IReadOnlyList<ExportColumn<object?[]>> Columns, IAsyncEnumerable<object?[]> Rows);

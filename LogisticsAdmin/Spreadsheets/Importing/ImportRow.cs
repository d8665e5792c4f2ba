using LogisticsAdmin.Spreadsheets.Reading;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>A row of a file, whose cells are found by the kind's column keys.</summary>
public readonly struct ImportRow(SheetRow row, int ordinal, IReadOnlyDictionary<string, int> columns, int headerFields = int.MaxValue)
{
    /// <summary>
    /// Whether the record of a CSV file has more fields than its header, because text with a separator has no quotes or a space before
    /// them: its values stand under wrong headers.
    /// </summary>
    public bool IsShifted => row.Record is { } record && (record.Fields > headerFields || record.HasOpenQuote);

    /// <summary>How many fields the record has.</summary>
    public int Fields => row.Record?.Fields ?? row.Cells.Count;

    /// <summary>The row number that Excel shows.</summary>
    public int Number => row.Number;

    /// <summary>The ordinal of the row below the header, from 1.</summary>
    public int Ordinal => ordinal;

    /// <summary>All cells of the row, in the sheet's order.</summary>
    public IReadOnlyList<Cell> Cells => row.Cells;

    /// <summary>Empty where the file has no such column.</summary>
    public Cell this[string column] => columns.TryGetValue(column, out var at) ? row[at] : Cell.Empty;
}

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>A sheet of a file, before it is read. Hidden sheets are offered last and say so.</summary>
public sealed record SheetInfo(int Index, string Name, bool IsHidden);

/// <summary>One row that holds anything, with the number Excel shows beside it.</summary>
public sealed record SheetRow(int Number, IReadOnlyList<Cell> Cells, bool IsHidden)
{
    /// <summary>The record of a CSV file that the row was read from; null in a workbook.</summary>
    public CsvRecord? Record { get; init; }

    /// <summary>Empty behind the row's last cell.</summary>
    public Cell this[int column] => column < Cells.Count ? Cells[column] : Cell.Empty;
}

/// <summary>
/// What a sheet holds: its rows that are not blank, in order, merged areas filled with their value. <paramref name="HiddenColumns"/> are
/// zero-based; hidden rows and columns are read like all others.
/// </summary>
public sealed record SheetTable(
    string Name, int Columns, IReadOnlyList<SheetRow> Rows, IReadOnlyList<int> HiddenColumns, bool CountsFrom1904)
{
    /// <summary>Cells whose formula was never calculated: they are read as empty.</summary>
    public int FormulasWithoutValue { get; init; }

    public int HiddenRows => Rows.Count(r => r.IsHidden);
}

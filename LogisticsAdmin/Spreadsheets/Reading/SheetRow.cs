namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>A row that is not blank, with the number that Excel shows beside it.</summary>
public sealed record SheetRow(int Number, IReadOnlyList<Cell> Cells, bool IsHidden)
{
    /// <summary>The record of a CSV file that the row was read from; null in a workbook.</summary>
    public CsvRecord? Record { get; init; }

    /// <summary>Empty beyond the row's last cell.</summary>
    public Cell this[int column] => column < Cells.Count ? Cells[column] : Cell.Empty;
}

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>
/// One cell: the text that Excel shows, and the number behind it. A formula is read as its value. The number of a date is its serial in
/// the 1900 system, also in a workbook that counts from 1904.
/// </summary>
public readonly record struct Cell(CellKind Kind, string Text, double Number = 0)
{
    public static readonly Cell Empty = new(CellKind.Empty, "");

    public bool IsEmpty => Kind == CellKind.Empty;
}

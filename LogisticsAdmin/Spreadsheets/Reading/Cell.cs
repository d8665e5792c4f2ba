namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>
/// One cell as a file holds it: the text that a person sees in it, and the number behind it. Formulas are their values. A date's number
/// is its serial of the 1900 system, whichever system the file counts in.
/// </summary>
public readonly record struct Cell(CellKind Kind, string Text, double Number = 0)
{
    public static readonly Cell Empty = new(CellKind.Empty, "");

    public bool IsEmpty => Kind == CellKind.Empty;
}

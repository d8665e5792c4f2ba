namespace LogisticsAdmin.Spreadsheets.Reading;

public enum CellKind : byte
{
    Empty = 0,
    Text = 1,
    Number = 2,
    Date = 3,
    Boolean = 4,
    Error = 5,
}

/// <summary>
/// One cell as a file holds it: the text that a person sees in it, and the number behind it. Formulas are their values. A date's number
/// is its serial of the 1900 system, whichever system the file counts in.
/// </summary>
public readonly record struct Cell(CellKind Kind, string Text, double Number = 0)
{
    public static readonly Cell Empty = new(CellKind.Empty, "");

    public bool IsEmpty => Kind == CellKind.Empty;
}

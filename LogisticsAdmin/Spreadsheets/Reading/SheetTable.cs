namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>
/// The content of a sheet: its rows that are not blank, in order, with each merged area filled with its value. Hidden rows and columns are
/// included; <paramref name="HiddenColumns"/> count from zero.
/// </summary>
public sealed record SheetTable(
    string Name, int Columns, IReadOnlyList<SheetRow> Rows, IReadOnlyList<int> HiddenColumns, bool CountsFrom1904)
{
    /// <summary>Number of cells whose formula was never calculated; they are read as empty.</summary>
    public int FormulasWithoutValue { get; init; }

    public int HiddenRows => Rows.Count(r => r.IsHidden);
}

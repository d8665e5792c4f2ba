namespace LogisticsAdmin.Spreadsheets.Reading;

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

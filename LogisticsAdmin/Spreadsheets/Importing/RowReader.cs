using System.Collections.Frozen;
using System.Globalization;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Reading;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>
/// Reads the cells of a row according to its columns and collects all problems instead of stopping at the first. An empty cell is null.
/// Common ways of typing are accepted; a number that has lost digits is reported, never guessed. A time with an offset from UTC is read
/// where the zone of the office is given.
/// </summary>
public sealed class RowReader(IReadOnlyList<ImportColumn> columns, bool countsFrom1904, TimeZoneInfo? zone = null)
{
    // From here on, Excel's numbers do not keep all digits.
    private const double FirstInexact = 1e15;

    // As Excel spells them in a CSV file.
    private static readonly FrozenSet<string> Errors = FrozenSet.Create("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!");

    private readonly Dictionary<string, ImportColumn> _columns = columns.ToDictionary(c => c.Key);
    private readonly Dictionary<string, ChoiceList> _choices = columns.Where(c => c.Choices.Count > 0).ToDictionary(c => c.Key, c => new ChoiceList(c.Choices));
    private List<RowProblem> _problems = [];
    private ImportRow _row;

    /// <summary>Problems of the current row. The list of an earlier row does not change any more.</summary>
    public IReadOnlyList<RowProblem> Problems => _problems;
    public int Number => _row.Number;

    /// <summary>Moves to a row; reports its empty required columns, and values that stand under wrong headers.</summary>
    public void MoveTo(ImportRow row)
    {
        (_row, _problems) = (row, []);
        if (row.IsShifted) AddProblem(null, "Shifted", row.Fields);
        foreach (var column in columns)
            if (column.Required && IsBlank(row[column.Key]) && (column.UnlessGiven is not { } other || IsBlank(row[other]))) AddProblem(column.Key, "Required");
    }

    /// <summary>Adds a problem that the kind of import found by its own rules.</summary>
    public void AddProblem(RowProblem problem) => _problems.Add(problem);

    /// <summary>Free text as typed, trimmed. Reports one that has lost digits or that Excel turned into a date.</summary>
    public string? Text(string key)
    {
        if (Cell(key) is not { } cell) return null;
        if (cell.Kind == CellKind.Number && Math.Abs(cell.Number) >= FirstInexact) return Refuse(key, "DigitsLost", cell.Text);
        if (TypedDate.IsMadeByExcel(cell)) return Refuse(key, "CodeIsDay", cell.Text);
        return WithinMaxLength(key, TypedText.WithoutApostrophe(cell.Text.Trim()));
    }

    /// <summary>
    /// An identifier. Reports one that has lost digits or that Excel turned into a date (3-2 becomes 2 March).
    /// </summary>
    public string? Code(string key)
    {
        if (Cell(key) is not { } cell) return null;
        if (HasLostDigits(cell)) return Refuse(key, "DigitsLost", cell.Text);
        if (TypedDate.IsMadeByExcel(cell)) return Refuse(key, "CodeIsDay", cell.Text);
        return WithinMaxLength(key, TypedText.WithoutPoint(TypedText.Clean(cell.Text)));
    }

    /// <summary>Digits, with a leading plus if one was typed.</summary>
    public string? Phone(string key)
    {
        if (Cell(key) is not { } cell) return null;
        if (HasLostDigits(cell)) return Refuse(key, "DigitsLost", cell.Text);
        return TypedText.Phone(cell.Text) is { } phone ? WithinMaxLength(key, phone) : Refuse(key, "PhoneUnreadable", cell.Text);
    }

    public int? Whole(string key, int min = int.MinValue, int max = int.MaxValue)
    {
        if (Decimal(key) is not { } number) return null;
        if (number != decimal.Truncate(number))
        {
            AddProblem(key, "NotWhole", number.ToString(CultureInfo.InvariantCulture));
            return null;
        }
        if (number >= min && number <= max) return (int)number;
        AddProblem(key, "OutOfRange", number.ToString(CultureInfo.InvariantCulture), min, max);
        return null;
    }

    /// <summary>A number with decimals, in a range.</summary>
    public decimal? Fraction(string key, decimal min, decimal max)
    {
        if (Decimal(key) is not { } number) return null;
        if (number >= min && number <= max) return number;
        AddProblem(key, "OutOfRange", number.ToString(CultureInfo.InvariantCulture), min, max);
        return null;
    }

    /// <summary>Yuan, as typed: possibly finer than a fen, never more than an amount can hold.</summary>
    public decimal? Amount(string key)
    {
        if (Decimal(key) is not { } yuan) return null;
        if (Money.IsInRange(yuan)) return yuan;
        AddProblem(key, "OutOfRange", yuan.ToString(CultureInfo.InvariantCulture), -Money.MaxYuan, Money.MaxYuan);
        return null;
    }

    /// <summary>A day; a time of day is ignored.</summary>
    public DateOnly? Day(string key) => Moment(key) is { } moment ? DateOnly.FromDateTime(moment) : null;

    /// <summary>A local time of the office; midnight when only a day is given.</summary>
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
        var moment = read.In(zone);
        if (moment is null) AddProblem(key, read.IsAmbiguous ? "DateAmbiguous" : "DateUnreadable", cell.Text.Trim());
        return moment;
    }

    /// <summary>The <see cref="ImportChoice.Value"/> of the choice.</summary>
    public string? Choice(string key)
    {
        if (Cell(key) is not { } cell) return null;
        if (_choices[key].Find(cell.Text) is { } value) return value;
        return Refuse(key, "ChoiceUnknown", cell.Text.Trim(), _choices[key].Allowed);
    }

    public TEnum? Choice<TEnum>(string key) where TEnum : struct, Enum => Choice(key) is { } value ? Enum.Parse<TEnum>(value) : null;

    /// <summary>Each choice once, in the order of the cell; null when one of them is unknown.</summary>
    public IReadOnlyList<string>? Choices(string key)
    {
        if (Cell(key) is not { } cell) return null;
        var found = _choices[key].FindAll(cell.Text, out var unknown);
        if (unknown is null) return found;
        AddProblem(key, "ChoiceUnknown", unknown, _choices[key].Allowed);
        return null;
    }

    public IReadOnlyList<TEnum>? Choices<TEnum>(string key) where TEnum : struct, Enum => Choices(key)?.Select(Enum.Parse<TEnum>).ToList();

    private decimal? Decimal(string key)
    {
        if (Cell(key) is not { } cell) return null;
        if (HasLostDigits(cell))
        {
            AddProblem(key, "DigitsLost", cell.Text);
            return null;
        }
        // The conversion rounds to 15 digits, which restores the number that was typed.
        if (cell.Kind == CellKind.Number) return (decimal)cell.Number;
        var text = _columns[key].WithoutUnit is { } plain ? plain(TypedText.Clean(cell.Text)) : cell.Text;
        if (cell.Kind == CellKind.Text && TypedText.Number(text) is { } number) return number;
        AddProblem(key, "NumberUnreadable", cell.Text.Trim());
        return null;
    }

    /// <summary>Null for a blank cell, and for an error such as #N/A, which is reported.</summary>
    private Cell? Cell(string key)
    {
        var cell = _row[key];
        if (IsBlank(cell)) return null;
        if (cell.Kind != CellKind.Error && (cell.Kind != CellKind.Text || !Errors.Contains(cell.Text.Trim()))) return cell;
        AddProblem(key, "CellIsError", cell.Text);
        return null;
    }

    private string? WithinMaxLength(string key, string text)
    {
        if (text.Length == 0) return null;
        return _columns[key].MaxLength is var max and > 0 && text.Length > max ? Refuse(key, "TooLong", max, text.Length) : text;
    }

    private string? Refuse(string key, string code, params object?[] args)
    {
        AddProblem(key, code, args);
        return null;
    }

    /// <summary>Reports each problem once, even if the column is read several times.</summary>
    private void AddProblem(string? key, string code, params object?[] args)
    {
        code = $"Import.{code}";
        if (!_problems.Exists(p => p.Column == key && p.Code == code)) _problems.Add(new RowProblem(key, typeof(SpreadsheetsText), code, args));
    }

    private static bool IsBlank(Cell cell) => cell.IsEmpty || cell.Kind == CellKind.Text && TypedText.IsBlank(cell.Text);

    private static bool HasLostDigits(Cell cell) => cell.Kind switch
    {
        CellKind.Number => Math.Abs(cell.Number) >= FirstInexact,
        CellKind.Text => TypedText.IsScientific(cell.Text),
        _ => false,
    };
}

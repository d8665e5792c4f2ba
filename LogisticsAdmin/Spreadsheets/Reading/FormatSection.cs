using System.Globalization;
using System.Text;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>One of up to four sections of a number format, separated by semicolons: for positive numbers, negative ones, zero, and text.</summary>
internal sealed record FormatSection
{
    // Places of the pattern; all other characters are literal.
    private const char Digit = '\0', OptionalDigit = '\u0001', Whole = '\u0002', Text = '\u0003';

    private const string English = "General", Chinese = "G/通用格式";

    private string _pattern = "";
    private bool _isReadable = true;
    private string _operator = "";
    private double _operand;

    public bool IsDate { get; private set; }

    /// <summary>A duration, whose hours may exceed 24.</summary>
    public bool IsElapsed { get; private set; }

    public bool HasCondition => _operator.Length > 0;

    public bool IsForText => _pattern.Contains(Text, StringComparison.Ordinal);

    /// <summary>
    /// Whether it shows words, or the digits of a code, and nothing that would hide digits of the number: decimals, thousands, percents and
    /// fractions are shown as plain numbers.
    /// </summary>
    public bool IsPattern => _isReadable && !IsDate && (HasWords || (_pattern.Length > 1 && _pattern.Contains(Digit, StringComparison.Ordinal)));

    private bool HasWords => _pattern.Any(char.IsLetterOrDigit);

    /// <summary>Reads the section that begins at <paramref name="at"/>, and moves behind its semicolon.</summary>
    public static FormatSection Parse(string code, ref int at)
    {
        var section = new FormatSection();
        var pattern = new StringBuilder();
        for (; at < code.Length && code[at] != ';'; at++)
        {
            switch (code[at])
            {
                case '"':
                    var end = code.IndexOf('"', at + 1);
                    pattern.Append(code, at + 1, (end < 0 ? code.Length : end) - at - 1);
                    at = end < 0 ? code.Length : end;
                    break;
                case '\\' or '!':
                    if (++at < code.Length) pattern.Append(code[at]);
                    break;
                case '_' or '*':
                    at++;
                    break;
                case '[':
                    var close = code.IndexOf(']', at);
                    section.ReadBrackets(close < 0 ? "" : code[(at + 1)..close]);
                    at = close < 0 ? code.Length : close;
                    break;
                case 'G' or 'g':
                    var rest = code.AsSpan(at);
                    var length = rest.StartsWith(English, StringComparison.OrdinalIgnoreCase) ? English.Length : rest.StartsWith(Chinese) ? Chinese.Length : 0;
                    section._isReadable &= length > 0;
                    pattern.Append(Whole);
                    at += Math.Max(0, length - 1);
                    break;
                case 'E' or 'e' when at + 1 < code.Length && code[at + 1] is '+' or '-':
                    section._isReadable = false;
                    break;
                case 'y' or 'Y' or 'm' or 'M' or 'd' or 'D' or 'h' or 'H' or 's' or 'S' or 'e' or 'E' or 'a' or 'A' or 'b' or 'B':
                    section.IsDate = true;
                    break;
                case '.' or ',' or '%' or '/':
                    section._isReadable = false;
                    break;
                default:
                    pattern.Append(code[at] switch { '0' => Digit, '#' or '?' => OptionalDigit, '@' => Text, var literal => literal });
                    break;
            }
        }
        at++;
        section._pattern = pattern.ToString();
        return section;
    }

    /// <summary>Whether the section's condition, such as [&gt;=10], holds; false without one.</summary>
    public bool Holds(double number) => _operator switch
    {
        "=" => number == _operand,
        "<>" => number != _operand,
        "<" => number < _operand,
        "<=" => number <= _operand,
        ">" => number > _operand,
        ">=" => number >= _operand,
        _ => false,
    };

    /// <summary>A number that is not negative as the pattern shows it; null when there is no pattern or the number does not fit it.</summary>
    public string? Apply(double number)
    {
        if (!IsPattern) return null;
        if (!_pattern.AsSpan().ContainsAny(Digit, OptionalDigit)) return Fill(NumberText.Of(number));
        if (number != Math.Truncate(number) || number is not (>= 0 and < 1e15)) return null;
        var places = _pattern.Count(c => c is Digit or OptionalDigit);
        var digits = number == 0 ? "" : ((long)number).ToString(CultureInfo.InvariantCulture);
        digits = digits.PadLeft(_pattern.Count(c => c == Digit), '0');
        var text = new StringBuilder();
        var (place, at) = (0, 0);
        foreach (var c in _pattern)
        {
            if (c is not (Digit or OptionalDigit))
            {
                text.Append(c);
                continue;
            }
            // The first place takes all digits that exceed the number of places; without enough digits the first places stay empty.
            place++;
            var next = Math.Max(0, digits.Length - places + place);
            text.Append(digits, at, next - at);
            at = next;
        }
        return text.ToString();
    }

    /// <summary>A text as the pattern shows it; null when it adds nothing.</summary>
    public string? Apply(string text) => _isReadable && HasWords ? Fill(text) : null;

    private string Fill(string value) => _pattern.Replace(Text.ToString(), value, StringComparison.Ordinal)
        .Replace(Whole.ToString(), value, StringComparison.Ordinal);

    /// <summary>Brackets hold elapsed hours, conditions, colours and locales.</summary>
    private void ReadBrackets(string inside)
    {
        if (inside.Length > 0 && inside.All(c => "hHmMsS".Contains(c, StringComparison.Ordinal))) IsDate = IsElapsed = true;
        var length = inside.AsSpan().IndexOfAnyExcept("<=>");
        if (length <= 0 || !double.TryParse(inside.AsSpan(length), NumberStyles.Float, CultureInfo.InvariantCulture, out var operand)) return;
        (_operator, _operand) = (inside[..length], operand);
    }
}

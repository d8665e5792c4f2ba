using System.Globalization;
using System.Text;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>What a number format means for reading: the numbers are dates or times, or digits of a code such as 000000, or plain numbers.</summary>
internal sealed record NumberFormat
{
    private const char Digit = '\0';

    // Excel's limit.
    private const int MaxLength = 255;

    public static readonly NumberFormat General = new();
    private static readonly NumberFormat Day = new() { IsDate = true };
    private static readonly NumberFormat Time = new() { IsDate = true, IsElapsed = true };

    public bool IsDate { get; private init; }

    /// <summary>A duration, whose hours may exceed 24.</summary>
    public bool IsElapsed { get; private init; }

    /// <summary>Digit places and literal text, when the format consists of nothing else; otherwise null.</summary>
    private string? Pattern { get; init; }

    /// <summary>A built-in format, which workbooks refer to by number only. 27-36 and 50-58 are Chinese and Japanese dates.</summary>
    public static NumberFormat Of(int id) => id switch
    {
        >= 14 and <= 22 or >= 27 and <= 36 or 45 or 47 or >= 50 and <= 58 => Day,
        46 => Time,
        _ => General,
    };

    /// <summary>A format by its code. Only the first section counts, the one for positive numbers.</summary>
    public static NumberFormat Of(string code)
    {
        if (code.Length > MaxLength) return General;
        var (isDate, isElapsed, isShape) = (false, false, true);
        var shape = new StringBuilder();
        for (var i = 0; i < code.Length && code[i] != ';'; i++)
        {
            switch (code[i])
            {
                case '"':
                    var end = code.IndexOf('"', i + 1);
                    shape.Append(code, i + 1, (end < 0 ? code.Length : end) - i - 1);
                    i = end < 0 ? code.Length : end;
                    break;
                case '\\' or '!':
                    if (++i < code.Length) shape.Append(code[i]);
                    break;
                case '_' or '*':
                    i++;
                    break;
                case '[':
                    var close = code.IndexOf(']', i);
                    var inside = close < 0 ? "" : code[(i + 1)..close];
                    // Brackets also hold colours, conditions and locales.
                    if (inside.Length > 0 && inside.All(c => "hHmMsS".Contains(c, StringComparison.Ordinal))) isDate = isElapsed = true;
                    i = close < 0 ? code.Length : close;
                    break;
                case 'G' or 'g':
                    isShape = false;
                    if (string.Compare(code, i, "General", 0, 7, StringComparison.OrdinalIgnoreCase) == 0) i += 6;
                    break;
                case 'E' or 'e' when i + 1 < code.Length && code[i + 1] is '+' or '-':
                    isShape = false;
                    break;
                case 'y' or 'Y' or 'm' or 'M' or 'd' or 'D' or 'h' or 'H' or 's' or 'S' or 'e' or 'E' or 'a' or 'A' or 'b' or 'B':
                    isDate = true;
                    break;
                case '#' or '?' or '.' or ',' or '%' or '/' or '@':
                    isShape = false;
                    break;
                default:
                    shape.Append(code[i] == '0' ? Digit : code[i]);
                    break;
            }
        }
        if (isDate) return new NumberFormat { IsDate = true, IsElapsed = isElapsed };
        return isShape && shape.Length > 1 && shape.ToString() is var text && text.Contains(Digit, StringComparison.Ordinal)
            ? new NumberFormat { Pattern = text } : General;
    }

    /// <summary>The number as the pattern shows it, or null when there is no pattern or the number does not fit one.</summary>
    public string? Apply(double number)
    {
        if (Pattern is null || number != Math.Truncate(number) || number is not (>= 0 and < 1e15)) return null;
        var places = Pattern.Count(c => c == Digit);
        var digits = ((long)number).ToString(CultureInfo.InvariantCulture).PadLeft(places, '0');
        var text = new StringBuilder();
        var at = 0;
        foreach (var c in Pattern)
        {
            if (c != Digit)
            {
                text.Append(c);
                continue;
            }
            // The first place takes all digits that exceed the number of places.
            var next = at == 0 ? digits.Length - places + 1 : at + 1;
            text.Append(digits, at, next - at);
            at = next;
        }
        return text.ToString();
    }
}

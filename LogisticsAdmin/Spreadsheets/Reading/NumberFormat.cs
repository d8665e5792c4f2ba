using System.Globalization;
using System.Text;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>What a number format says about the numbers under it: that they are days or times, or digits of a code such as 000000.</summary>
internal sealed record NumberFormat
{
    private const char Digit = '\0';

    // What Excel allows.
    private const int Longest = 255;

    public static readonly NumberFormat General = new();
    private static readonly NumberFormat Day = new() { IsDate = true };
    private static readonly NumberFormat Time = new() { IsDate = true, IsElapsed = true };

    public bool IsDate { get; private init; }

    /// <summary>Hours run on beyond 24.</summary>
    public bool IsElapsed { get; private init; }

    /// <summary>Digits and the literal text around them, when the format is nothing else.</summary>
    private string? Shape { get; init; }

    /// <summary>The formats that every workbook has without writing them down. 27-36 and 50-58 are the Chinese and Japanese days.</summary>
    public static NumberFormat Of(int id) => id switch
    {
        >= 14 and <= 22 or >= 27 and <= 36 or 45 or 47 or >= 50 and <= 58 => Day,
        46 => Time,
        _ => General,
    };

    /// <summary>Judged by its first section, the one for positive numbers.</summary>
    public static NumberFormat Of(string code)
    {
        if (code.Length > Longest) return General;
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
                    // Colours, conditions and locales stand in brackets too.
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
            ? new NumberFormat { Shape = text } : General;
    }

    /// <summary>The digits as the format shows them, or null when it shows numbers like any other.</summary>
    public string? Shaped(double number)
    {
        if (Shape is null || number != Math.Truncate(number) || number is not (>= 0 and < 1e15)) return null;
        var places = Shape.Count(c => c == Digit);
        var digits = ((long)number).ToString(CultureInfo.InvariantCulture).PadLeft(places, '0');
        var text = new StringBuilder();
        var at = 0;
        foreach (var c in Shape)
        {
            if (c != Digit)
            {
                text.Append(c);
                continue;
            }
            // The first place takes what the others leave.
            var next = at == 0 ? digits.Length - places + 1 : at + 1;
            text.Append(digits, at, next - at);
            at = next;
        }
        return text.ToString();
    }
}

using System.Globalization;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>Writes a number with the fewest digits that identify it, never with an exponent.</summary>
internal static class NumberText
{
    private const int ExactDigits = 15;

    /// <summary>Whether the digits in the file already have this form, so that they need not be written anew.</summary>
    public static bool IsShort(ReadOnlySpan<char> raw)
    {
        if (raw.StartsWith("-")) raw = raw[1..];
        if (raw.Length is 0 or > ExactDigits) return false;
        var point = raw.IndexOf('.');
        var whole = point < 0 ? raw : raw[..point];
        if (raw is "0" or "" || whole.Length == 0 || whole[0] == '0' && (whole.Length > 1 || point < 0 && raw.Length > 1)) return false;
        if (point >= 0 && (raw[^1] is '.' or '0' || raw[(point + 1)..].ContainsAnyExceptInRange('0', '9'))) return false;
        return !whole.ContainsAnyExceptInRange('0', '9');
    }

    public static string Of(double number)
    {
        if (number == Math.Truncate(number) && Math.Abs(number) < 1e15) return ((long)number).ToString(CultureInfo.InvariantCulture);
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var at = text.IndexOf('E', StringComparison.Ordinal);
        return at < 0 ? text : Expand(text[..at], int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    private static string Expand(string mantissa, int exponent)
    {
        var sign = mantissa[0] == '-' ? "-" : "";
        var digits = mantissa[sign.Length..].Replace(".", "", StringComparison.Ordinal);
        var point = 1 + exponent;
        if (point <= 0) return $"{sign}0.{new string('0', -point)}{digits}";
        return point >= digits.Length ? sign + digits.PadRight(point, '0') : $"{sign}{digits[..point]}.{digits[point..]}";
    }
}

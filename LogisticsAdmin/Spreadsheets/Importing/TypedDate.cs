using System.Globalization;
using System.Text.RegularExpressions;
using LogisticsAdmin.Spreadsheets.Reading;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>A moment read from a cell, or none, because it is unreadable or ambiguous (3/4/2026).</summary>
internal readonly record struct TypedDate(DateTime? Moment, bool IsAmbiguous = false)
{
    // In 1927. A smaller number without a date format is rather a year or a count.
    private const double MinSerial = 10_000;

    private static readonly string[] FormatsWithMonthNames =
        ["d MMM yyyy", "d MMMM yyyy", "d-MMM-yyyy", "MMM d, yyyy", "MMMM d, yyyy", "MMM d yyyy", "MMMM d yyyy"];

    /// <summary>Whether a cell of a text column is a date, or the text that Excel leaves of one in a CSV file: 3-2 becomes 3月2日 or 2-Mar.</summary>
    public static bool IsMadeByExcel(Cell cell) =>
        cell.Kind == CellKind.Date || cell.Kind == CellKind.Text && DatePatterns.MadeByExcel().IsMatch(TypedText.Clean(cell.Text));

    public static TypedDate OfDate(double serial) => new(serial < 1 ? null : SerialDate.Moment(serial));

    public static TypedDate OfNumber(double number, bool countsFrom1904)
    {
        if (number == Math.Truncate(number) && number is >= 1000_01_01 and <= 9999_12_31)
            return OfText(number.ToString(CultureInfo.InvariantCulture), countsFrom1904);
        var serial = countsFrom1904 ? number + SerialDate.DaysTo1904 : number;
        return new TypedDate(serial < MinSerial ? null : SerialDate.Moment(serial));
    }

    /// <summary>Expects folded and trimmed text.</summary>
    public static TypedDate OfText(string text, bool countsFrom1904)
    {
        var match = DatePatterns.YearFirst().Match(text);
        if (!match.Success) match = DatePatterns.Compact().Match(text);
        if (match.Success) return new TypedDate(Of(match, Part(match, "y"), Part(match, "m"), Part(match, "d")));
        match = DatePatterns.YearLast().Match(text);
        if (match.Success)
        {
            var (a, b, year) = (Part(match, "a"), Part(match, "b"), Part(match, "y"));
            if (match.Groups["y"].Length < 4) return new TypedDate(null, IsAmbiguous: true);
            if (a <= 12 && b <= 12 && a != b) return new TypedDate(null, IsAmbiguous: true);
            return new TypedDate(a > 12 ? Of(match, year, b, a) : Of(match, year, a, b));
        }
        if (DatePatterns.Serial().IsMatch(text))
            return OfNumber(double.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), countsFrom1904);
        var isNamed = DateTime.TryParseExact(text, FormatsWithMonthNames, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var named);
        return new TypedDate(isNamed ? named : null);
    }

    private static DateTime? Of(Match match, int year, int month, int day)
    {
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        var (hour, minute, second) = (Part(match, "h"), Part(match, "min"), Part(match, "s"));
        var half = match.Groups["half"].Value.ToUpperInvariant();
        if (half.Length > 0 && hour is < 1 or > 12 && hour != 0) return null;
        if (half is "下午" or "PM" && hour < 12) hour += 12;
        if (half is "上午" or "AM" && hour == 12) hour = 0;
        return hour > 23 || minute > 59 || second > 59 ? null : new DateTime(year, month, day, hour, minute, second);
    }

    private static int Part(Match match, string name) => match.Groups[name] is { Success: true } group
        ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
}

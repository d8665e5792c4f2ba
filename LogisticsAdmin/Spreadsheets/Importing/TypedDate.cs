using System.Globalization;
using System.Text.RegularExpressions;
using LogisticsAdmin.Spreadsheets.Reading;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>
/// A moment read from a cell, or none, because it is unreadable or ambiguous (3/4/2026). <paramref name="Offset"/> is the one from UTC that
/// the text has; without one the moment is local.
/// </summary>
internal readonly record struct TypedDate(DateTime? Moment, bool IsAmbiguous = false, TimeSpan? Offset = null)
{
    private static readonly TimeSpan MaxOffset = TimeSpan.FromHours(14);

    // In 1927. A smaller number without a date format is rather a year or a count.
    private const double MinSerial = 10_000;

    private const int UnreadableHour = -1, AmbiguousHour = -2;

    private static readonly string[] FormatsWithMonthNames =
        ["d MMM yyyy", "d MMMM yyyy", "d-MMM-yyyy", "MMM d, yyyy", "MMMM d, yyyy", "MMM d yyyy", "MMMM d yyyy"];

    /// <summary>Whether a cell of a text column is a date, or the text that Excel leaves of one in a CSV file: 3-2 becomes 3月2日 or 2-Mar.</summary>
    public static bool IsMadeByExcel(Cell cell) =>
        cell.Kind == CellKind.Date || cell.Kind == CellKind.Text && DatePatterns.MadeByExcel().IsMatch(TypedText.Clean(cell.Text));

    /// <summary>The local moment in the zone; null when the text has an offset and the zone is not known.</summary>
    public DateTime? In(TimeZoneInfo? zone) => (Moment, Offset, zone) switch
    {
        (_, null, _) or (null, _, _) => Moment,
        ({ Year: > 1 and < 9999 } moment, { } offset, { }) => TimeZoneInfo.ConvertTime(new DateTimeOffset(moment, offset), zone).DateTime,
        _ => null,
    };

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
        if (match.Success) return Of(match, Part(match, "y"), Part(match, "m"), Part(match, "d"));
        match = DatePatterns.YearLast().Match(text);
        if (match.Success)
        {
            var (a, b, year) = (Part(match, "a"), Part(match, "b"), Part(match, "y"));
            if (match.Groups["y"].Length < 4) return new TypedDate(null, IsAmbiguous: true);
            if (a <= 12 && b <= 12 && a != b) return new TypedDate(null, IsAmbiguous: true);
            return a > 12 ? Of(match, year, b, a) : Of(match, year, a, b);
        }
        if (DatePatterns.Serial().IsMatch(text))
            return OfNumber(double.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), countsFrom1904);
        var isNamed = DateTime.TryParseExact(text, FormatsWithMonthNames, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var named);
        return new TypedDate(isNamed ? named : null);
    }

    private static TypedDate Of(Match match, int year, int month, int day)
    {
        if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return default;
        var date = new DateTime(year, month, day);
        var week = match.Groups["week"].Value;
        if (week.Length > 0 && (week == "天" ? 0 : "日一二三四五六".IndexOf(week, StringComparison.Ordinal)) != (int)date.DayOfWeek) return default;
        var (hour, minute, second) = (HourOf(match.Groups["half"].Value.ToUpperInvariant(), Part(match, "h")), Part(match, "min"), Part(match, "s"));
        if (hour == AmbiguousHour) return new TypedDate(null, IsAmbiguous: true);
        // 24:00 is the next day's 0:00.
        if (hour is < 0 or > 24 || minute > 59 || second > 59 || (hour == 24 && minute + second > 0)) return default;
        var moment = date.AddHours(hour).AddMinutes(minute).AddSeconds(second);
        return match.Groups["zone"] is not { Success: true, Value: var zone } ? new TypedDate(moment)
            : OffsetOf(zone) is { } offset ? new TypedDate(moment, Offset: offset) : default;
    }

    /// <summary>The hour of 24, or less than 0 when there is none. 晚上12点 and 晚上1点 may be of this day or of the next.</summary>
    private static int HourOf(string half, int hour) => half switch
    {
        "" => hour,
        "AM" or "上午" or "早上" or "早晨" or "清晨" or "凌晨" or "早" => hour > 12 ? UnreadableHour : hour % 12,
        "中午" => hour is >= 11 and <= 14 ? hour : hour is 1 or 2 ? hour + 12 : UnreadableHour,
        "PM" or "下午" or "午后" or "傍晚" => hour < 12 ? hour + 12 : hour,
        _ => hour is >= 5 and < 12 ? hour + 12 : hour is >= 17 and <= 24 ? hour : AmbiguousHour,
    };

    private static TimeSpan? OffsetOf(string zone)
    {
        if (zone is "Z" or "z") return TimeSpan.Zero;
        var digits = zone.Replace(":", "", StringComparison.Ordinal);
        var (hours, minutes) = (int.Parse(digits.AsSpan(1, 2), CultureInfo.InvariantCulture), int.Parse(digits.AsSpan(3), CultureInfo.InvariantCulture));
        var offset = new TimeSpan(hours, minutes, 0);
        return minutes > 59 || offset > MaxOffset ? null : zone[0] == '-' ? -offset : offset;
    }

    private static int Part(Match match, string name) => match.Groups[name] is { Success: true } group
        ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
}

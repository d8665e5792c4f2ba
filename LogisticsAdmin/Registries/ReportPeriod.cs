using System.Globalization;

namespace LogisticsAdmin.Registries;

/// <summary>
/// The days that a report is about, in the office's time zone; <paramref name="Until"/> is the first day after it. As text and in addresses:
/// 2026-10-05, 2026-10, 2026-Q3, 2026, or 2026-02-20..2026-07-10 with both days included.
/// </summary>
public sealed record ReportPeriod(PeriodKind Kind, DateOnly From, DateOnly Until)
{
    private const string DayFormat = "yyyy-MM-dd";

    private const int FirstYear = 1990, LastYearAllowed = 2100;

    public static ReportPeriod MonthOf(DateOnly day) => new(PeriodKind.Month, FirstOfMonth(day), FirstOfMonth(day).AddMonths(1));

    public static ReportPeriod DayOf(DateOnly day) => new(PeriodKind.Day, day, day.AddDays(1));

    public static ReportPeriod YearOf(DateOnly day) => new(PeriodKind.Year, new DateOnly(day.Year, 1, 1), new DateOnly(day.Year + 1, 1, 1));

    public static ReportPeriod QuarterOf(DateOnly day)
    {
        var from = new DateOnly(day.Year, (day.Month - 1) / 3 * 3 + 1, 1);
        return new ReportPeriod(PeriodKind.Quarter, from, from.AddMonths(3));
    }

    /// <summary>The days from the first to the last, both included.</summary>
    public static ReportPeriod Days(DateOnly first, DateOnly last) => new(PeriodKind.Range, first, last.AddDays(1));

    /// <summary>The last day that it includes.</summary>
    public DateOnly Last => Until.AddDays(-1);

    /// <summary>The period of the same kind just before it.</summary>
    public ReportPeriod Previous => Kind switch
    {
        PeriodKind.Month => MonthOf(From.AddMonths(-1)),
        PeriodKind.Quarter => QuarterOf(From.AddMonths(-3)),
        PeriodKind.Year => YearOf(From.AddYears(-1)),
        PeriodKind.Day => DayOf(From.AddDays(-1)),
        _ => new ReportPeriod(Kind, From.AddDays(From.DayNumber - Until.DayNumber), From),
    };

    /// <summary>The same period of the year before.</summary>
    public ReportPeriod YearBefore => Kind switch
    {
        PeriodKind.Month => MonthOf(From.AddYears(-1)),
        PeriodKind.Quarter => QuarterOf(From.AddYears(-1)),
        PeriodKind.Year => Previous,
        _ => new ReportPeriod(Kind, From.AddYears(-1), Last.AddYears(-1).AddDays(1)),
    };

    public override string ToString() => Kind switch
    {
        PeriodKind.Day => From.ToString(DayFormat, CultureInfo.InvariantCulture),
        PeriodKind.Month => From.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        PeriodKind.Quarter => string.Create(CultureInfo.InvariantCulture, $"{From.Year:0000}-Q{(From.Month + 2) / 3}"),
        PeriodKind.Year => From.ToString("yyyy", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{From:yyyy-MM-dd}..{Last:yyyy-MM-dd}"),
    };

    /// <summary>Reads what <see cref="ToString"/> writes; null for anything else.</summary>
    public static ReportPeriod? Parse(string? text)
    {
        text = text?.Trim() ?? "";
        if (text.Split("..") is [var first, var last])
            return Day(first) is { } from && Day(last) is { } to && from <= to ? Days(from, to) : null;
        if (Day(text) is { } day) return DayOf(day);
        if (Exact(text, "yyyy-MM") is { } month) return MonthOf(month);
        if (Exact(text, "yyyy") is { } year) return YearOf(year);
        return text is [_, _, _, _, '-', 'Q' or 'q', >= '1' and <= '4'] && Exact(text[..4], "yyyy") is { } start
            ? QuarterOf(start.AddMonths((text[6] - '1') * 3)) : null;
    }

    private static DateOnly? Day(string text) => Exact(text, DayFormat);

    private static DateOnly? Exact(string text, string format) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= FirstYear and <= LastYearAllowed ? day : null;

    private static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);
}

using System.Globalization;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>账期: the days that a bill stands for. Its code is 2026-11 for a month, 2026 for a year, 2026-09T for the term that begins then.</summary>
public sealed record FeePeriod(string Code, DateOnly First, DateOnly Last)
{
    /// <summary>The first days of the months that the period touches.</summary>
    public IReadOnlyList<DateOnly> Months => MonthsBetween(First, Last);

    /// <summary>The calendar year for which its steps count.</summary>
    public int StepYear => First.Year;

    public static FeePeriod Month(int year, int month)
    {
        var first = new DateOnly(year, month, 1);
        return new FeePeriod(first.ToString("yyyy-MM", CultureInfo.InvariantCulture), first, first.AddMonths(1).AddDays(-1));
    }

    public static FeePeriod Year(int year) =>
        new(year.ToString("0000", CultureInfo.InvariantCulture), new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));

    public static FeePeriod Term(DateOnly first, DateOnly last) => new(first.ToString("yyyy-MM'T'", CultureInfo.InvariantCulture), first, last);

    /// <summary>A month or a year; null for anything else. Terms are known by the office calendar only.</summary>
    public static FeePeriod? Parse(string? code)
    {
        if (DateOnly.TryParseExact(code, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)) return Month(month.Year, month.Month);
        return DateOnly.TryParseExact(code, "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var year) ? Year(year.Year) : null;
    }

    public static IReadOnlyList<DateOnly> MonthsBetween(DateOnly first, DateOnly last)
    {
        List<DateOnly> months = [];
        for (var month = new DateOnly(first.Year, first.Month, 1); month <= last; month = month.AddMonths(1)) months.Add(month);
        return months;
    }
}

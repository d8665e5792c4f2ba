using System.Globalization;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>Days of the week and meals, each as bits of a number.</summary>
public static class ServedDays
{
    public const int EveryDay = 127;

    public static bool Has(int days, DateOnly day) => (days & BitOf(day.DayOfWeek)) != 0;

    public static bool Has(int meals, Meal meal) => (meals & (int)meal) != 0;

    public static int BitOf(DayOfWeek day) => 1 << (int)day;

    /// <summary>From Monday to Sunday.</summary>
    public static IReadOnlyList<DayOfWeek> Week { get; } =
    [
        DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday,
    ];

    /// <summary>The days in the reader's language, short.</summary>
    public static string Show(int days) => string.Join(' ', Week.Where(d => (days & BitOf(d)) != 0).Select(Name));

    public static string Name(DayOfWeek day) => CultureInfo.CurrentUICulture.DateTimeFormat.GetAbbreviatedDayName(day);

    /// <summary>As digits, Monday is 1 and Sunday 7: the form in files.</summary>
    public static string ToDigits(int days) => string.Concat(Week.Index().Where(d => (days & BitOf(d.Item)) != 0).Select(d => d.Index + 1));

    /// <summary>Reads digits; null for anything else.</summary>
    public static int? FromDigits(string typed)
    {
        var days = 0;
        foreach (var digit in typed)
        {
            if (digit is < '1' or > '7') return null;
            days |= BitOf(Week[digit - '1']);
        }
        return days == 0 ? null : days;
    }
}

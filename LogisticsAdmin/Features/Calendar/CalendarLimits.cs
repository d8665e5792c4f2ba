using System.Globalization;

namespace LogisticsAdmin.Features.Calendar;

/// <summary>Limits of calendar forms and imports.</summary>
public static class CalendarLimits
{
    public const int Name = 40;
    public const int SourceKey = 300;
    public const int SlotsPerDay = 6;

    /// <summary>The maximum length of a span in days; longer than any university break.</summary>
    public const int SpanDays = 120;

    public const int FirstYear = 2000;
    public const int LastYear = 2099;

    /// <summary>The year that an address asks for; null for anything else.</summary>
    public static int? YearOf(string? asked) =>
        int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= FirstYear and <= LastYear ? year : null;
}

namespace LogisticsAdmin.Features.Calendar;

/// <summary>Limits of what may be typed into or brought into the calendar.</summary>
public static class CalendarLimits
{
    public const int Name = 40;
    public const int SourceKey = 300;
    public const int SlotsPerDay = 6;

    /// <summary>The longest break of a university, with room to spare.</summary>
    public const int SpanDays = 120;

    public const int FirstYear = 2000;
    public const int LastYear = 2099;
}

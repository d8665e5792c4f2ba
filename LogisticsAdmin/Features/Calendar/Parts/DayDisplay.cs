using System.Globalization;

namespace LogisticsAdmin.Features.Calendar.Parts;

/// <summary>How days, times and spans are written, in the reader's language.</summary>
internal static class DayDisplay
{
    /// <summary>Plain working days and weekends carry no letter; what differs from the week does.</summary>
    public static bool HasMark(DayState state) => state is DayState.Holiday or DayState.MakeUpWorkday or DayState.TermBreak;

    public static string Key(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Month(int year, int month) => new DateOnly(year, month, 1).ToString("MMM", CultureInfo.CurrentCulture);

    public static string LongDate(DateOnly day) => day.ToString("D", CultureInfo.CurrentCulture);

    /// <summary>Mo, 一: some versions of the Chinese names say 周 before each.</summary>
    public static string ShortName(DayOfWeek day) => CultureInfo.CurrentUICulture.DateTimeFormat.ShortestDayNames[(int)day].TrimStart('周');

    public static string LongName(DayOfWeek day) => CultureInfo.CurrentUICulture.DateTimeFormat.DayNames[(int)day];

    public static string Time(TimeOnly time, bool isEnd = false) =>
        isEnd && time == TimeOnly.MinValue ? "24:00" : time.ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string Slot(SlotTimes slot) => $"{Time(slot.From)}–{Time(slot.To, isEnd: true)}";

    /// <summary>Month and day, with the year where it is another one than the reader looks at.</summary>
    public static string Range(SpanRow span, int year)
    {
        var format = span.From.Year == year && span.To.Year == year ? "MM-dd" : "yyyy-MM-dd";
        var (from, to) = (span.From.ToString(format, CultureInfo.InvariantCulture), span.To.ToString(format, CultureInfo.InvariantCulture));
        return from == to ? from : $"{from} – {to}";
    }
}

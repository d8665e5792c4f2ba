using System.Globalization;

namespace LogisticsAdmin.Features.Calendar.Parts;

/// <summary>Formats days, times and spans in the reader's language.</summary>
internal static class DayDisplay
{
    /// <summary>Only days that differ from the weekly pattern are marked.</summary>
    public static bool HasMark(DayState state) => state is DayState.Holiday or DayState.MakeUpWorkday or DayState.TermBreak;

    public static string Key(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Month(int year, int month) => new DateOnly(year, month, 1).ToString("MMM", CultureInfo.CurrentCulture);

    public static string LongDate(DateOnly day) => day.ToString("D", CultureInfo.CurrentCulture);

    /// <summary>For example Mo or 一. Some versions of the Chinese culture data put 周 before each name.</summary>
    public static string ShortName(DayOfWeek day) => CultureInfo.CurrentUICulture.DateTimeFormat.ShortestDayNames[(int)day].TrimStart('周');

    public static string LongName(DayOfWeek day) => CultureInfo.CurrentUICulture.DateTimeFormat.DayNames[(int)day];

    public static string Time(TimeOnly time, bool isEnd = false) =>
        isEnd && time == TimeOnly.MinValue ? "24:00" : time.ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string Slot(SlotTimes slot) => $"{Time(slot.From)}–{Time(slot.To, isEnd: true)}";

    /// <summary>Month and day, with the year if it is not the displayed one.</summary>
    public static string Range(SpanRow span, int year)
    {
        var format = span.From.Year == year && span.To.Year == year ? "MM-dd" : "yyyy-MM-dd";
        var (from, to) = (span.From.ToString(format, CultureInfo.InvariantCulture), span.To.ToString(format, CultureInfo.InvariantCulture));
        return from == to ? from : $"{from} – {to}";
    }
}

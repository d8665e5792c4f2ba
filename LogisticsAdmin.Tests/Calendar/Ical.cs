using System.Text;

namespace LogisticsAdmin.Tests.Calendar;

/// <summary>iCalendar files as calendar programs write them.</summary>
internal static class Ical
{
    public static byte[] Of(params string[] events) =>
        Encoding.UTF8.GetBytes($"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{string.Concat(events)}END:VCALENDAR\r\n");

    /// <summary>A whole-day event; <paramref name="end"/> is the day after its last one, as in the format.</summary>
    public static string WholeDay(string? uid, string title, string start, string? end = null, string more = "") =>
        Event($"{(uid is null ? "" : $"UID:{uid}\r\n")}DTSTART;VALUE=DATE:{start}\r\n"
            + $"{(end is null ? "" : $"DTEND;VALUE=DATE:{end}\r\n")}SUMMARY:{title}\r\n{more}");

    public static string Event(string lines) => $"BEGIN:VEVENT\r\n{lines}END:VEVENT\r\n";
}

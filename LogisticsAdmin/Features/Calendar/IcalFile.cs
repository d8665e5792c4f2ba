using System.Globalization;
using System.Runtime.Serialization;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using LogisticsAdmin.Shared;
using IcalCalendar = Ical.Net.Calendar;

namespace LogisticsAdmin.Features.Calendar;

/// <summary>One all-day event of a file, or the problem with it.</summary>
internal sealed record IcalEvent(string Key, string Name, DateOnly? From, DateOnly? To, SpanKind? Kind, string? Problem);

/// <summary>
/// Reads holidays, make-up days and breaks from an iCalendar file. The file is not trusted: what is too large, too deep or endless is refused.
/// </summary>
internal static class IcalFile
{
    public const int MaxBytes = 1024 * 1024;
    private const int MaxEvents = 1_000;
    private const int MaxOccurrences = 200;
    private const int MaxDepth = 6;
    private const int LongestLine = 20_000;

    private static readonly FrequencyType[] SupportedFrequencies = [FrequencyType.Daily, FrequencyType.Weekly, FrequencyType.Monthly, FrequencyType.Yearly];

    /// <summary>Series are expanded from the year before to the year after <paramref name="today"/>.</summary>
    public static IReadOnlyList<IcalEvent> Read(byte[] file, SpanKind? otherwise, DateOnly today, TimeZoneInfo zone)
    {
        if (file.Length > MaxBytes) throw Rejected.At<CalendarText>(nameof(CalendarImportForm.File), "FileTooLarge");
        var events = Parse(Text(file)).Events.ToList();
        if (events.Count == 0) throw Rejected.At<CalendarText>(nameof(CalendarImportForm.File), "NoEvents");
        if (events.Count > MaxEvents) throw Rejected.At<CalendarText>(nameof(CalendarImportForm.File), "TooManyEvents", MaxEvents);
        List<IcalEvent> read = [];
        var moved = events.Where(e => e.RecurrenceIdentifier is not null).Select(e => OccurrenceKey(e, e.RecurrenceIdentifier!.StartTime.Date)).ToHashSet();
        foreach (var one in events)
        {
            read.AddRange(Spans(one, otherwise, today, zone).Where(s => one.RecurrenceIdentifier is not null || !moved.Contains(s.Key)));
            if (read.Count > MaxEvents) throw Rejected.At<CalendarText>(nameof(CalendarImportForm.File), "TooManyEvents", MaxEvents);
        }
        return read;
    }

    /// <summary>
    /// The kind that a title indicates: 班 is a make-up workday, 寒假 and 暑假 are term breaks, 休, 放假 and 假期 are holidays, and 调休 alone is a
    /// make-up workday; also in English. Null if the title does not say.
    /// </summary>
    public static SpanKind? KindOf(string title)
    {
        if (ContainsAny(title, "班", "workday", "working day")) return SpanKind.MakeUpWorkday;
        if (ContainsAny(title, "寒假", "暑假", "winter break", "summer break")) return SpanKind.TermBreak;
        if (ContainsAny(title.Replace("调休", "", StringComparison.Ordinal), "休", "放假", "假期", "holiday", "day off")) return SpanKind.Holiday;
        return ContainsAny(title, "调休") ? SpanKind.MakeUpWorkday : null;
    }

    /// <summary>The title without a suffix that repeats the kind, as in 春节（休）.</summary>
    private static string NameOf(string title) => title is [.. var name, '(', '休' or '班' or '假', ')'] && name.Trim() is { Length: > 0 } kept ? kept : title;

    private static bool ContainsAny(string title, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (title.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static string Text(byte[] file)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw NotICalendar();
        }
    }

    private static IcalCalendar Parse(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase)) throw NotICalendar();
        var depth = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("BEGIN:", StringComparison.OrdinalIgnoreCase)) depth++;
            if (line.StartsWith("END:", StringComparison.OrdinalIgnoreCase)) depth--;
            if (depth > MaxDepth || line.Length > LongestLine) throw NotICalendar();
        }
        try
        {
            return IcalCalendar.Load(text) ?? throw NotICalendar();
        }
        catch (Exception e) when (IsParseError(e))
        {
            throw NotICalendar();
        }
    }

    private static IEnumerable<IcalEvent> Spans(CalendarEvent one, SpanKind? otherwise, DateOnly today, TimeZoneInfo zone)
    {
        var title = CleanText.Clean(one.Summary);
        var (name, kind) = (NameOf(title), KindOf(title) ?? otherwise);
        IcalEvent Refused(string problem, DateOnly? from = null, DateOnly? to = null) => new(KeyOf(one), name, from, to, kind, problem);
        IcalEvent Span(string key, CalDateTime start, CalDateTime? end)
        {
            if (Days(one, LocalTime(start, zone), LocalTime(end ?? start, zone)) is not var (from, to)) return Refused("NotWholeDays");
            var problem = name.Length == 0 ? "NoName"
                : name.Length > CalendarLimits.Name ? "NameTooLong"
                : key.Length > CalendarLimits.SourceKey ? "KeyTooLong"
                : to < from ? "EndsBeforeStart"
                : from.Year < CalendarLimits.FirstYear || to.Year > CalendarLimits.LastYear ? "OutOfYears"
                : to.DayNumber - from.DayNumber >= CalendarLimits.SpanDays ? "TooLong"
                : kind is null ? "NoKind"
                : null;
            return new IcalEvent(key, name, from, to, kind, problem);
        }
        try
        {
            if (one.DtStart is null) return [Refused("NoDate")];
            if (one.RecurrenceIdentifier is { } moved) return [Span(OccurrenceKey(one, moved.StartTime.Date), one.DtStart, End(one))];
            if (one.RecurrenceRule is null && one.RecurrenceDates.GetAllDates().FirstOrDefault() is null) return [Span(KeyOf(one), one.DtStart, End(one))];
            if (one.RecurrenceRule is { } rule && !SupportedFrequencies.Contains(rule.Frequency)) return [Refused("BadSeries")];
            var (first, after) = (new CalDateTime(today.Year - 1, 1, 1), new DateOnly(today.Year + 2, 1, 1));
            var occurrences = one.GetOccurrences(first, new EvaluationOptions { MaxUnmatchedIncrementsLimit = 1_000 })
                .TakeWhile(o => o.Period.StartTime.Date < after).Take(MaxOccurrences + 1).ToList();
            if (occurrences.Count > MaxOccurrences) return [Refused("BadSeries")];
            return [.. occurrences.Select(o => Span(OccurrenceKey(one, o.Period.StartTime.Date), o.Period.StartTime, o.Period.EffectiveEndTime))];
        }
        catch (Exception e) when (IsParseError(e))
        {
            return [Refused("BadEvent")];
        }
    }

    private static CalDateTime End(CalendarEvent one) => one.DtEnd ?? one.DtStart!.Add(one.EffectiveDuration);

    /// <summary>First and last day of an event that begins and ends at midnight; null for any other.</summary>
    private static (DateOnly From, DateOnly To)? Days(CalendarEvent one, DateTime start, DateTime end)
    {
        if (start.TimeOfDay != TimeSpan.Zero || end.TimeOfDay != TimeSpan.Zero) return null;
        var from = DateOnly.FromDateTime(start);
        // The end of an all-day event is exclusive, but many programs write the same day for a one-day event.
        if (end == start) return one.IsAllDay ? (from, from) : null;
        return (from, DateOnly.FromDateTime(end).AddDays(-1));
    }

    private static DateTime LocalTime(CalDateTime at, TimeZoneInfo zone) =>
        !at.HasTime || at.IsFloating ? at.Value : TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(at.AsUtc, DateTimeKind.Utc), zone);

    private static string KeyOf(CalendarEvent one) => CleanText.Clean(one.Uid);

    private static string OccurrenceKey(CalendarEvent one, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{KeyOf(one)}#{day:yyyyMMdd}");

    private static Rejected NotICalendar() => Rejected.At<CalendarText>(nameof(CalendarImportForm.File), "NotICalendar");

    /// <summary>Whether the parser failed because of the file's content. Faults of the machine, such as lack of memory, are not caught.</summary>
    private static bool IsParseError(Exception e) =>
        e is SerializationException or ArgumentException or FormatException or InvalidOperationException
            or OverflowException or NullReferenceException or IndexOutOfRangeException or InvalidCastException
            or NotSupportedException or KeyNotFoundException or EvaluationException;
}

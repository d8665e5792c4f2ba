using System.Globalization;
using System.Runtime.Serialization;
using System.Text;
using System.Text.RegularExpressions;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using LogisticsAdmin.Shared;
using IcalCalendar = Ical.Net.Calendar;

namespace LogisticsAdmin.Features.Calendar;

/// <summary>One all-day event of a file, or the problem with it.</summary>
internal sealed record IcalEvent(string Key, string Name, DateOnly? From, DateOnly? To, SpanKind? Kind, string? Problem)
{
    /// <summary>The problem of an event that the file cancels.</summary>
    public const string Cancelled = "Cancelled";

    public bool IsCancelled => Problem == Cancelled;
}

/// <summary>
/// Reads holidays, make-up days and breaks from an iCalendar file. The file is not trusted: what is too large, too deep or endless is refused.
/// </summary>
internal static partial class IcalFile
{
    public const int MaxBytes = 1024 * 1024;
    private const int MaxEvents = 1_000;
    private const int MaxOccurrences = 200;
    private const int MaxDepth = 6;
    private const int LongestLine = 60_000;

    // Before and after the words of a title; 班 and 休 alone mean something only there.
    private const string Begin = @"(?<=[节旦秋庆明午]|[^\p{L}\p{N}]|^)";
    private const string End = @"(?!\p{L})";
    private const string Not = "不|无需|不用|不必|免";
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    private static readonly TimeSpan AlmostStart = new(0, 1, 0), AlmostEnd = new(23, 59, 0), ShortestWorkday = TimeSpan.FromHours(6);

    private static readonly FrequencyType[] SupportedFrequencies = [FrequencyType.Daily, FrequencyType.Weekly, FrequencyType.Monthly, FrequencyType.Yearly];

    /// <summary>Series are expanded from the year before to the year after <paramref name="today"/>.</summary>
    public static IReadOnlyList<IcalEvent> Read(byte[] file, SpanKind? otherwise, DateOnly today, TimeZoneInfo zone)
    {
        if (file.Length > MaxBytes) throw Rejected.At<CalendarText>(nameof(CalendarImportForm.File), "FileTooLarge");
        var events = Parse(Text(file)).SelectMany(c => c.Events.Select(e => (Event: e, IsCancelled: IsCancelled(c, e)))).ToList();
        if (events.Count == 0) throw Rejected.At<CalendarText>(nameof(CalendarImportForm.File), "NoEvents");
        if (events.Count > MaxEvents) throw Rejected.At<CalendarText>(nameof(CalendarImportForm.File), "TooManyEvents", MaxEvents);
        List<IcalEvent> read = [];
        var moved = events.Where(e => e.Event.RecurrenceIdentifier is not null)
            .Select(e => OccurrenceKey(e.Event, e.Event.RecurrenceIdentifier!.StartTime.Date)).ToHashSet();
        // Some programs give several days the same UID; then each is known by its day as well.
        var shared = events.Where(e => e.Event.RecurrenceIdentifier is null).GroupBy(e => KeyOf(e.Event))
            .Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        foreach (var (one, isCancelled) in events)
        {
            var spans = Spans(one, shared.Contains(KeyOf(one)), isCancelled, otherwise, today, zone);
            read.AddRange(spans.Where(s => one.RecurrenceIdentifier is not null || !moved.Contains(s.Key)));
            if (read.Count > MaxEvents) throw Rejected.At<CalendarText>(nameof(CalendarImportForm.File), "TooManyEvents", MaxEvents);
        }
        return read;
    }

    /// <summary>
    /// The kind that the first words of a title indicate: 补班, 上班 and 班 alone are a make-up workday, 寒假 and 暑假 are term breaks, 放假,
    /// 假期, 不上班 and 休 alone are holidays, and 调休 alone is a make-up workday; also in English. Null if the title does not say, as with 值班.
    /// </summary>
    public static SpanKind? KindOf(string title)
    {
        var (work, free, rest) = (WorkWords().Match(title), FreeWords().Match(title), BreakWords().Match(title));
        if (work.Success && !(free.Success && free.Index < work.Index)) return SpanKind.MakeUpWorkday;
        if (rest.Success) return SpanKind.TermBreak;
        if (free.Success) return SpanKind.Holiday;
        return title.Contains("调休", StringComparison.Ordinal) ? SpanKind.MakeUpWorkday : null;
    }

    [GeneratedRegex(@"(?<!" + Not + @")(上|补|调)班|(?<!非)工作日|(?<!\bnon[- ]?)\bwork(ing )?day|" + Begin + "班" + End, Options)]
    private static partial Regex WorkWords();

    [GeneratedRegex(@"(" + Not + @")(上|补|加)班|非工作日|放假|休假|公休|休息|假期|holiday|day off|non[- ]?work(ing )?day|"
        + Begin + "[休假]" + End, Options)]
    private static partial Regex FreeWords();

    [GeneratedRegex("寒假|暑假|winter break|summer break", Options)]
    private static partial Regex BreakWords();

    /// <summary>The title without a suffix that repeats the kind, as in 春节（休）.</summary>
    private static string NameOf(string title) =>
        title is [.. var name, '(', '休' or '班' or '假', ')'] && name.Trim() is { Length: > 0 } kept ? kept : title;

    private static bool IsCancelled(IcalCalendar calendar, CalendarEvent one) =>
        "CANCEL".Equals(calendar.Method, StringComparison.OrdinalIgnoreCase) || "CANCELLED".Equals(one.Status, StringComparison.OrdinalIgnoreCase);

    private static string Text(byte[] file)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Unfolded(file)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw NotICalendar();
        }
    }

    /// <summary>Joins folded lines. Lines are folded by bytes (RFC 5545, 3.1), so a character may be divided between two lines.</summary>
    private static byte[] Unfolded(byte[] file)
    {
        var kept = new MemoryStream(file.Length);
        var length = 0;
        for (var i = 0; i < file.Length; i++)
        {
            var end = file[i] == '\r' && i + 1 < file.Length && file[i + 1] == '\n' ? 2 : file[i] == '\n' ? 1 : 0;
            length = end > 0 ? 0 : length + 1;
            if (length > LongestLine) throw NotICalendar();
            if (end > 0 && i + end < file.Length && file[i + end] is (byte)' ' or (byte)'\t') i += end;
            else kept.WriteByte(file[i]);
        }
        return kept.ToArray();
    }

    private static CalendarCollection Parse(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase)) throw NotICalendar();
        var depth = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("BEGIN:", StringComparison.OrdinalIgnoreCase)) depth++;
            if (line.StartsWith("END:", StringComparison.OrdinalIgnoreCase)) depth--;
            if (depth > MaxDepth) throw NotICalendar();
        }
        try
        {
            return CalendarCollection.Load(text) is { Count: > 0 } calendars ? calendars : throw NotICalendar();
        }
        catch (Exception e) when (IsParseError(e))
        {
            throw NotICalendar();
        }
    }

    private static IEnumerable<IcalEvent> Spans(
        CalendarEvent one, bool sharesKey, bool isCancelled, SpanKind? otherwise, DateOnly today, TimeZoneInfo zone)
    {
        var title = CleanText.Clean(one.Summary);
        var said = KindOf(title);
        var (name, kind) = (NameOf(title), said ?? otherwise);
        IcalEvent Refused(string problem) => new(KeyOf(one), name, null, null, kind, isCancelled ? IcalEvent.Cancelled : problem);
        IcalEvent Span(string key, CalDateTime start, CalDateTime? end)
        {
            if (isCancelled) return Refused(IcalEvent.Cancelled) with { Key = key };
            if (Days(one, LocalTime(start, zone), LocalTime(end ?? start, zone), said) is not var (from, to)) return Refused("NotWholeDays");
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
            if (one.RecurrenceIdentifier is { } moved) return [Span(OccurrenceKey(one, moved.StartTime.Date), one.DtStart, EndOf(one))];
            if (one.RecurrenceRule is null && one.RecurrenceDates.GetAllDates().FirstOrDefault() is null)
                return [Span(sharesKey ? OccurrenceKey(one, one.DtStart.Date) : KeyOf(one), one.DtStart, EndOf(one))];
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

    private static CalDateTime EndOf(CalendarEvent one) => one.DtEnd ?? one.DtStart!.Add(one.EffectiveDuration);

    /// <summary>
    /// First and last day of an event that begins and ends at midnight or, as some programs write it, within a minute of it; also the day of
    /// a make-up workday that is given with its hours. Null for any other.
    /// </summary>
    private static (DateOnly From, DateOnly To)? Days(CalendarEvent one, DateTime start, DateTime end, SpanKind? said)
    {
        if (start.TimeOfDay <= AlmostStart && end.TimeOfDay >= AlmostEnd) (start, end) = (start.Date, end.Date.AddDays(1));
        if (said == SpanKind.MakeUpWorkday && start.Date == end.Date && end - start >= ShortestWorkday)
            return (DateOnly.FromDateTime(start), DateOnly.FromDateTime(start));
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

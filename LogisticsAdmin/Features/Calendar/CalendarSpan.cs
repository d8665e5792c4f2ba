using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Calendar;

/// <summary>Days on which the weekly pattern does not hold, both ends included.</summary>
public sealed class CalendarSpan : Versioned, IAudited
{
    private CalendarSpan() { }

    public CalendarSpan(DateOnly from, DateOnly to, SpanKind kind, string name, string nameEn, string? sourceKey = null)
    {
        Change(from, to, kind, name, nameEn);
        SourceKey = sourceKey;
    }

    public DateOnly From { get; private set; }
    public DateOnly To { get; private set; }
    public SpanKind Kind { get; private set; }
    public string Name { get; private set; } = "";
    public string NameEn { get; private set; } = "";

    /// <summary>Where it came from: the event's uid in the file it was imported from, with the day for one of a series.</summary>
    public string? SourceKey { get; private set; }

    public LocalName LocalName => new(Name, NameEn);

    public void Change(DateOnly from, DateOnly to, SpanKind kind, string name, string nameEn)
    {
        if (to < from) throw new ArgumentException("A span ends on the day it begins or later.", nameof(to));
        (From, To, Kind, Name, NameEn) = (from, to, kind, CleanText.Code(name), CleanText.Code(nameEn));
    }

    public bool Covers(DateOnly day) => From <= day && day <= To;

    /// <summary>Which of several kinds decides a day: the make-up day over the holiday over the break.</summary>
    public static int Weight(SpanKind kind) => kind switch
    {
        SpanKind.MakeUpWorkday => 3,
        SpanKind.Holiday => 2,
        _ => 1,
    };
}

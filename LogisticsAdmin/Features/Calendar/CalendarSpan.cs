using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Calendar;

/// <summary>A period in which the weekly pattern does not apply, first and last day included.</summary>
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

    /// <summary>The UID of the event it was imported from, with the date for an event of a series.</summary>
    public string? SourceKey { get; private set; }

    public LocalName LocalName => new(Name, NameEn);

    public void Change(DateOnly from, DateOnly to, SpanKind kind, string name, string nameEn)
    {
        if (to < from) throw new ArgumentException("A span ends on the day it begins or later.", nameof(to));
        (From, To, Kind, Name, NameEn) = (from, to, kind, CleanText.Clean(name), CleanText.Clean(nameEn));
    }

    public bool Covers(DateOnly day) => From <= day && day <= To;

    /// <summary>The precedence where kinds overlap: make-up day over holiday over break.</summary>
    public static int Weight(SpanKind kind) => kind switch
    {
        SpanKind.MakeUpWorkday => 3,
        SpanKind.Holiday => 2,
        _ => 1,
    };
}

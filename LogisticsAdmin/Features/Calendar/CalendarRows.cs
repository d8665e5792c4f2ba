using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Calendar;

/// <summary>A span in the list of a year.</summary>
public sealed record SpanRow(long Id, long Version, SpanKind Kind, DateOnly From, DateOnly To, string Name, string NameEn, bool IsImported)
{
    public LocalName LocalName => new(Name, NameEn);
    public int Days => To.DayNumber - From.DayNumber + 1;
}

/// <summary>One day of the year view: its state, the span that decides it, and the working hours.</summary>
public sealed record CalendarDay(DateOnly Date, DayState State, SpanRow? Span, IReadOnlyList<SlotTimes> Hours);

/// <summary>The slots of a weekday in a season.</summary>
public sealed record WeekdaySlots(Season Season, DayOfWeek Day, IReadOnlyList<SlotTimes> Slots);

/// <summary>A year of the calendar: all days, the spans that overlap it, and the weekly pattern, Monday first.</summary>
public sealed record CalendarYear(int Year, IReadOnlyList<CalendarDay> Days, IReadOnlyList<SpanRow> Spans, IReadOnlyList<WeekdaySlots> Week)
{
    public CalendarDay On(DateOnly day) => Days[day.DayOfYear - 1];

    public int WorkingDays => Days.Count(d => d.Hours.Count > 0);
}

/// <summary>The effect of removing a span: the number of its days on which the office is open before and after.</summary>
public sealed record SpanRemoval(SpanRow Span, int OpenNow, int OpenThen);

/// <summary>One event of a file and its outcome; the reason of a rejected one is a resource key of CalendarText.</summary>
public sealed record ImportLine(ImportOutcome Outcome, string Name, DateOnly? From, DateOnly? To, SpanKind? Kind, string? Reason, string? With);

/// <summary>The result or preview of an import, line by line. The counts add up to the number of lines.</summary>
public sealed record ImportReport(IReadOnlyList<ImportLine> Lines)
{
    public int Count(ImportOutcome outcome) => Lines.Count(l => l.Outcome == outcome);

    /// <summary>How many events were imported before and are cancelled by the file.</summary>
    public int Cancelled => Lines.Count(l => l.Reason is IcalPlan.Removable or IcalPlan.Removed);
}

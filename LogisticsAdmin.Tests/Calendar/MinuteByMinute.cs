using LogisticsAdmin.Features.Calendar;

namespace LogisticsAdmin.Tests.Calendar;

/// <summary>Counts working time in the obvious way: looks at the office's clock once for every minute. Slow, but easy to verify.</summary>
internal sealed class MinuteByMinute(IReadOnlyList<OfficeSlot> slots, IReadOnlyList<CalendarSpan> spans, TimeZoneInfo zone)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public bool IsWorking(DateTimeOffset moment)
    {
        var wall = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
        var (day, time) = (DateOnly.FromDateTime(wall), TimeOnly.FromDateTime(wall));
        bool Is(SpanKind kind) => spans.Any(s => s.Kind == kind && s.From <= day && day <= s.To);
        bool Within(Season season, DayOfWeek weekday) => slots.Any(s =>
            s.Season == season && s.DayOfWeek == weekday && s.From <= time && (time < s.To || s.To == TimeOnly.MinValue));
        if (Is(SpanKind.MakeUpWorkday)) return Within(Season.Term, DayOfWeek.Monday);
        if (Is(SpanKind.Holiday)) return false;
        return Within(Is(SpanKind.TermBreak) ? Season.Break : Season.Term, day.DayOfWeek);
    }

    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        var worked = TimeSpan.Zero;
        for (var minute = from; minute < to; minute += Minute)
            if (IsWorking(minute)) worked += Minute;
        return worked;
    }

    /// <summary>Whole minutes only; null when they have not passed by <paramref name="limit"/>.</summary>
    public DateTimeOffset? Add(DateTimeOffset from, int minutes, DateTimeOffset limit)
    {
        var at = from;
        while (minutes != 0)
        {
            if (at == limit) return null;
            if (minutes > 0)
            {
                if (IsWorking(at)) minutes--;
                at += Minute;
            }
            else
            {
                at -= Minute;
                if (IsWorking(at)) minutes++;
            }
        }
        return at;
    }

    public DateTimeOffset? NextOpening(DateTimeOffset from, DateTimeOffset limit)
    {
        for (var at = from; at < limit; at += Minute)
            if (IsWorking(at)) return at;
        return null;
    }
}

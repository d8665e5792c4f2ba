using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Tests.Calendar;

namespace LogisticsAdmin.Tests.Reports;

/// <summary>
/// Working time of whole minutes, from looking at the office's clock once for every minute of some months: slow to make, then a subtraction.
/// </summary>
internal sealed class MinuteCalendar
{
    private readonly DateTimeOffset _from;
    private readonly int[] _workedBefore;

    public MinuteCalendar(MinuteByMinute clock, DateTimeOffset from, int days)
    {
        _from = from;
        _workedBefore = new int[days * 1440 + 1];
        for (var minute = 0; minute < _workedBefore.Length - 1; minute++)
            _workedBefore[minute + 1] = _workedBefore[minute] + (clock.IsWorking(from.AddMinutes(minute)) ? 1 : 0);
    }

    private MinuteCalendar(DateTimeOffset from, int days) =>
        (_from, _workedBefore) = (from, [.. Enumerable.Range(0, days * 1440 + 1)]);

    public static MinuteCalendar RoundTheClock(DateTimeOffset from, int days) => new(from, days);

    public static MinuteCalendar Of(IReadOnlyList<OfficeSlot> slots, IReadOnlyList<CalendarSpan> spans, TimeZoneInfo zone, DateTimeOffset from, int days) =>
        new(new MinuteByMinute(slots, spans, zone), from, days);

    public int Between(DateTimeOffset from, DateTimeOffset to) => to <= from ? 0 : _workedBefore[IndexOf(to)] - _workedBefore[IndexOf(from)];

    /// <summary>
    /// The first minute by which so many minutes were worked outside the pauses; the last minute known here if that never happens.
    /// </summary>
    public DateTimeOffset Reached(DateTimeOffset from, int minutes, Func<DateTimeOffset, bool> isPaused)
    {
        var at = from;
        for (var index = IndexOf(from); minutes > 0 && index < _workedBefore.Length - 1; index++)
        {
            if (_workedBefore[index + 1] > _workedBefore[index] && !isPaused(at)) minutes--;
            at = at.AddMinutes(1);
        }
        return at;
    }

    private int IndexOf(DateTimeOffset moment)
    {
        var minutes = (moment - _from).TotalMinutes;
        if (minutes != Math.Floor(minutes)) throw new ArgumentException($"{moment:O} is no whole minute.", nameof(moment));
        return (int)minutes;
    }
}

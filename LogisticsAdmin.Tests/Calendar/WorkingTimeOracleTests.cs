using CsCheck;
using LogisticsAdmin.Features.Calendar;
using Xunit;

namespace LogisticsAdmin.Tests.Calendar;

/// <summary>Working time equals counting minute by minute, for random calendars, zones and moments.</summary>
public sealed class WorkingTimeOracleTests
{
    private static readonly TimeZoneInfo[] Zones =
        [.. new[] { "Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "UTC" }.Select(TimeZoneInfo.FindSystemTimeZoneById)];

    /// <summary>Around both clock changes of every zone above, a month end, a leap day and a year end.</summary>
    private static readonly DateOnly[] Days =
    [
        new(2026, 3, 29), new(2026, 10, 25), new(2026, 3, 8), new(2026, 11, 1), new(2026, 4, 5), new(2026, 10, 4),
        new(2028, 2, 29), new(2026, 12, 31), new(2026, 5, 31),
    ];

    private static readonly Gen<DateOnly> Day = Gen.Select(Gen.Int[0, Days.Length - 1], Gen.Int[-6, 6], (which, near) => Days[which].AddDays(near));

    private static readonly Gen<long> StartTicks = Gen.Long[-500 * TimeSpan.TicksPerDay, 500 * TimeSpan.TicksPerDay];

    private static readonly Gen<OfficeSlot> Slot =
        from season in Gen.Enum<Season>()
        from day in Gen.Enum<DayOfWeek>()
        from start in Gen.Int[0, 1439]
        from length in Gen.Int[1, 700]
        select new OfficeSlot(season, day, TimeOnly.MinValue.AddMinutes(start),
            start + length >= 1440 ? TimeOnly.MinValue : TimeOnly.MinValue.AddMinutes(start + length));

    private static readonly Gen<(OfficeSlot[] Slots, CalendarSpan[] Spans, TimeZoneInfo Zone, DateOnly Day)> Calendar =
        from day in Day
        from sure in Slot.Where(s => s.Season == Season.Term)
        from slots in Slot.Array[0, 24]
        from spans in Gen.Select(Gen.Int[-8, 8], Gen.Int[0, 5], Gen.Enum<SpanKind>(), (start, days, kind) =>
            new CalendarSpan(day.AddDays(start), day.AddDays(start + days), kind, "某日", "some day")).Array[0, 6]
        from zone in Gen.Int[0, Zones.Length - 1].Select(i => Zones[i])
        select ((OfficeSlot[])[sure, .. slots], spans, zone, day);

    private static DateTimeOffset Moment(DateOnly day, int minute) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddMinutes(minute);

    [Fact]
    public void Time_between_two_moments_is_counted_minute_by_minute() =>
        Gen.Select(Calendar, Gen.Int[-4_000, 4_000], Gen.Int[0, 9_000]).Sample((calendar, start, length) =>
        {
            var (time, oracle) = Both(calendar);
            var from = Moment(calendar.Day, start);
            var to = from.AddMinutes(length);
            Assert.Equal(oracle.Between(from, to), time.Between(from, to));
            Assert.Equal(TimeSpan.Zero, time.Between(to, from));
            Assert.Equal(oracle.IsWorking(from), time.IsWorking(from));
        }, iter: 300);

    [Fact]
    public void Adding_finds_the_minute_at_which_so_much_was_worked() =>
        Gen.Select(Calendar, Gen.Int[-3_000, 3_000], Gen.Int[-2_000, 2_000]).Sample((calendar, start, minutes) =>
        {
            var (time, oracle) = Both(calendar);
            var from = Moment(calendar.Day, start);
            if (oracle.Add(from, minutes, from.AddDays(minutes > 0 ? 12 : -12)) is { } expected)
                Assert.Equal(expected, time.Add(from, TimeSpan.FromMinutes(minutes)));
        }, iter: 300);

    [Fact]
    public void The_next_opening_is_the_first_working_minute() =>
        Gen.Select(Calendar, Gen.Int[-3_000, 3_000]).Sample((calendar, start) =>
        {
            var (time, oracle) = Both(calendar);
            var from = Moment(calendar.Day, start);
            if (oracle.NextOpening(from, from.AddDays(12)) is { } expected) Assert.Equal(expected, time.NextOpening(from));
        }, iter: 300);

    /// <summary>Properties that counting minutes can't check: single ticks, both directions, spans of years.</summary>
    [Fact]
    public void Adding_and_measuring_are_each_other_s_reverse_to_the_tick() =>
        Gen.Select(Calendar, StartTicks, Gen.Long[1, 3_000 * TimeSpan.TicksPerHour]).Sample((calendar, start, ticks) =>
        {
            var time = Both(calendar).Time;
            var (from, working) = (Moment(calendar.Day, 0).AddTicks(start), new TimeSpan(ticks));
            var (later, earlier) = (time.Add(from, working), time.Add(from, -working));
            if (later - from < WorkingTime.Horizon)
            {
                Assert.Equal(working, time.Between(from, later));
                Assert.Equal(working - TimeSpan.FromTicks(1), time.Between(from, later.AddTicks(-1)));
            }
            if (from - earlier < WorkingTime.Horizon)
            {
                Assert.Equal(working, time.Between(earlier, from));
                Assert.Equal(working - TimeSpan.FromTicks(1), time.Between(earlier.AddTicks(1), from));
            }
            Assert.Equal(from, time.Add(from, TimeSpan.Zero));
        }, iter: 2_000);

    [Fact]
    public void Time_between_adds_up() =>
        Gen.Select(Calendar, Gen.Long[0, 900 * TimeSpan.TicksPerDay], Gen.Long[0, 900 * TimeSpan.TicksPerDay]).Sample((calendar, first, second) =>
        {
            var time = Both(calendar).Time;
            var from = Moment(calendar.Day, 0);
            var (middle, to) = (from.AddTicks(first), from.AddTicks(first + second));
            Assert.Equal(time.Between(from, to), time.Between(from, middle) + time.Between(middle, to));
        }, iter: 1_000);

    private static (WorkingTime Time, MinuteByMinute Oracle) Both((OfficeSlot[] Slots, CalendarSpan[] Spans, TimeZoneInfo Zone, DateOnly Day) calendar) =>
        (new WorkingTime(calendar.Slots, calendar.Spans, calendar.Zone), new MinuteByMinute(calendar.Slots, calendar.Spans, calendar.Zone));
}

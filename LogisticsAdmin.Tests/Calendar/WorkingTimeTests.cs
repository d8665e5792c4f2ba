using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Calendar;

/// <summary>The seeded year of the office in Shanghai, with cases that can be checked on paper.</summary>
public sealed class WorkingTimeTests : IAsyncLifetime
{
    private readonly Lazy<Task<TestHost>> _host = new(() => TestHost.OpenAsync());
    private WorkingTime _time = null!;

    public async ValueTask InitializeAsync()
    {
        var host = await _host.Value;
        var office = host.AsSystem().Get<OfficeTime>();
        _time = await host.InDatabaseAsync(db => db.ReadWorkingTimeAsync(office, TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync() => await (await _host.Value).DisposeAsync();

    [Theory]
    // 午休: two hours that start before lunch end after it.
    [InlineData("2026-11-23 11:00", 2, "2026-11-23 15:00")]
    [InlineData("2026-11-23 12:30", 1, "2026-11-23 15:00")]
    // A limit that is reached exactly at closing time is due then, not the next morning.
    [InlineData("2026-11-23 16:30", 1, "2026-11-23 17:30")]
    // Midnight, from both sides.
    [InlineData("2026-11-23 23:59", 1, "2026-11-24 09:00")]
    [InlineData("2026-11-24 00:00", 1, "2026-11-24 09:00")]
    // The end of a month, of a February and of a year; 1 to 3 January are holidays, the 4th is a Sunday that is a working day.
    [InlineData("2026-11-30 17:00", 1, "2026-12-01 08:30")]
    [InlineData("2027-12-31 17:00", 1, "2028-01-03 08:30")]
    [InlineData("2025-12-31 17:00", 1, "2026-01-04 08:30")]
    // A weekend.
    [InlineData("2026-11-27 17:00", 1, "2026-11-30 08:30")]
    // 国庆: from the last afternoon over seven days; the Saturday after it has a Monday's hours.
    [InlineData("2026-09-30 17:00", 1, "2026-10-08 08:30")]
    [InlineData("2026-10-09 17:00", 1, "2026-10-10 08:30")]
    // 春节 inside 寒假: before it the hours of the break apply, on the make-up Saturday those of the term.
    [InlineData("2026-02-13 16:00", 1, "2026-02-14 08:30")]
    [InlineData("2026-02-14 17:00", 1, "2026-02-24 09:30")]
    [InlineData("2026-02-28 17:00", 1, "2026-03-02 08:30")]
    [InlineData("2026-07-13 08:00", 1, "2026-07-13 10:00")]
    // Backwards.
    [InlineData("2026-11-24 08:30", -1, "2026-11-23 17:00")]
    [InlineData("2026-11-23 15:00", -1, "2026-11-23 14:00")]
    [InlineData("2026-10-08 08:30", -1, "2026-09-30 17:00")]
    public void So_many_working_hours_later_it_is(string from, int hours, string expected) =>
        Assert.Equal(expected, Shown(_time.Add(InShanghai(from), TimeSpan.FromHours(hours))));

    [Theory]
    [InlineData("2026-11-23 00:00", "2026-11-24 00:00", 7.5)]
    [InlineData("2026-11-23 12:00", "2026-11-23 14:00", 0)]
    [InlineData("2026-11-21 00:00", "2026-11-23 00:00", 0)]
    [InlineData("2026-10-01 00:00", "2026-10-08 00:00", 0)]
    [InlineData("2026-09-20 00:00", "2026-09-21 00:00", 7.5)]
    [InlineData("2026-02-15 00:00", "2026-02-24 00:00", 0)]
    [InlineData("2026-07-13 00:00", "2026-07-18 00:00", 22.5)]
    [InlineData("2026-11-24 00:00", "2026-11-23 00:00", 0)]
    public void So_much_is_worked(string from, string to, double hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), _time.Between(InShanghai(from), InShanghai(to)));

    [Theory]
    [InlineData("2026-11-23 12:00", "2026-11-23 14:00")]
    [InlineData("2026-11-23 10:00", "2026-11-23 10:00")]
    [InlineData("2026-09-30 17:30", "2026-10-08 08:00")]
    [InlineData("2026-09-19 12:00", "2026-09-20 08:00")]
    public void The_office_opens_next(string from, string expected)
    {
        Assert.Equal(expected, Shown(_time.NextOpening(InShanghai(from))));
        Assert.Equal(from == expected, _time.IsWorking(InShanghai(from)));
    }

    /// <summary>The result does not depend on the offset of a moment, nor on the server's time zone.</summary>
    [Fact]
    public void A_server_in_UTC_gives_the_same_due_times()
    {
        var asked = InShanghai("2026-09-30 17:00");
        foreach (var offset in new[] { 0, 8, -5, 14 })
        {
            var same = asked.ToOffset(TimeSpan.FromHours(offset));
            Assert.Equal("2026-10-08 08:30", Shown(_time.Add(same, TimeSpan.FromHours(1))));
            Assert.Equal(TimeSpan.Zero, _time.Add(same, TimeSpan.FromHours(1)).Offset);
            Assert.Equal(TimeSpan.Zero, _time.Add(same, TimeSpan.Zero).Offset);
        }
    }

    [Fact]
    public void Every_minute_counts_round_the_clock()
    {
        var from = InShanghai("2026-10-01 03:00");
        Assert.Equal(from.AddHours(30), WorkingTime.RoundTheClock.Add(from, TimeSpan.FromHours(30)));
        Assert.Equal(from.AddHours(-30), WorkingTime.RoundTheClock.Add(from, TimeSpan.FromHours(-30)));
        Assert.Equal(TimeSpan.FromHours(30), WorkingTime.RoundTheClock.Between(from, from.AddHours(30)));
        Assert.Equal(from, WorkingTime.RoundTheClock.NextOpening(from));
        Assert.True(WorkingTime.RoundTheClock.IsWorking(from));
    }

    [Fact]
    public void An_office_without_a_slot_is_refused_and_one_that_is_closed_for_ever_ends_at_the_horizon()
    {
        var from = InShanghai("2026-10-01 03:00");
        OfficeSlot[] inBreaks = [new(Season.Break, DayOfWeek.Monday, new(9, 0), new(10, 0))];
        OfficeSlot[] mondays = [new(Season.Term, DayOfWeek.Monday, new(9, 0), new(10, 0))];
        Assert.Throws<ArgumentException>(() => new WorkingTime(inBreaks, [], TimeZoneInfo.Utc));

        var closed = new WorkingTime(mondays, [new CalendarSpan(DateOnly.MinValue, DateOnly.MaxValue, SpanKind.Holiday, "停", "closed")], TimeZoneInfo.Utc);
        foreach (var hours in new[] { 1, 1_000_000 })
        {
            Assert.Equal(from + WorkingTime.Horizon, closed.Add(from, TimeSpan.FromHours(hours)));
            Assert.Equal(from - WorkingTime.Horizon, closed.Add(from, TimeSpan.FromHours(-hours)));
        }
        Assert.Equal(from + WorkingTime.Horizon, closed.NextOpening(from));
        Assert.Equal(from + WorkingTime.Horizon, _time.Add(from, TimeSpan.MaxValue));
        Assert.Equal(from - WorkingTime.Horizon, _time.Add(from, TimeSpan.MinValue));
        Assert.Equal(DateTimeOffset.MaxValue, closed.Add(DateTimeOffset.MaxValue, TimeSpan.FromHours(1)));
        Assert.Equal(DateTimeOffset.MinValue, closed.Add(DateTimeOffset.MinValue, TimeSpan.FromHours(-1)));
    }

    [Fact]
    public void A_slot_may_end_at_midnight_and_the_next_begin_there()
    {
        OfficeSlot[] slots =
        [
            new(Season.Term, DayOfWeek.Friday, new(22, 0), TimeOnly.MinValue),
            new(Season.Term, DayOfWeek.Saturday, TimeOnly.MinValue, new(6, 0)),
        ];
        var night = new WorkingTime(slots, [], TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        Assert.Equal("2026-11-28 03:00", Shown(night.Add(InShanghai("2026-11-27 20:00"), TimeSpan.FromHours(5))));
        Assert.Equal(TimeSpan.FromHours(8), night.Between(InShanghai("2026-11-27 00:00"), InShanghai("2026-11-29 00:00")));
    }

    [Fact]
    public async Task Any_thread_may_ask()
    {
        var from = InShanghai("2026-01-01 00:00");
        var alone = Enumerable.Range(0, 2_000).Select(i => _time.Add(from.AddDays(i), TimeSpan.FromHours(100))).ToList();
        var fresh = await (await _host.Value).InDatabaseAsync(async db =>
            await db.ReadWorkingTimeAsync((await _host.Value).AsSystem().Get<OfficeTime>(), TestContext.Current.CancellationToken));
        var together = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => Task.Run(() => fresh.Add(from.AddDays(i), TimeSpan.FromHours(100)))));
        Assert.Equal(alone, together);
    }

    private static DateTimeOffset InShanghai(string wall) => new(DateTime.ParseExact(wall, "yyyy-MM-dd HH:mm", null), TimeSpan.FromHours(8));

    private static string Shown(DateTimeOffset moment) => moment.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", null);
}

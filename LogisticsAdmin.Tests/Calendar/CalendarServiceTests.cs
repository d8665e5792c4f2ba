using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Calendar;

/// <summary>Who may read and change the office calendar, and the rules that apply to everybody.</summary>
public sealed class CalendarServiceTests
{
    private static readonly DateOnly May20 = new(2026, 5, 20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static SpanForm Founding => new() { Kind = SpanKind.Holiday, From = May20, To = May20.AddDays(1), Name = "校庆", NameEn = "Founding day" };

    [Theory]
    [InlineData(TestUsers.Administrator, true, true)]
    [InlineData(TestUsers.Manager, true, true)]
    [InlineData(TestUsers.Dispatcher, true, false)]
    [InlineData(TestUsers.Technician, false, false)]
    [InlineData(TestUsers.Resident, false, false)]
    public async Task The_office_reads_it_and_managers_and_administrators_keep_it(string person, bool reads, bool keeps)
    {
        await using var host = await TestHost.OpenAsync();
        var calendar = (await host.AsAsync(person)).Get<CalendarService>();
        var (id, version) = await host.InDatabaseAsync(db =>
            db.CalendarSpans.OrderBy(s => s.Id).Select(s => ValueTuple.Create(s.Id, s.Version)).FirstAsync(Ct));

        await MayAsync(reads, () => calendar.ReadAsync(2026, Ct));
        await MayAsync(keeps, () => calendar.AddSpanAsync(Founding, Ct));
        await MayAsync(keeps, () => calendar.ChangeSpanAsync(id, new SpanForm { Version = version, From = new(2025, 1, 1), Name = "元旦" }, Ct));
        await MayAsync(keeps, () => calendar.PreviewRemovalAsync(id, Ct));
        await MayAsync(keeps, () => calendar.RemoveSpanAsync(id, version + (keeps ? 1 : 0), Ct));
        await MayAsync(keeps, () => calendar.SaveSlotsAsync(new SlotsForm { Day = DayOfWeek.Sunday, Slots = [new(new(9, 0), new(11, 0))] }, Ct));
        await MayAsync(keeps, () => calendar.PreviewImportAsync(new CalendarImportForm { File = Ical.Of(Ical.WholeDay("a", "校庆 休", "20260521")) }, Ct));
        await MayAsync(keeps, () => calendar.ImportAsync(new CalendarImportForm { File = Ical.Of(Ical.WholeDay("a", "校庆 休", "20260610")) }, Ct));
    }

    [Fact]
    public async Task The_seeded_year_reads_as_it_was_published()
    {
        await using var host = await TestHost.OpenAsync();
        var year = await (await host.AsAsync(TestUsers.Dispatcher)).Get<CalendarService>().ReadAsync(2026, Ct);

        Assert.Equal(365, year.Days.Count);
        Assert.Equal(new DateOnly(2026, 10, 1), year.On(new DateOnly(2026, 10, 1)).Date);
        Assert.Equal((DayState.Holiday, "国庆节", 0), Of(year.On(new(2026, 10, 7))));
        Assert.Equal((DayState.MakeUpWorkday, "国庆节调休", 2), Of(year.On(new(2026, 10, 10))));
        Assert.Equal((DayState.Holiday, "春节", 0), Of(year.On(new(2026, 2, 16))));
        Assert.Equal((DayState.MakeUpWorkday, "春节调休", 2), Of(year.On(new(2026, 2, 14))));
        Assert.Equal((DayState.TermBreak, "暑假", 2), Of(year.On(new(2026, 7, 13))));
        Assert.Equal((DayState.Closed, null, 0), Of(year.On(new(2026, 11, 22))));
        Assert.Equal((DayState.Working, null, 2), Of(year.On(new(2026, 11, 23))));
        Assert.Equal([new SlotTimes(new(8, 0), new(12, 0)), new(new(14, 0), new(17, 30))], year.On(new(2026, 11, 23)).Hours);
        Assert.Equal([new SlotTimes(new(9, 0), new(11, 30)), new(new(14, 30), new(16, 30))], year.On(new(2026, 7, 13)).Hours);
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync(TestUsers.Dispatcher)).Get<CalendarService>().ReadAsync(1999, Ct));
    }

    [Fact]
    public async Task A_holiday_added_moves_working_time_and_every_change_is_announced()
    {
        await using var host = await TestHost.OpenAsync();
        var calendar = (await host.AsAsync(TestUsers.Manager)).Get<CalendarService>();
        using var feed = host.Services.GetRequiredService<IChangeFeed>().Subscribe(null, c => c is KeyChanged { Topic: CalendarService.Topic, Key: 0 });
        var asked = new DateTimeOffset(2026, 5, 19, 17, 0, 0, TimeSpan.FromHours(8));
        async Task<DateTimeOffset> DueAsync() =>
            (await host.InDatabaseAsync(db => db.ReadWorkingTimeAsync(host.AsSystem().Get<OfficeTime>(), Ct))).Add(asked, TimeSpan.FromHours(1));
        async Task AnnouncedAsync() => Assert.NotEmpty((await feed.NextAsync(Ct))!.Changes);
        Assert.Equal(new DateTimeOffset(2026, 5, 20, 0, 30, 0, TimeSpan.Zero), await DueAsync());

        var id = await calendar.AddSpanAsync(Founding, Ct);
        await AnnouncedAsync();
        Assert.Equal(new DateTimeOffset(2026, 5, 22, 0, 30, 0, TimeSpan.Zero), await DueAsync());

        var row = (await calendar.ReadAsync(2026, Ct)).Spans.Single(s => s.Id == id);
        await calendar.ChangeSpanAsync(id, new SpanForm { Version = row.Version, From = May20, Name = "校庆" }, Ct);
        await AnnouncedAsync();
        Assert.Equal(new DateTimeOffset(2026, 5, 21, 0, 30, 0, TimeSpan.Zero), await DueAsync());

        var thursday = new SlotsForm
        {
            Day = DayOfWeek.Thursday,
            ExpectedSlots = [new(new(8, 0), new(12, 0)), new(new(14, 0), new(17, 30))],
            Slots = [new(new(10, 0), new(12, 0))],
        };
        await calendar.SaveSlotsAsync(thursday, Ct);
        await AnnouncedAsync();
        Assert.Equal(new DateTimeOffset(2026, 5, 21, 2, 30, 0, TimeSpan.Zero), await DueAsync());

        await calendar.RemoveSpanAsync(id, row.Version + 1, Ct);
        await AnnouncedAsync();
        Assert.Equal(new DateTimeOffset(2026, 5, 20, 0, 30, 0, TimeSpan.Zero), await DueAsync());

        await calendar.ImportAsync(new CalendarImportForm { File = Ical.Of(Ical.WholeDay("a", "校庆 休", "20260520")) }, Ct);
        await AnnouncedAsync();
        Assert.Equal(new DateTimeOffset(2026, 5, 21, 2, 30, 0, TimeSpan.Zero), await DueAsync());
    }

    [Theory]
    [InlineData("2026-10-03", "2026-10-03", SpanKind.Holiday, nameof(SpanForm.From))]
    [InlineData("2026-09-30", "2026-10-20", SpanKind.Holiday, nameof(SpanForm.From))]
    [InlineData("2026-05-21", "2026-05-20", SpanKind.Holiday, nameof(SpanForm.To))]
    [InlineData("2026-03-05", "2026-07-05", SpanKind.TermBreak, nameof(SpanForm.To))]
    [InlineData("1999-05-20", "1999-05-20", SpanKind.Holiday, nameof(SpanForm.From))]
    public async Task Days_that_overlap_their_kind_end_early_or_lie_far_away_are_refused_at_their_field(string from, string to, SpanKind kind, string field)
    {
        await using var host = await TestHost.OpenAsync();
        var calendar = (await host.AsAsync(TestUsers.Manager)).Get<CalendarService>();
        var refused = await Assert.ThrowsAsync<Rejected>(() =>
            calendar.AddSpanAsync(new SpanForm { Kind = kind, From = Day(from), To = Day(to), Name = "某日" }, Ct));
        Assert.Contains(refused.Problems, p => p.Field == field);
        Assert.DoesNotContain((await calendar.ReadAsync(2026, Ct)).Spans, s => s.Name == "某日");
    }

    [Fact]
    public async Task A_make_up_day_may_lie_in_a_holiday_and_decides_it()
    {
        await using var host = await TestHost.OpenAsync();
        var calendar = (await host.AsAsync(TestUsers.Manager)).Get<CalendarService>();
        await calendar.AddSpanAsync(new SpanForm { Kind = SpanKind.MakeUpWorkday, From = new(2026, 10, 5), Name = "值守" }, Ct);
        Assert.Equal((DayState.MakeUpWorkday, "值守", 2), Of((await calendar.ReadAsync(2026, Ct)).On(new(2026, 10, 5))));
    }

    [Fact]
    public async Task Whoever_saves_what_somebody_else_changed_meanwhile_is_told_who()
    {
        await using var host = await TestHost.OpenAsync();
        var (manager, admin) = (await host.AsAsync(TestUsers.Manager), await host.AsAsync(TestUsers.Administrator));
        var row = (await manager.Get<CalendarService>().ReadAsync(2026, Ct)).Spans.Single(s => s.Name == "端午节");
        await manager.Get<CalendarService>().ChangeSpanAsync(row.Id, new SpanForm { Version = row.Version, From = row.From, To = row.To, Name = "端午" }, Ct);

        var stale = await Assert.ThrowsAsync<Stale>(() =>
            admin.Get<CalendarService>().ChangeSpanAsync(row.Id, new SpanForm { Version = row.Version, From = row.From, Name = "端午假" }, Ct));
        Assert.Equal("沈国栋", stale.By);
        await Assert.ThrowsAsync<Stale>(() => admin.Get<CalendarService>().RemoveSpanAsync(row.Id, row.Version, Ct));
        await Assert.ThrowsAsync<Stale>(() =>
            admin.Get<CalendarService>().SaveSlotsAsync(new SlotsForm { ExpectedSlots = [], Slots = [new(new(9, 0), new(10, 0))] }, Ct));
    }

    [Fact]
    public async Task Removing_says_before_what_will_happen_and_is_written_down_after()
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(TestUsers.Manager);
        var calendar = desk.Get<CalendarService>();
        var row = (await calendar.ReadAsync(2026, Ct)).Spans.Single(s => s.Name == "国庆节");

        var removal = await calendar.PreviewRemovalAsync(row.Id, Ct);
        Assert.Equal((0, 5), (removal.OpenNow, removal.OpenThen));
        await calendar.RemoveSpanAsync(row.Id, row.Version, Ct);

        var year = await calendar.ReadAsync(2026, Ct);
        Assert.Equal(5, year.Days.Count(d => d.Date >= row.From && d.Date <= row.To && d.Hours.Count > 0));
        var trail = await host.InDatabaseAsync(db => db.Audit.Where(a => a.Entity == nameof(CalendarSpan) && a.EntityId == row.Id).ToListAsync(Ct));
        Assert.Contains(trail, a => a is { Field: "Name", Old: "国庆节", New: null } && a.ActorId == desk.PersonId);
        await Assert.ThrowsAsync<NotFound>(() => calendar.RemoveSpanAsync(row.Id, row.Version, Ct));
    }

    [Fact]
    public async Task Hours_are_set_for_a_weekday_and_others_alike_and_the_term_keeps_some()
    {
        await using var host = await TestHost.OpenAsync();
        var calendar = (await host.AsAsync(TestUsers.Manager)).Get<CalendarService>();
        IReadOnlyList<SlotTimes> term = [new(new(8, 0), new(12, 0)), new(new(14, 0), new(17, 30))];
        IReadOnlyList<SlotTimes> summer = [new(new(8, 0), new(12, 0)), new(new(15, 0), new(18, 30))];
        DayOfWeek[] others = [DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

        await calendar.SaveSlotsAsync(new SlotsForm { ExpectedSlots = term, Slots = summer, AlsoOn = others }, Ct);
        var week = (await calendar.ReadAsync(2026, Ct)).Week.Where(w => w.Season == Season.Term).ToDictionary(w => w.Day, w => w.Slots);
        Assert.All([DayOfWeek.Monday, .. others], day => Assert.Equal(summer, week[day]));
        Assert.Empty(week[DayOfWeek.Sunday]);

        await Assert.ThrowsAsync<Rejected>(() => calendar.SaveSlotsAsync(new SlotsForm { ExpectedSlots = summer, AlsoOn = others }, Ct));
        await Assert.ThrowsAsync<Rejected>(() =>
            calendar.SaveSlotsAsync(new SlotsForm { ExpectedSlots = summer, Slots = [new(new(8, 0), new(12, 0)), new(new(11, 0), new(13, 0))] }, Ct));
        await Assert.ThrowsAsync<Rejected>(() => calendar.SaveSlotsAsync(new SlotsForm { ExpectedSlots = summer, Slots = [new(new(12, 0), new(8, 0))] }, Ct));
        IReadOnlyList<SlotTimes> tooMany = [.. Enumerable.Range(1, 7).Select(h => new SlotTimes(new(h, 0), new(h, 30)))];
        await Assert.ThrowsAsync<Rejected>(() => calendar.SaveSlotsAsync(new SlotsForm { ExpectedSlots = summer, Slots = tooMany }, Ct));
    }

    [Theory]
    [InlineData("""UPDATE "CalendarSpans" SET "To" = '2020-01-01'""")]
    [InlineData("""UPDATE "CalendarSpans" SET "Kind" = 9""")]
    [InlineData("""UPDATE "OfficeSlots" SET "To" = '07:00:00'""")]
    [InlineData("""INSERT INTO "OfficeSlots" ("Season", "DayOfWeek", "From", "To", "Version") VALUES (1, 1, '08:00:00', '09:00:00', 1)""")]
    public async Task The_database_keeps_the_rules_too(string broken)
    {
        await using var host = await TestHost.OpenAsync();
        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(broken, Ct)));
    }

    [Fact]
    public async Task An_office_that_lost_all_its_hours_works_round_the_clock()
    {
        await using var host = await TestHost.OpenAsync();
        await host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("""DELETE FROM "OfficeSlots" WHERE "Season" = 1""", Ct));
        Assert.Same(WorkingTime.RoundTheClock, await host.InDatabaseAsync(db => db.ReadWorkingTimeAsync(host.AsSystem().Get<OfficeTime>(), Ct)));
    }

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", null);

    private static (DayState, string?, int) Of(CalendarDay day) => (day.State, day.Span?.Name, day.Hours.Count);

    private static async Task MayAsync(bool may, Func<Task> act)
    {
        if (may) await act();
        else await Assert.ThrowsAsync<Forbidden>(act);
    }
}

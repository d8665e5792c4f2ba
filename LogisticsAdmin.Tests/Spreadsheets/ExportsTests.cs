using System.Net;
using System.Text;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Repairs.Crews;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Desk.Views;
using LogisticsAdmin.Features.Replies;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LogisticsAdmin.Tests.Spreadsheets;

/// <summary>Every exported list through the whole app: permissions, language and content.</summary>
public sealed class ExportsTests(ExportsTests.ExportFixture fixture) : IClassFixture<ExportsTests.ExportFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly string[] Lists =
    [
        "repairs", "parts", "absences", "duty", "replies", "service-levels", "escalation-steps", "crew-leads", "calendar", "office-hours",
    ];

    public static TheoryData<string, string, bool> RolesAndLists =>
    [
        .. from list in Lists
           from who in new[] { (TestUsers.Administrator, true), (TestUsers.Manager, true), (TestUsers.Dispatcher, true), (TestUsers.Technician, false),
               (TestUsers.Resident, false) }
           select new TheoryDataRow<string, string, bool>(list, who.Item1, who.Item2),
    ];

    [Theory]
    [MemberData(nameof(RolesAndLists))]
    public async Task The_office_gets_every_list_and_nobody_else_any(string list, string who, bool allowed)
    {
        var client = await fixture.ClientAsync(who);
        foreach (var ending in new[] { "xlsx", "csv" })
        {
            using var answer = await client.GetAsync($"/exports/{list}.{ending}", Ct);
            Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
            var file = await answer.Content.ReadAsByteArrayAsync(Ct);
            if (!allowed) Assert.Null(answer.Content.Headers.ContentDisposition);
            else if (ending == "csv") Assert.Equal(Encoding.UTF8.Preamble, file.AsSpan(0, 3));
            else Assert.True(new ReadBack(file).Rows.Count > 0);
        }
    }

    [Theory]
    [InlineData(TestUsers.Administrator, true)]
    [InlineData(TestUsers.Manager, true)]
    // Beds are moved by import, too.
    [InlineData(TestUsers.Dispatcher, true)]
    [InlineData(TestUsers.Technician, false)]
    [InlineData(TestUsers.Resident, false)]
    public async Task The_list_of_imports_is_for_those_who_import(string who, bool allowed)
    {
        using var answer = await (await fixture.ClientAsync(who)).GetAsync("/exports/imports.xlsx?kind=people&q=x", Ct);
        Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
        if (allowed) Assert.Equal(["时间", "类型", "文件", "工作表", "操作人"], new ReadBack(await answer.Content.ReadAsByteArrayAsync(Ct)).Rows[0].Take(5));
    }

    [Fact]
    public async Task A_stranger_is_told_to_sign_in_without_a_page_to_save()
    {
        using var client = fixture.App.Visitor();
        foreach (var list in Lists) Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync($"/exports/{list}.xlsx", Ct)).StatusCode);
    }

    [Theory]
    [InlineData("/exports/repairs.xlsx")]
    [InlineData("/exports/repairs.xlsx?columns=chosen")]
    [InlineData("/exports/PARTS.CSV")]
    public async Task Rights_that_ended_are_a_refusal_not_an_error(string address)
    {
        await using var app = await TestApp.StartAsync();
        using var client = await app.SignInAsync(TestUsers.Dispatcher);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(address, Ct)).StatusCode);
        var id = await app.InDatabaseAsync(db => db.Users.Where(p => p.UserName == TestUsers.Dispatcher).Select(p => p.Id).SingleAsync(Ct));
        app.Services.GetRequiredService<SessionStamps>().Renew(id, "another stamp");
        Assert.Contains((await client.GetAsync(address, Ct)).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized });
    }

    [Theory]
    [InlineData("/exports/repairs.pdf")]
    [InlineData("/exports/nothing.xlsx")]
    [InlineData("/exports/calendar.xlsx?year=1800")]
    public async Task What_there_is_not_is_not_found(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await fixture.ClientAsync(TestUsers.Dispatcher)).GetAsync(address, Ct)).StatusCode);

    [Theory]
    [InlineData(TestUsers.Dispatcher, "报修单 全部 2026-11-22.xlsx", "单号", "紧急程度", "待派单", "滴水")]
    [InlineData(TestUsers.EnglishDispatcher, "Repairs All 2026-11-22.xlsx", "Number", "Urgency", "To assign", "滴水")]
    public async Task Tickets_come_in_the_readers_language_with_typed_cells(string who, string name, string number, string urgency, string state, string words)
    {
        using var answer = await (await fixture.ClientAsync(who)).GetAsync("/exports/repairs.xlsx?view=All&sort=Oldest", Ct);

        Assert.Equal(name, answer.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        var rows = new ReadBack(await answer.Content.ReadAsByteArrayAsync(Ct)).Rows;
        Assert.Equal(22, rows[0].Length);
        Assert.Equal((number, urgency), (rows[0][0], rows[0][2]));
        var ticket = rows.Single(r => (string?)r[0] == fixture.Triaged);
        Assert.Equal(state, ticket[1]);
        Assert.Equal("13800002071", ticket[7]);
        Assert.Equal(new DateTime(2026, 11, 22, 14, 0, 0), ticket[8]);
        Assert.IsType<DateTime>(ticket[10]);
        Assert.Contains(words, (string?)ticket[21], StringComparison.Ordinal);
        Assert.Equal(fixture.Numbers, rows.Skip(1).Select(r => (string)r[0]!));
    }

    [Fact]
    public async Task Tickets_are_narrowed_and_sorted_as_the_address_says()
    {
        var client = await fixture.ClientAsync(TestUsers.Dispatcher);
        Assert.Equal([fixture.Triaged], await NumbersAsync("?view=Unassigned"));
        Assert.Equal(fixture.Numbers.Reverse(), await NumbersAsync("?view=All&sort=Newest"));
        Assert.Empty(await NumbersAsync("?view=All&urgency=Major"));
        Assert.Equal(fixture.Numbers, await NumbersAsync("?view=All&sort=Oldest&q=水龙头&t=whatever"));

        async Task<IEnumerable<string>> NumbersAsync(string query) =>
            new ReadBack(await client.GetByteArrayAsync($"/exports/repairs.xlsx{query}", Ct)).Rows.Skip(1).Select(r => (string)r[0]!);
    }

    [Fact]
    public async Task Only_the_columns_chosen_for_the_desk_come_if_that_is_asked()
    {
        var settings = new DeskSettings(DeskDensity.Compact, DeskSort.Pressing, DeskFact.Place | DeskFact.Phone);
        await (await fixture.Work.AsAsync(TestUsers.Manager)).Get<DeskSettingsService>().SaveAsync(settings, Ct);
        var client = await fixture.ClientAsync(TestUsers.Manager);

        var chosen = new ReadBack(await client.GetByteArrayAsync("/exports/repairs.xlsx?view=All&columns=chosen", Ct)).Rows[0];
        Assert.Equal(["状态", "紧急程度", "楼栋", "房间", "联系电话", "办结期限", "故障描述"], chosen);
        Assert.Equal(22, new ReadBack(await client.GetByteArrayAsync("/exports/repairs.xlsx?view=All", Ct)).Rows[0].Length);
    }

    [Fact]
    public async Task Parts_come_whole_not_only_the_page_shown()
    {
        var client = await fixture.ClientAsync(TestUsers.Dispatcher);
        var rows = new ReadBack(await client.GetByteArrayAsync("/exports/parts.xlsx?sort=-Price&page=2", Ct)).Rows;

        Assert.Equal(["编号", "名称", "英文名称", "单位", "英文单位", "单价（元）", "定价日期", "状态"], rows[0]);
        Assert.True(rows.Count > 26);
        var prices = rows.Skip(1).Select(r => (double)r[5]!).ToList();
        Assert.Equal(prices.OrderDescending(), prices);
        Assert.IsType<DateTime>(rows[1][6]);
        var found = new ReadBack(await client.GetByteArrayAsync($"/exports/parts.xlsx?q={Uri.EscapeDataString("三角")}", Ct)).Rows;
        Assert.Equal("SL-004", Assert.Single(found.Skip(1))[0]);
    }

    [Fact]
    public async Task Absences_replies_levels_and_the_years_spans_come_as_the_pages_show_them()
    {
        var client = await fixture.ClientAsync(TestUsers.Manager);
        var absence = Assert.Single(new ReadBack(await client.GetByteArrayAsync("/exports/absences.xlsx", Ct)).Rows.Skip(1));
        Assert.Equal(["孙强", "病假", new DateTime(2026, 11, 23), new DateTime(2026, 11, 25), "=cmd"],
            [absence[0], absence[2], absence[3], absence[4], absence[6]]);

        var replies = new ReadBack(await client.GetByteArrayAsync("/exports/replies.xlsx", Ct)).Rows;
        var listed = await (await fixture.Work.AsAsync(TestUsers.Manager)).Get<ReplyService>().ListAsync(new ReplyFilter(), Ct);
        Assert.Equal(listed.Select(r => r.Name), replies.Skip(1).Select(r => r[0]));
        Assert.Single(new ReadBack(await client.GetByteArrayAsync("/exports/replies.xlsx?retired=true", Ct)).Rows);

        var levels = new ReadBack(await client.GetByteArrayAsync("/exports/service-levels.xlsx", Ct)).Rows;
        Assert.Equal("急修", levels[1][0]);
        Assert.IsType<double>(levels[1][3]);
        Assert.Equal("启用时", levels[1][5]);

        var spans = new ReadBack(await client.GetByteArrayAsync("/exports/calendar.xlsx?year=2026", Ct)).Rows;
        var year = await (await fixture.Work.AsAsync(TestUsers.Manager)).Get<CalendarService>().ReadAsync(2026, Ct);
        Assert.Equal(year.Spans.Select(s => s.Name), spans.Skip(1).Select(r => r[4]));
        Assert.All(spans.Skip(1), r => Assert.IsType<DateTime>(r[0]));
    }

    [Fact]
    public async Task Who_works_today_the_steps_the_leads_and_the_hours_come_as_the_pages_show_them()
    {
        var manager = await fixture.Work.AsAsync(TestUsers.Manager);
        var client = await fixture.ClientAsync(TestUsers.Manager);

        var board = await manager.Get<DutyService>().BoardAsync(Ct);
        var duty = new ReadBack(await client.GetByteArrayAsync("/exports/duty.xlsx", Ct)).Rows;
        Assert.Equal(board.Crews.SelectMany(c => c.Workers).Concat(board.Office).Select(w => w.Name), duty.Skip(1).Select(r => r[1]));

        var steps = new ReadBack(await client.GetByteArrayAsync("/exports/escalation-steps.xlsx", Ct)).Rows;
        Assert.Equal((await manager.Get<ServiceLevelService>().StepsAsync(Ct)).Count, steps.Count - 1);

        var leads = new ReadBack(await client.GetByteArrayAsync("/exports/crew-leads.xlsx", Ct)).Rows;
        Assert.Equal((await manager.Get<ServiceLevelService>().CrewLeadsAsync(Ct)).Select(c => c.Crew.Zh), leads.Skip(1).Select(r => r[0]));

        var hours = new ReadBack(await client.GetByteArrayAsync("/exports/office-hours.xlsx", Ct)).Rows;
        Assert.Equal(["星期一", "08:00"], [hours[1][1], hours[1][2]]);
        Assert.Equal(14, hours.Skip(1).Select(r => (r[0], r[1])).Distinct().Count());
    }

    [Theory]
    [InlineData(TestUsers.Resident)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Dispatcher)]
    public async Task Everybody_exports_their_own_messages_and_nobody_elses(string who)
    {
        await fixture.Work.InDatabaseAsync(async db =>
        {
            foreach (var name in new[] { TestUsers.Resident, TestUsers.Technician, TestUsers.Dispatcher })
            {
                var person = await db.Users.Where(p => p.UserName == name).Select(p => p.Id).SingleAsync(Ct);
                db.Inbox.AddRange(Enumerable.Range(1, 40).Select(n => new InboxItem(person, 5, $"{name}-{n}", null, TestHost.Start)));
            }
            return await db.SaveChangesAsync(Ct);
        });

        var rows = new ReadBack(await (await fixture.ClientAsync(who)).GetByteArrayAsync("/exports/messages.xlsx", Ct)).Rows;

        Assert.Equal(["时间", "消息", "单号", "内容", "状态"], rows[0]);
        var subjects = rows.Skip(1).Select(r => (string)r[2]!).Where(s => s.Contains('-') && !s.StartsWith("BX", StringComparison.Ordinal)).ToList();
        Assert.All(subjects, s => Assert.StartsWith($"{who}-", s, StringComparison.Ordinal));
        Assert.Equal(40, subjects.Distinct().Count());
        Assert.Equal(HttpStatusCode.Unauthorized, (await fixture.App.Visitor().GetAsync("/exports/messages.csv", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_csv_runs_no_formula_that_somebody_typed()
    {
        var client = await fixture.ClientAsync(TestUsers.Dispatcher);
        var csv = await client.GetStringAsync("/exports/absences.csv", Ct);
        Assert.Contains(",'=cmd\r\n", csv, StringComparison.Ordinal);
        Assert.Contains("2026-11-23,2026-11-25", csv, StringComparison.Ordinal);
    }

    /// <summary>One app for all tests, with two tickets and an absence whose note is a formula.</summary>
    public sealed class ExportFixture : IAsyncLifetime
    {
        private readonly Dictionary<string, HttpClient> _clients = [];

        internal TestApp App { get; private set; } = null!;
        internal AppWithUsers Work { get; private set; } = null!;
        public string Triaged { get; private set; } = "";
        public IReadOnlyList<string> Numbers { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            var clock = new FakeTimeProvider(TestHost.Start);
            App = await TestApp.StartAsync(clock: clock);
            Work = new AppWithUsers(App);
            var (resident, office) = (await Work.AsAsync(TestUsers.Resident), await Work.AsAsync(TestUsers.Dispatcher));
            Triaged = await resident.Intake.SubmitAsync(await Work.FormAsync(), Ct);
            await office.Repairs.TriageAsync(await Work.IdAsync(Triaged), Ct);
            clock.Advance(TimeSpan.FromMinutes(1));
            Numbers = [Triaged, await resident.Intake.SubmitAsync(await Work.FormAsync(), Ct)];
            var technician = (await Work.AsAsync(TestUsers.Technician)).PersonId;
            var (from, to) = (new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 25));
            var absence = new AbsenceForm { PersonId = technician, From = from, To = to, Reason = AbsenceReason.Sick, Note = "=cmd" };
            await office.Get<DutyService>().AddAsync(absence, Ct);
        }

        internal async Task<HttpClient> ClientAsync(string userName) =>
            _clients.TryGetValue(userName, out var client) ? client : _clients[userName] = await App.SignInAsync(userName);

        public ValueTask DisposeAsync() => Work.DisposeAsync();
    }
}

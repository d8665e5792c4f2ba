using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.News;

/// <summary>A notice of an outage answers reports before they are made, and is carried by those that come nevertheless.</summary>
public sealed class PlannedOutageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The tests start at 14:00; the outage is from 15:00 to 18:00.</summary>
    [Theory]
    [InlineData(0, "water-tap", false)]
    [InlineData(59, "water-tap", false)]
    [InlineData(60, "water-tap", true)]
    [InlineData(60, "power-light", false)]
    [InlineData(60, "appliance-washer", true)]
    [InlineData(360, "water-tap", true)]
    [InlineData(361, "water-tap", false)]
    public async Task A_ticket_carries_the_outage_that_explains_it(int minutes, string category, bool carries)
    {
        await using var host = await TestHost.OpenAsync();
        var notice = await AnnounceAsync(host);
        host.Clock.Advance(TimeSpan.FromMinutes(minutes));
        var resident = await host.AsAsync(TestUsers.Resident);

        var number = await resident.Intake.SubmitAsync(await host.FormAsync(category), Ct);

        Assert.Equal(carries ? notice.Id : null, (await host.RowAsync(number)).OutageNoticeId);
        var detail = await resident.Get<TicketQueries>().DetailAsync(number, Ct);
        Assert.Equal(carries ? $"my/news/{notice.Number}" : null, detail.Outage?.Address);
        var exported = await (await host.AsAsync(TestUsers.Dispatcher)).Get<DeskQueries>().ExportAsync(new RepairFilter { View = RepairView.All }, ct: Ct)
            .SingleAsync(r => r.Row.Number == number, Ct);
        Assert.Equal(carries ? notice.Number : null, exported.OutageNotice);
    }

    [Fact]
    public async Task Another_building_is_not_explained_and_a_withdrawn_notice_leaves_only_the_mark()
    {
        await using var host = await TestHost.OpenAsync();
        var notice = await AnnounceAsync(host);
        host.Clock.Advance(TimeSpan.FromHours(2));
        var resident = await host.AsAsync(TestUsers.Resident);
        var elsewhere = await host.FormAsync();
        elsewhere.RoomId = await host.InDatabaseAsync(db => db.Rooms.Where(r => r.Building.Code != "Z3").Select(r => r.Id).FirstAsync(Ct));
        Assert.Null((await host.RowAsync(await resident.Intake.SubmitAsync(elsewhere, Ct))).OutageNoticeId);
        var number = await resident.Intake.SubmitAsync(await host.FormAsync(), Ct);

        await (await host.AsAsync(TestUsers.Administrator)).Get<NewsService>().WithdrawAsync(notice.Id, "改期", Ct);

        var detail = await resident.Get<TicketQueries>().DetailAsync(number, Ct);
        Assert.Equal((notice.Id, null), (detail.Row.OutageNoticeId, detail.Outage));
        Assert.Null((await host.RowAsync(await resident.Intake.SubmitAsync(await host.FormAsync("water-leak"), Ct))).OutageNoticeId);
    }

    [Fact]
    public async Task The_report_form_warns_those_addressed_from_a_day_before_until_it_ends()
    {
        await using var host = await TestHost.OpenAsync();
        var notice = await AnnounceAsync(host, hours: 25);
        Assert.Empty(await WarningsAsync(host, TestUsers.Resident));
        host.Clock.Advance(TimeSpan.FromHours(1));

        var warning = Assert.Single(await WarningsAsync(host, TestUsers.Resident));
        Assert.Equal(notice.Number, warning.Outage.Number);
        var categories = await host.InDatabaseAsync(db => db.Categories.ToDictionaryAsync(c => c.Code, c => c.Id, Ct));
        Assert.True(warning.Concerns(warning.BuildingId, null));
        Assert.True(warning.Concerns(warning.BuildingId, categories["water-leak"]));
        Assert.False(warning.Concerns(warning.BuildingId, categories["power-light"]));
        Assert.False(warning.Concerns(warning.BuildingId + 1, null));
        Assert.Empty(await WarningsAsync(host, TestUsers.Technician));
        Assert.Equal($"news/{notice.Number}", Assert.Single(await WarningsAsync(host, TestUsers.Dispatcher)).Outage.Address);

        host.Clock.Advance(TimeSpan.FromHours(27));
        Assert.Empty(await WarningsAsync(host, TestUsers.Resident));
    }

    [Fact]
    public async Task Every_code_of_the_mapping_is_one_of_the_suggested_categories()
    {
        await using var host = await TestHost.OpenAsync();
        var categories = await host.InDatabaseAsync(db => db.Categories.Include(c => c.Parent).Where(c => c.ParentId != null).ToListAsync(Ct));
        foreach (var kind in Enum.GetNames<OutageKind>())
            Assert.Contains(categories, c => OutageTrades.Explains(kind, c.Code, c.Parent!.Code));
        Assert.DoesNotContain(categories, c => OutageTrades.Explains("Unknown", c.Code, c.Parent!.Code));
    }

    [Fact]
    public async Task Pages_of_tickets_and_the_report_form_show_it()
    {
        await using var app = await TestApp.StartAsync();
        var (building, column, admin) = await app.InDatabaseAsync(async db => (
            await db.Set<Building>().Where(b => b.Code == "Z3").Select(b => b.Id).SingleAsync(Ct),
            await db.NewsColumns.SingleAsync(c => c.Code == "outages", Ct),
            await db.Users.Where(u => u.UserName == "admin").Select(u => u.Id).SingleAsync(Ct)));
        var now = await app.InDatabaseAsync(async db =>
        {
            var at = DateTimeOffset.UtcNow;
            await db.WriteAsync(_ =>
            {
                db.Attach(column);
                var item = new NewsItem("TZ20261122-0901", column, admin, at);
                item.Write(new NewsContent("停水通知", "", "", "", "停水", ""), RevisionReason.Created, admin, at, null);
                item.SetOutage(OutageKind.Water, at.AddHours(-1), at.AddHours(2), [building]);
                item.Release(at);
                db.NewsItems.Add(item);
                return Task.CompletedTask;
            }, Ct);
            return at;
        });
        Assert.NotEqual(default, now);
        var student = await app.SignInAsync(TestUsers.Resident);

        var form = await student.PageAsync("/my/repairs/new");
        Assert.Contains("竹园3号楼 计划停水", form.QuerySelector("[data-planned] p:not([hidden])")!.TextContent, StringComparison.Ordinal);
        var number = await Repairs.Phone.ReportAsync(app, student);
        var page = await student.PageAsync($"/my/repairs/{number}");
        Assert.Contains("my/news/TZ20261122-0901", page.QuerySelector("[data-outage]")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<OutageWarning>> WarningsAsync(TestHost host, string who)
    {
        var desk = await host.AsAsync(who);
        return await desk.Get<OutageWarnings>().ReadAsync(await desk.Get<ChoiceQueries>().ChoicesAsync(Ct), Ct);
    }

    /// <summary>Announces to the residents that 竹园3号楼 has no water for three hours, beginning in some hours.</summary>
    private static async Task<NewsDraft> AnnounceAsync(TestHost host, int hours = 1)
    {
        var building = await host.InDatabaseAsync(db => db.Set<Building>().Where(b => b.Code == "Z3").Select(b => b.Id).SingleAsync(Ct));
        var begins = new DateTime(2026, 11, 22, 14, 0, 0, DateTimeKind.Unspecified).AddHours(hours);
        var admin = await host.AsAsync(TestUsers.Administrator);
        var draft = await admin.DraftNewsAsync(form =>
        {
            form.Audience = NewsSteps.Role("Resident");
            (form.OutageKind, form.OutageFrom, form.OutageUntil, form.OutageBuildings) = (OutageKind.Water, begins, begins.AddHours(3), [building]);
        }, "outages");
        return await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
    }
}

using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using Bunit;
using LogisticsAdmin.Components.Layout;
using LogisticsAdmin.Features.Audit;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.People.Pages;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Features.SavedViews;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Reading;
using LogisticsAdmin.Live;
using LogisticsAdmin.Media;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Repairs;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Localization;
using MudBlazor.Services;
using Xunit;

namespace LogisticsAdmin.Tests.Registries;

/// <summary>Everything that a slice registers is shown where it belongs, to those who may see it, without changes to shared pages.</summary>
public sealed class SampleSliceTests
{
    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Manager, true)]
    [InlineData(TestUsers.Dispatcher, false)]
    public async Task The_office_menu_shows_the_entry_in_its_group_to_whom_the_policy_admits(string who, bool isShown)
    {
        await using var host = await TestHost.OpenAsync(services => services.AddSampleSlice());
        await using var page = await OpenAsync(host, who);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo($"{SampleSlice.Address}/1");

        var menu = RenderMenu(page);

        var entries = menu.FindAll("[aria-labelledby=nav-Settings] a").Select(a => a.TextContent.Trim()).ToList();
        Assert.Equal("设置", menu.Find("#nav-Settings").TextContent);
        Assert.Contains("办公日历", entries);
        Assert.Equal(isShown, menu.FindAll($"a[href='{SampleSlice.Address}'][aria-current=page]").Count == 1);
        if (isShown) Assert.Equal("7", menu.Find($"a[href='{SampleSlice.Address}'] b").TextContent.Trim());
    }

    [Fact]
    public async Task The_office_menu_is_grouped_in_a_fixed_order_and_leaves_out_groups_without_entries()
    {
        await using var host = await TestHost.OpenAsync();
        await using var admin = await OpenAsync(host, TestUsers.Administrator);
        await using var dispatcher = await OpenAsync(host, TestUsers.Dispatcher);

        Assert.Equal(["报修", "人员与场所", "收费", "订餐订物", "设置", "数据"], RenderMenu(admin).FindAll(".nav-head").Select(h => h.TextContent));
        Assert.Equal(["报修", "人员与场所", "收费", "订餐订物", "设置", "数据"], RenderMenu(dispatcher).FindAll(".nav-head").Select(h => h.TextContent));
        Assert.Equal(
            ["主管看板", "报修受理", "报修看板", "值班与缺勤", "配件与工时"],
            RenderMenu(dispatcher).FindAll("[aria-labelledby=nav-Repairs] .nav-words").Select(a => a.TextContent));
    }

    [Theory]
    [InlineData("/repairs?view=All", "repairs")]
    [InlineData("/repairs/BX20261122-0001", "repairs")]
    [InlineData("/repairs/duty", "repairs/duty")]
    [InlineData("/repairs/board", "repairs/board")]
    [InlineData("/people/5", "people")]
    [InlineData("/peoples", null)]
    public async Task The_entry_of_the_open_page_is_the_current_one(string address, string? current)
    {
        await using var host = await TestHost.OpenAsync();
        await using var page = await OpenAsync(host, TestUsers.Administrator);
        var menu = RenderMenu(page);

        page.Services.GetRequiredService<NavigationManager>().NavigateTo(address);

        Assert.Equal(current, menu.FindAll("a[aria-current=page]").SingleOrDefault()?.GetAttribute("href"));
    }

    [Fact]
    public async Task Every_icon_that_is_registered_is_one_of_the_shell_s()
    {
        await using var host = await TestHost.OpenAsync(services => services.AddSampleSlice());
        var icons = host.Services.GetServices<INavigationItem>().Select(i => i.Icon).Concat(host.Services.GetServices<IPortalTab>().Select(t => t.Icon));
        Assert.All(icons, icon => Assert.Contains(icon, PortalIcon.Paths.Keys));
    }

    [Fact]
    public async Task Phone_pages_show_the_tab_and_the_home_page_shows_the_card_to_residents_only()
    {
        await using var app = await TestApp.StartAsync(change: services => services.AddSampleSlice());

        var resident = await (await app.SignInAsync(TestUsers.Resident)).PageAsync("/my");
        Assert.Equal(["首页", "报修", "我的报修", "费用", "订餐", "通知", "样例", "我的"], Tabs(resident));
        Assert.Equal("样例卡片", resident.QuerySelector("[data-sample]")!.TextContent);
        Assert.Equal("首页", resident.QuerySelector(".tabs [aria-current=page]")!.TextContent);

        var technician = await (await app.SignInAsync(TestUsers.Technician)).PageAsync("/my");
        Assert.Equal(["我的活", "抄表", "停供", "配送", "我的报修", "通知", "报修", "我的"], Tabs(technician));
        Assert.Null(technician.QuerySelector("[data-sample]"));

        static IEnumerable<string> Tabs(IParentNode page) => page.QuerySelectorAll(".tabs a").Select(a => a.TextContent);
    }

    [Fact]
    public async Task The_message_page_shows_its_messages_in_its_words_and_the_phone_header_its_part()
    {
        await using var app = await TestApp.StartAsync(change: services => services.AddSampleSlice());
        await app.InDatabaseAsync(async db =>
        {
            var resident = await db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Id).SingleAsync(Ct);
            db.Add(new InboxItem(resident, SampleSlice.SampleExpired.Kind, "S-1", "三天", TestHost.Start));
            return await db.SaveChangesAsync(Ct);
        });
        var client = await app.SignInAsync(TestUsers.Resident);

        var page = await client.PageAsync("/my/messages");

        var message = page.QuerySelector("[data-message] a")!;
        Assert.Equal("样例到期：三天", message.QuerySelector("b")!.TextContent.Trim());
        Assert.Equal("M4 4h16v16H4z", message.QuerySelector("svg path")!.GetAttribute("d"));
        Assert.Equal(["样例", "1"], page.QuerySelectorAll(".portal-top b").Select(b => b.TextContent));
        using var opened = await client.GetAsync(message.GetAttribute("href"), Ct);
        Assert.Equal("/my/samples/S-1", opened.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task The_search_box_finds_what_is_registered_and_names_it_in_its_hint()
    {
        await using var host = await TestHost.OpenAsync(services => services.AddSampleSlice());
        await using var page = await OpenAsync(host, TestUsers.Manager);
        var box = page.Render<SearchBox>();
        Assert.Equal(
            "搜索单号、房间、报修内容、报修人、楼栋、通知、投诉建议、账单号、订单号或样例编号",
            box.Find("#global-search").GetAttribute("placeholder"));

        await box.Find("#global-search").InputAsync("尺子");

        await box.WaitForAssertionAsync(() => Assert.Equal(2, box.FindAll("#search-hits [data-sample]").Count), TestTimeouts.Default);
        Assert.Equal("S-1 样例 尺子 在用", box.Find("[data-sample='1'] a").TextContent.Trim());
        await box.Find("#global-search").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });
        Assert.EndsWith($"{SampleSlice.Address}/1", page.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestUsers.Manager, true)]
    [InlineData(TestUsers.Dispatcher, false)]
    public async Task The_search_box_does_what_is_registered_for_those_who_may(string who, bool may)
    {
        await using var host = await TestHost.OpenAsync(services => services.AddSampleSlice());
        await using var page = await OpenAsync(host, who);
        var box = page.Render<SearchBox>();

        await box.Find("#global-search").InputAsync("登记样例");

        await box.WaitForAssertionAsync(() => Assert.NotEmpty(box.FindAll("#search-hits [role=option]")), TestTimeouts.Default);
        Assert.Equal(may ? 1 : 0, box.FindAll("[data-command=add-sample]").Count);
        await box.Find("#global-search").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });
        Assert.Equal(may, page.Services.GetRequiredService<NavigationManager>().Uri.EndsWith("/samples/new", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_search_box_is_silent_about_what_the_reader_may_not_search()
    {
        await using var host = await TestHost.OpenAsync(services => services.AddSampleSlice());
        var ticket = await host.TicketAsync();
        await using var page = await OpenAsync(host, TestUsers.Dispatcher);
        var box = page.Render<SearchBox>();
        Assert.Equal("搜索单号、房间、报修内容、报修人、楼栋、通知、投诉建议、账单号或订单号", box.Find("#global-search").GetAttribute("placeholder"));

        await box.Find("#global-search").InputAsync(ticket.Number);

        await box.WaitForAssertionAsync(
            () => Assert.Equal(ticket.Number, Assert.Single(box.FindAll("#search-hits [data-ticket]")).GetAttribute("data-ticket")),
            TestTimeouts.Default);
        Assert.Empty(box.FindAll("[data-sample]"));
    }

    [Fact]
    public async Task A_person_s_page_shows_the_section_with_its_link()
    {
        await using var host = await TestHost.OpenAsync(services => services.AddSampleSlice());
        var resident = (await host.AsAsync(TestUsers.Resident)).PersonId;
        await using var page = await OpenAsync(host, TestUsers.Administrator);

        var sheet = page.Render<PersonPage>(p => p.Add(s => s.Id, resident));

        await sheet.WaitForAssertionAsync(
            () => Assert.Contains("样例", sheet.FindAll("[data-section] h2").Select(h => h.TextContent.Split(' ')[0])),
            TestTimeouts.Default);
        Assert.Equal("全部样例", sheet.Find($"[data-section] a[href='{SampleSlice.Address}']").TextContent);
    }

    [Fact]
    public async Task The_audit_log_names_its_entity_and_field()
    {
        await using var host = await TestHost.OpenAsync(services => services.AddSampleSlice());
        var display = (await host.AsAsync(TestUsers.Administrator)).Get<AuditDisplay>();

        CultureInfo.CurrentUICulture = new CultureInfo(Languages.Chinese);
        Assert.Equal(("样例", "颜色"), (display.Entity(nameof(SampleSlice.Sample)), display.Field(nameof(SampleSlice.Sample), "Colour")));
    }

    [Fact]
    public async Task Its_deadlines_are_recalculated_at_the_start_and_when_the_calendar_changes()
    {
        await using var host = await TestHost.OpenAsync(services => services.AddSampleSlice());
        var deadlines = host.Services.GetRequiredService<SampleSlice.SampleDeadlines>();
        var recalculation = host.Services.GetServices<IHostedService>().OfType<RecalculationOnChange>().Single();
        await recalculation.StartAsync(Ct);
        Assert.True(await deadlines.Recalculated.WaitAsync(TestTimeouts.Default, Ct));

        host.Services.GetRequiredService<IChangeFeed>().Publish([new KeyChanged(CalendarService.Topic, 0)]);

        Assert.True(await deadlines.Recalculated.WaitAsync(TestTimeouts.Default, Ct));
        await recalculation.StopAsync(Ct);
    }

    [Theory]
    [InlineData(TestUsers.Resident, HttpStatusCode.OK)]
    [InlineData(TestUsers.Technician, HttpStatusCode.NotFound)]
    public async Task Its_picture_is_served_to_whom_it_admits(string who, HttpStatusCode answer)
    {
        await using var app = await TestApp.StartAsync(change: services => services.AddSampleSlice());
        var picture = new ProcessedPicture(Phone.Jpeg(), Phone.Jpeg(), 1, 1);
        await app.Services.GetRequiredService<MediaStore>().SaveAsync(SampleSlice.SamplePictures.Key, picture, Ct);

        using var response = await (await app.SignInAsync(who)).GetAsync($"/photos/{SampleSlice.SamplePictures.Key}", Ct);

        Assert.Equal(answer, response.StatusCode);
    }

    [Theory]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task The_section_is_kept_from_whoever_may_not_see_it(string who)
    {
        await using var host = await TestHost.OpenAsync(services => services.AddSampleSlice());
        var sections = (await host.AsAsync(who)).Get<IEnumerable<IPersonSection>>();
        Assert.Null(await sections.Single(s => s.Title == SampleSlice.Name).ReadAsync(1, 10, Ct));
    }

    [Fact]
    public async Task The_monthly_report_has_its_section_with_figures_tables_and_the_rows_behind_them()
    {
        await using var host = await TestHost.OpenAsync(services => services.AddSampleSlice());
        var reports = (await host.AsAsync(TestUsers.Manager)).Get<ReportService>();
        var november = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));

        var content = (await reports.MonthAsync(november, Ct)).Content;
        var behind = await reports.FigureAsync(new FigureQuery { Period = november, Figure = SampleReport.Whole, Part = FigurePart.Rest }, 0, ct: Ct);

        var section = content.Sections[^1];
        Assert.Equal(("样例服务", "样例2件。"), (section.Layout.Title.Zh, section.Summary.Single().Zh));
        Assert.Equal((0.5m, 6m), (section.Snapshot.Value(SampleReport.Whole).Value, section.Snapshot.Value(SampleReport.Weight).Value));
        Assert.Equal(("红", 2), (section.Snapshot.Lines(section.Layout.Tables[0]).Single().Name!.Zh,
            section.Snapshot.Lines(section.Layout.Tables[0]).Single().Values[0].Counted));
        Assert.Equal("S-2", behind.Rows.Single().Thing!.Number);
        Assert.Equal(content.Sections.Count, content.Sections.Select(s => s.Layout.Code).Distinct().Count());
    }

    [Fact]
    public async Task A_closed_month_keeps_its_section_as_it_was()
    {
        await using var host = await TestHost.OpenAsync(services => services.AddSampleSlice());
        host.Clock.Advance(TimeSpan.FromDays(12));
        var manager = await host.AsAsync(TestUsers.Manager);
        var november = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));
        await manager.Get<ClosingService>().CloseAsync(november, Ct);

        var section = (await manager.Get<ReportService>().MonthAsync(november, Ct)).Content.Sections[^1];

        Assert.Equal((2, "完好率"), (section.Snapshot.Value(SampleReport.Found).Counted, section.Layout.Figure(SampleReport.Whole).Words.Name.Zh));
    }

    private static IRenderedComponent<NavMenu> RenderMenu(BunitContext page) => page.Render<NavMenu>();

    /// <summary>A page in Chinese for this person, with the test app's services.</summary>
    private static Task<BunitContext> OpenAsync(TestHost host, string who)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(Languages.Chinese);
        return ComposeAsync(host, who);
    }

    private static async Task<BunitContext> ComposeAsync(TestHost host, string who)
    {
        var desk = await host.AsAsync(who);
        var page = new BunitContext();
        page.JSInterop.Mode = JSRuntimeMode.Loose;
        page.Services.AddMudServices();
        page.AddAuthorization().SetAuthorized(who).SetRoles([.. desk.Get<CurrentUser>().Actor.Roles.Select(r => r.ToString())]);
        page.Services.AddSingleton(desk.Get<IAuthorizationService>());
        page.Services.AddSingleton(desk.Get<IEnumerable<INavigationItem>>());
        page.Services.AddSingleton(desk.Get<IEnumerable<ISearchProvider>>());
        page.Services.AddSingleton(desk.Get<IEnumerable<ICommandItem>>());
        page.Services.AddSingleton(host.Services.GetRequiredService<IChangeFeed>());
        page.Services.AddSingleton(desk.Get<CurrentUser>());
        page.Services.AddSingleton(desk.Get<PeopleService>());
        page.Services.AddSingleton(desk.Get<PeopleUndo>());
        page.Services.AddSingleton(desk.Get<SavedViewService>());
        page.Services.AddSingleton(desk.Get<IViewedList<RepairFilter, RepairRow>>());
        page.Services.AddSingleton(desk.Get<IViewedList<VoiceFilter, VoiceRow>>());
        page.Services.AddSingleton(desk.Get<OfficeTime>());
        page.Services.AddSingleton(desk.Get<RefusalText>());
        page.Services.AddSingleton(host.Services.GetRequiredService<IStringLocalizerFactory>());
        page.Services.AddTransient(typeof(IStringLocalizer<>), typeof(StringLocalizer<>));
        page.Services.AddScoped<Actions>();
        return page;
    }
}

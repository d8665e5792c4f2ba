using System.Text.RegularExpressions;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

public sealed class PeoplePageTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_moves_somebody_to_another_room()
    {
        await using var app = await TestApp.StartAsync(kestrel: true);
        var visitor = await OpenAsync(app);
        await visitor.SignInAsync(TestUsers.Administrator);
        await visitor.GoAsync("/people");
        var page = visitor.Page;
        await page.GetByLabel("搜索").Last.FillAsync(TestUsers.Resident);
        await page.GetByRole(AriaRole.Button, new() { Name = "修改：王小雨" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.Locator("#person-room option:checked")).ToHaveTextAsync("512");
        await visitor.PictureAsync("dialog-person");
        await visitor.DemandAccessibleAsync("the dialog of a person");

        await dialog.GetByLabel("楼栋").SelectOptionAsync("竹园1号楼");
        await Expect(dialog.GetByLabel("房间")).ToHaveValueAsync("");
        await dialog.GetByLabel("房间").SelectOptionAsync("201");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);

        var home = await app.InDatabaseAsync(db => db.Database.SqlQueryRaw<string>(
            "SELECT b.Name || ' ' || r.Name AS Value FROM People p JOIN Rooms r ON r.Id = p.RoomId "
            + "JOIN Buildings b ON b.Id = r.BuildingId WHERE p.UserName = 'student'").SingleAsync(Ct));
        Assert.Equal("竹园1号楼 201", home);
    }

    [Fact]
    public async Task A_disabled_dispatcher_s_open_desk_is_closed_at_once_and_for_good()
    {
        await using var app = await TestApp.StartAsync(kestrel: true);
        await using var work = new AppWithUsers(app);
        var number = await work.ReportAsync("走廊灯不亮");
        var (desk, office) = (await OpenAsync(app), await OpenAsync(app));
        await desk.SignInAsync(TestUsers.Dispatcher);
        await desk.GoAsync("/repairs?view=All");
        await Expect(desk.Ticket(number)).ToBeVisibleAsync();
        await office.SignInAsync(TestUsers.Administrator);
        await office.GoAsync("/people");

        await office.Page.GetByLabel("搜索").Last.FillAsync("王静");
        await office.Page.GetByRole(AriaRole.Button, new() { Name = "停用：王静" }).ClickAsync();
        var dialog = office.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("原因").FillAsync("调离");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "停用" }).ClickAsync();

        await Expect(desk.Page).ToHaveURLAsync(new Regex("/Account/Login"));
        await Expect(desk.Ticket(number)).ToHaveCountAsync(0);
        await desk.Page.GotoAsync("/repairs");
        Assert.Contains("/Account/Login", desk.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_keeps_its_filter_in_the_address_follows_changes_and_leads_to_the_person()
    {
        await using var app = await TestApp.StartAsync(kestrel: true);
        var visitor = await OpenAsync(app);
        await visitor.SignInAsync(TestUsers.Administrator);
        await visitor.GoAsync("/people?q=wxy&role=Resident");
        var page = visitor.Page;
        var row = page.Locator("tr[data-person]", new() { HasText = "王小雨" });
        await Expect(page.GetByLabel("搜索").Last).ToHaveValueAsync("wxy");
        await Expect(row).ToHaveAttributeAsync("data-state", "Active");
        await visitor.PictureAsync("people-list");
        await visitor.DemandAccessibleAsync("the list of people");

        await row.GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.Locator("[data-bulk=Disable]").ClickAsync();
        await page.Locator("#bulk-reason").FillAsync("休学");
        await page.Locator("[data-confirm]").ClickAsync();
        await Expect(page.Locator("[data-bulk-done='1']")).ToBeVisibleAsync();
        await visitor.DemandAccessibleAsync("the result of a bulk verb");
        await page.Locator("[data-close]").ClickAsync();
        await Expect(row).ToHaveAttributeAsync("data-state", "Disabled");

        await row.GetByRole(AriaRole.Link).ClickAsync();
        var sheet = page.Locator(".sheet[data-person]");
        await Expect(sheet).ToContainTextAsync("休学");
        await visitor.PictureAsync("person");
        await visitor.DemandAccessibleAsync("the sheet of a person");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "启用：王小雨" }).ClickAsync();
        await Expect(sheet).ToHaveAttributeAsync("data-state", "Active");
    }

    [Fact]
    public async Task The_global_search_finds_people_for_administrators()
    {
        await using var app = await TestApp.StartAsync(kestrel: true);
        var visitor = await OpenAsync(app);
        await visitor.SignInAsync(TestUsers.Administrator);
        await visitor.GoAsync("/calendar");
        await visitor.Page.FillAsync("#global-search", "wangxiaoyu");
        await Expect(visitor.Page.Locator("#search-hits [data-person]")).ToContainTextAsync("王小雨");
        await visitor.Page.PressAsync("#global-search", "Enter");
        await Expect(visitor.Page.Locator(".sheet[data-person] h1")).ToHaveTextAsync("王小雨");
    }
}

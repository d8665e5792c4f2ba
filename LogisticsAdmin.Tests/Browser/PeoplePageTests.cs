using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

public sealed class PeoplePageTests(BrowserHouse house) : BrowserTest(house)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_moves_somebody_to_another_room()
    {
        await using var app = await TestApp.StartAsync(kestrel: true);
        var visitor = await OpenAsync(app);
        await visitor.SignInAsync(Cast.Administrator);
        await visitor.GoAsync("/people");
        var page = visitor.Page;
        await page.GetByLabel("搜索").Last.FillAsync(Cast.Resident);
        await page.GetByRole(AriaRole.Button, new() { Name = "编辑：王小雨" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByLabel("房间")).ToHaveValueAsync("512");
        await visitor.PictureAsync("dialog-person");
        await visitor.DemandAccessibleAsync("the dialog of a person");

        await dialog.GetByLabel("楼栋").ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "竹园1号楼" }).ClickAsync();
        await Expect(dialog.GetByLabel("房间")).ToHaveValueAsync("");
        await dialog.GetByLabel("房间").ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "201", Exact = true }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);

        var home = await app.InDatabaseAsync(db => db.Database.SqlQueryRaw<string>(
            "SELECT b.Name || ' ' || r.Name AS Value FROM People p JOIN Rooms r ON r.Id = p.RoomId JOIN Buildings b ON b.Id = r.BuildingId WHERE p.UserName = 'student'").SingleAsync(Ct));
        Assert.Equal("竹园1号楼 201", home);
    }

    [Fact]
    public async Task A_disabled_dispatcher_s_open_desk_is_closed_at_once_and_for_good()
    {
        await using var app = await TestApp.StartAsync(kestrel: true);
        await using var work = new WorkedApp(app);
        var number = await work.ReportAsync("走廊灯不亮");
        var (desk, office) = (await OpenAsync(app), await OpenAsync(app));
        await desk.SignInAsync(Cast.Dispatcher);
        await desk.GoAsync("/repairs?view=All");
        await Expect(desk.Ticket(number)).ToBeVisibleAsync();
        await office.SignInAsync(Cast.Administrator);
        await office.GoAsync("/people");

        await office.Page.GetByLabel("搜索").Last.FillAsync("王静");
        await office.Page.GetByRole(AriaRole.Button, new() { Name = "停用：王静" }).ClickAsync();
        var dialog = office.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("停用原因").FillAsync("调离");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "停用" }).ClickAsync();

        await Expect(desk.Page.Locator("[data-access-denied]")).ToBeVisibleAsync();
        await Expect(desk.Ticket(number)).ToHaveCountAsync(0);
        await desk.Page.GotoAsync("/repairs");
        Assert.Contains("/Account/Login", desk.Page.Url, StringComparison.Ordinal);
    }
}

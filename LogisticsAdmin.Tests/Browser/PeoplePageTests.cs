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
}

using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>The page of places: tree, grid, room and its form by keyboard; a second open grid follows.</summary>
public sealed class PlacesPageTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_room_is_found_and_edited_by_keyboard_and_another_open_grid_follows()
    {
        var service = (await Fixture.Work.AsAsync(TestUsers.Administrator)).Get<PlacesService>();
        var campus = await Fixture.Work.InDatabaseAsync(db => db.Campuses.OrderBy(c => c.Id).Select(c => c.Id).FirstAsync(Ct));
        var code = $"K{Guid.NewGuid():N}"[..6].ToUpperInvariant();
        var (name, nameEn) = ($"键盘楼{code}".PadRight(60, '长'), $"Keys{code}".PadRight(60, 'W'));
        var building = await service.CreateBuildingAsync(
            new BuildingForm { CampusId = campus, Code = code, Name = name, NameEn = nameEn, Kind = BuildingKind.Dormitory }, Ct);
        foreach (var (number, floor) in new[] { ("101", 1), ("102", 1), ("201", 2), ("202", 2) })
        {
            await service.CreateRoomAsync(
                new RoomForm { BuildingId = building, Number = number, Floor = floor, Kind = RoomKind.Bedroom, Beds = 4 }, Ct);
        }
        var other = await SignInAsync(TestUsers.Dispatcher, new Viewport(Viewport.English, Width: Viewport.Phone));
        await other.GoAsync($"/places?building={building}");
        await Expect(other.Page.Locator(".tile")).ToHaveCountAsync(4);
        await Expect(other.Page.Locator("h1")).ToHaveTextAsync(nameEn);
        await other.DemandAccessibleAsync("the grid on a phone");
        await other.PictureAsync("places-phone");
        await other.GoAsync($"/places?building={building}&show=list");
        await Expect(other.Page.Locator("table.rows tbody tr")).ToHaveCountAsync(4);
        await other.DemandAccessibleAsync("the list on a phone");
        await other.GoAsync($"/places?building={building}");
        await Expect(other.Page.Locator(".tile")).ToHaveCountAsync(4);

        var admin = await SignInAsync(TestUsers.Administrator);
        await admin.GoAsync("/places");
        var (page, keys) = (admin.Page, admin.Page.Keyboard);
        await Expect(page.Locator("[role=treeitem][tabindex='0']")).ToHaveCountAsync(1);
        await page.FocusAsync("[role=treeitem][tabindex='0']");
        for (var i = 0; i < 60 && !await page.Locator($"#tree-b{building}:focus").IsVisibleAsync(); i++) await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync(name);
        await Expect(page.Locator(".tile")).ToHaveCountAsync(4);
        Assert.Contains($"building={building}", page.Url, StringComparison.Ordinal);

        await page.FocusAsync(".tile[tabindex='0']");
        await Expect(page.Locator(".tile:focus b")).ToHaveTextAsync("201");
        await keys.PressAsync("ArrowRight");
        await keys.PressAsync("ArrowDown");
        await Expect(page.Locator(".tile:focus b")).ToHaveTextAsync("102");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("#room-title")).ToBeFocusedAsync();
        await admin.DemandAccessibleAsync("the page of places with an open room");
        await admin.PictureAsync("places");

        await page.FocusAsync("[data-edit-room]");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("#room-number")).ToBeFocusedAsync();
        await page.FillAsync("#room-beds", "2");
        await Expect(page.Locator("[data-leaving]")).ToContainTextAsync("3、4");
        await page.FillAsync("#room-beds-reason", "改为双人间");
        await page.FillAsync("#room-area", "21.5");
        await admin.DemandAccessibleAsync("the form of a room");
        await admin.PictureAsync("dialog-room");
        await page.FocusAsync("#room-beds");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("#room-form")).ToHaveCountAsync(0);
        await Expect(page.Locator(".facts")).ToContainTextAsync("21.5");
        foreach (var window in new[] { page, other.Page })
            await Expect(window.Locator(".tile", new PageLocatorOptions { HasText = "102" }).Locator(".p i")).ToHaveCountAsync(2);

        // One bed by hand: renamed, retired with a reason, and taken back into use.
        await page.FocusAsync("[data-change-beds]");
        await keys.PressAsync("Enter");
        await page.Locator("[data-bed-act=Rename]").First.FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(page.Locator("#bed-code")).ToBeFocusedAsync();
        await page.FillAsync("#bed-code", "上铺");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[data-bed] .tile", new PageLocatorOptions { HasText = "上铺" })).ToHaveCountAsync(1);
        await page.Locator("[data-bed-act=Retire]").Last.FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(page.Locator("#bed-reason")).ToBeFocusedAsync();
        await keys.TypeAsync("床板坏了");
        await page.FocusAsync("[data-confirm]");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("#retire-bed")).ToHaveCountAsync(0);
        await page.FocusAsync("details.retired summary");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[data-retired-bed]").First).ToContainTextAsync("床板坏了");
        await admin.DemandAccessibleAsync("the beds of a room");
        await admin.PictureAsync("room-beds");
        await page.Locator("[data-retired-bed]").First.Locator("[data-bed-act=Restore]").FocusAsync();
        await keys.PressAsync("Enter");
        await page.GetByRole(AriaRole.Dialog).Locator("[data-confirm]").PressAsync("Enter");
        await Expect(page.Locator("[data-bed]")).ToHaveCountAsync(2);
        Assert.Empty(admin.Problems);
    }
}

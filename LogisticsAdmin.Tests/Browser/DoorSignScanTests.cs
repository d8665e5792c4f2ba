using System.Text.RegularExpressions;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

public sealed class DoorSignScanTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_resident_scans_a_sign_signs_in_and_reports_with_the_room_filled_in()
    {
        var room = await Fixture.Work.InDatabaseAsync(db =>
            db.Rooms.Where(r => r.Code == "305" && r.Building.Name == "竹园3号楼").Select(r => r.Id).SingleAsync(TestContext.Current.CancellationToken));
        var student = await ArriveAsync(new Viewport(Width: Viewport.Phone));
        var page = student.Page;
        await student.GoAsync($"/r/{room}");
        await page.FillAsync("#user-name", TestUsers.Resident);
        await page.FillAsync("#password", DemoPeople.Password);
        await page.ClickAsync("main form button[type=submit]");
        await Expect(page).ToHaveURLAsync(new Regex($@"/my/repairs/new\?room={room}$"));
        await Expect(page.Locator("#report-RoomId")).ToHaveValueAsync($"{room}");
        Assert.Empty(await student.ViolationsAsync("the report of a scanned room"));

        await student.PressAsync("[data-tiles] label");
        var categories = page.Locator("#report-CategoryId");
        await categories.SelectOptionAsync(await categories.Locator("optgroup:not([hidden]) option").First.GetAttributeAsync("value") ?? "");
        await page.FillAsync("#report-Description", "扫码报修：走廊灯不亮");
        await student.PressAsync("main form[data-check] button[type=submit].primary");
        await Expect(page.Locator("[data-ticket]").First).ToHaveAttributeAsync("data-status", nameof(TicketStatus.New));
        var number = await page.Locator("[data-ticket]").First.GetAttributeAsync("data-ticket");
        Assert.Equal(room, await Fixture.Work.InDatabaseAsync(db =>
            db.RepairTickets.Where(t => t.Number == number).Select(t => t.RoomId).SingleAsync(TestContext.Current.CancellationToken)));
        Assert.Empty(student.Problems);
    }
}

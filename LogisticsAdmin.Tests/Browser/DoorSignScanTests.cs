using System.Text.RegularExpressions;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

public sealed partial class DoorSignScanTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task Eight_signs_are_printed_on_each_sheet_of_A4()
    {
        var (building, signs) = await Fixture.Work.InDatabaseAsync(async db =>
        {
            var id = await db.Buildings.Where(b => b.Name == "竹园3号楼").Select(b => b.Id).SingleAsync(TestContext.Current.CancellationToken);
            return (id, await db.Rooms.CountAsync(
                r => r.BuildingId == id && r.Floor == 3 && r.RetiredAt == null, TestContext.Current.CancellationToken));
        });
        var dispatcher = await SignInAsync(TestUsers.Dispatcher);
        await dispatcher.GoAsync($"/places/signs?building={building}&floor=3");
        await dispatcher.DemandAccessibleAsync("the signs of a floor");
        var printed = System.Text.Encoding.Latin1.GetString(await dispatcher.Page.PdfAsync(new PagePdfOptions { Format = "A4", PreferCSSPageSize = true }));
        Assert.Equal((signs + 7) / 8, PageOfPdf().Count(printed));
        Assert.Empty(dispatcher.Problems);
    }

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

    [GeneratedRegex(@"/Type\s*/Page\b")]
    private static partial Regex PageOfPdf();
}

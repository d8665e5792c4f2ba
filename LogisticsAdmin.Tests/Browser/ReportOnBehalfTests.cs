using LogisticsAdmin.Tests.Repairs;
using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>代报: the dialog in which a dispatcher takes a call.</summary>
public sealed class ReportOnBehalfTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_caller_is_chosen_or_named_with_the_keyboard_and_photos_go_along()
    {
        var open = await Fixture.Work.TicketAsync("水龙头滴水", 0);
        var desk = await SignInAsync(TestUsers.Dispatcher);
        var (page, keys) = (desk.Page, desk.Page.Keyboard);
        await desk.GoAsync("/repairs");
        await keys.PressAsync("n");
        await Expect(page.Locator("#report-who")).ToBeFocusedAsync();

        await keys.InsertTextAsync("王小雨");
        await Expect(page.Locator("#report-whos [role=option]")).ToHaveCountAsync(1);
        await keys.PressAsync("Enter");
        await Expect(page.Locator(".chosen")).ToContainTextAsync("王小雨");
        await Expect(page.Locator("#report-name")).ToHaveCountAsync(0);
        await Expect(page.Locator(".reported")).ToContainTextAsync(open);

        await page.Locator("#report-who").FillAsync("欧阳无账");
        await Expect(page.Locator("#report-name")).ToHaveValueAsync("欧阳无账");
        await keys.PressAsync("Tab");
        await Expect(page.Locator("#report-name")).ToBeFocusedAsync();
        await page.FillAsync("#report-phone", "13955501234");
        await page.SelectOptionAsync("#report-category", new SelectOptionValue { Label = "水龙头" });
        await page.FillAsync("#report-text", "走廊水龙头滴水");
        await page.SetInputFilesAsync("#report-photos", new FilePayload { Name = "tap.jpg", MimeType = "image/jpeg", Buffer = Phone.Jpeg() });
        await Expect(page.Locator(".mud-dialog .photo")).ToHaveCountAsync(1);
        await desk.PictureAsync("dialog-report-caller");
        await desk.DemandAccessibleAsync("the dialog of a report on behalf");
        await page.Locator("#report-phone").FocusAsync();
        await keys.PressAsync("Enter");

        await Expect(page.Locator("#sheet-title")).ToHaveTextAsync("走廊水龙头滴水");
        await Expect(page.Locator(".facts", new PageLocatorOptions { HasText = "13955501234" }).First).ToContainTextAsync("欧阳无账");
        await Expect(page.Locator(".tl .photos img")).ToHaveCountAsync(1);
        Assert.Empty(desk.Problems);
    }
}

using System.Text.RegularExpressions;
using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>The office calendar in a real browser.</summary>
public sealed partial class CalendarTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Year = "/calendar?year=2026&day=2026-10-01";

    [Theory]
    [InlineData(Viewport.Chinese, false, Viewport.Desk)]
    [InlineData(Viewport.English, true, Viewport.Desk)]
    [InlineData(Viewport.Chinese, true, Viewport.Phone)]
    public async Task The_page_and_its_dialogs_satisfy_axe_and_fit_the_window(string language, bool dark, int width)
    {
        var visitor = await SignInAsync(TestUsers.Manager, new Viewport(language, dark, width));
        List<string> problems = [];
        await visitor.GoAsync(Year);
        await Expect(visitor.Page.Locator(".month")).ToHaveCountAsync(12);
        await visitor.PictureAsync("calendar-year");
        problems.AddRange(await visitor.ViolationsAsync("the year"));
        foreach (var (name, button) in new[]
        {
            ("span", ".page-head .btn.primary"), ("import", ".page-head button.btn:not(.primary)"), ("edit", ".day-card .btn"),
            ("slots", "[data-weekday=Monday] .btn >> nth=0"), ("remove", ".spans .danger >> nth=0"),
        })
        {
            await visitor.Page.Locator(button).ClickAsync();
            await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await visitor.PictureAsync($"calendar-{name}");
            problems.AddRange(await visitor.ViolationsAsync($"the dialog '{name}'"));
            await visitor.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameRegex = Cancel() }).ClickAsync();
            await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        }
        problems.AddRange(visitor.Problems);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Fact]
    public async Task Arrow_keys_walk_through_the_year_and_Enter_shows_the_day()
    {
        var calendar = await SignInAsync(TestUsers.Dispatcher);
        var page = calendar.Page;
        await calendar.GoAsync(Year);
        await page.Locator("[data-day='2026-10-01']").FocusAsync();
        foreach (var (key, day) in new[]
        {
            ("ArrowLeft", "2026-09-30"), ("ArrowDown", "2026-10-07"), ("ArrowRight", "2026-10-08"),
            ("ArrowUp", "2026-10-01"), ("PageUp", "2026-09-01"), ("PageDown", "2026-10-01"),
        })
        {
            await page.Keyboard.PressAsync(key);
            await Expect(page.Locator($"[data-day='{day}']")).ToBeFocusedAsync();
        }
        for (var i = 0; i < 9; i++) await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".day-card")).ToContainTextAsync("国庆节调休");
        await Expect(page.Locator(".day-card")).ToContainTextAsync("08:00–12:00");
        // A dispatcher may only read, so there are no buttons.
        await Expect(page.Locator(".cal button")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_a_manager_imports_appears_on_an_open_page_and_is_removed_again_after_a_warning()
    {
        var reader = await SignInAsync(TestUsers.Dispatcher);
        await reader.GoAsync("/calendar?year=2027");
        var manager = await SignInAsync(TestUsers.Manager);
        await manager.GoAsync("/calendar?year=2027");
        await manager.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "导入日历" }).ClickAsync();
        var holidays = Calendar.Ical.Of(Calendar.Ical.WholeDay("browser", "校庆 休", "20270520", "20270522"));
        await manager.ChooseFileAsync("#import-file", new FilePayload { Name = "2027.ics", MimeType = "text/calendar", Buffer = holidays });
        await Expect(manager.Page.Locator("[data-outcome=New]")).ToContainTextAsync("1");
        await manager.Page.Locator("[data-confirm]").ClickAsync();
        await Expect(reader.Page.Locator("[data-day='2027-05-21'][data-state=Holiday]")).ToBeVisibleAsync();
        await manager.Page.Locator(".mud-dialog-actions .btn.primary").ClickAsync();
        await Expect(manager.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await manager.Page.Locator(".spans li", new PageLocatorOptions { HasText = "校庆" }).GetByRole(AriaRole.Button).Last.ClickAsync();
        await Expect(manager.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("由 0 天变为 2 天");
        await manager.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "删除" }).ClickAsync();
        await Expect(reader.Page.Locator("[data-day='2027-05-21'][data-state=Working]")).ToBeVisibleAsync();
    }

    [GeneratedRegex("^(取消|Cancel)$")]
    private static partial Regex Cancel();
}

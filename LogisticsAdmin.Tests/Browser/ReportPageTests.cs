using System.Text.RegularExpressions;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>The monthly report by keyboard: from a figure to its rows, comments that store themselves, closing and reopening.</summary>
public sealed partial class ReportPageTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_figure_leads_to_its_rows_and_their_number_agrees()
    {
        var manager = await SignInAsync(TestUsers.Manager, new Viewport(Width: Viewport.Phone));
        var month = ReportPeriod.MonthOf(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddHours(8).DateTime));
        await manager.GoAsync($"/reports/monthly/{month}");
        await manager.DemandAccessibleAsync("the monthly report");
        await Expect(manager.Page.Locator("[data-balance]")).ToHaveAttributeAsync("data-balance", "holds");
        var link = manager.Page.Locator("tr[data-figure='repairs.completion-in-time'] td:nth-of-type(2) a");
        var shown = Digits().Matches(await link.InnerTextAsync()).Select(m => m.Value).Last();

        await link.FocusAsync();
        await manager.Page.Keyboard.PressAsync("Enter");

        await Expect(manager.Page.Locator("[data-total]")).ToHaveAttributeAsync("data-total", shown.Replace(",", "", StringComparison.Ordinal));
        await Expect(manager.Page.Locator("[data-part=Base]")).ToHaveAttributeAsync("aria-pressed", "true");
        await manager.DemandAccessibleAsync("the rows behind a figure");
        await manager.PictureAsync("report-figure");
    }

    [Fact]
    public async Task A_month_is_commented_closed_and_reopened_by_keyboard()
    {
        // A month of its own, so that other tests don't meet it closed.
        const string month = "2025-03";
        var (manager, other) = (await SignInAsync(TestUsers.Manager), await SignInAsync(TestUsers.Administrator));
        await other.GoAsync($"/reports/monthly/{month}");
        await manager.GoAsync($"/reports/monthly/{month}");
        var keys = manager.Page.Keyboard;

        await manager.Page.FocusAsync("#comment-general");
        await keys.TypeAsync("本月平稳");
        await Expect(other.Page.Locator("#comment-general")).ToHaveValueAsync("本月平稳");

        await manager.Page.FocusAsync("[data-close]");
        await keys.PressAsync("Enter");
        await Expect(manager.Page.Locator("[data-back]")).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await Expect(manager.Page.Locator("[data-state=closed]")).ToBeVisibleAsync();
        await Expect(other.Page.Locator("[data-state=closed]")).ToBeVisibleAsync();
        await Expect(other.Page.Locator("[data-comment=general]")).ToContainTextAsync("本月平稳");
        await manager.DemandAccessibleAsync("a closed month");

        await manager.Page.FocusAsync("[data-reopen]");
        await keys.PressAsync("Enter");
        await Expect(manager.Page.Locator("#reopen-reason")).ToBeFocusedAsync();
        await keys.TypeAsync("补录一单");
        await manager.DemandAccessibleAsync("the dialog that reopens a month");
        await manager.Page.FocusAsync("[data-confirm]");
        await keys.PressAsync("Enter");
        await Expect(manager.Page.Locator("[data-state=open]")).ToBeVisibleAsync();
    }

    [GeneratedRegex(@"[\d,]+")]
    private static partial Regex Digits();
}

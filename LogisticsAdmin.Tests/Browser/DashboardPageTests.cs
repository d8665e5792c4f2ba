using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>The dashboard and the list of targets, as a manager uses them.</summary>
public sealed class DashboardPageTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Theory]
    [InlineData(Viewport.Chinese, false, Viewport.Desk)]
    [InlineData(Viewport.English, true, Viewport.Phone)]
    public async Task A_manager_starts_there_sees_changes_live_and_filters_by_keyboard_and_address(string language, bool dark, int width)
    {
        var manager = await SignInAsync(TestUsers.Manager, new Viewport(language, dark, width));
        await manager.GoAsync("/");
        await manager.Page.WaitForURLAsync(url => url.EndsWith("/dashboard", StringComparison.Ordinal));
        var open = manager.Page.Locator("[data-now='repairs.carried-over']");
        await Expect(open).ToBeVisibleAsync();
        var before = await open.GetAttributeAsync("data-value") ?? "";

        var number = await Fixture.Work.ReportAsync("走廊灯不亮，看板应当立刻算上");
        await Expect(open).Not.ToHaveAttributeAsync("data-value", before);
        await Expect(manager.Page.Locator("[data-chart=flow]")).ToBeVisibleAsync();
        await manager.PictureAsync("dashboard-month");
        await manager.DemandAccessibleAsync("the dashboard");

        await manager.Page.FocusAsync("[data-period=today]");
        await manager.Page.Keyboard.PressAsync("Enter");
        await Expect(manager.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"period=today"));
        await Expect(manager.Page.Locator("[data-period=today]")).ToHaveAttributeAsync("aria-pressed", "true");
        var crew = await manager.Page.Locator("[data-filter=crew] option").Nth(1).GetAttributeAsync("value") ?? "";
        await manager.Page.SelectOptionAsync("[data-filter=crew]", crew);
        await Expect(manager.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"crew={crew}"));
        await Expect(manager.Page.Locator("tr[data-crew]")).ToHaveCountAsync(1);
        await manager.Page.ReloadAsync();
        await manager.ReadyAsync();
        await Expect(manager.Page.Locator("[data-filter=crew]")).ToHaveValueAsync(crew);
        await Expect(manager.Page.Locator("tr[data-crew]")).ToHaveCountAsync(1);
        await Expect(manager.Page.Locator("[data-key='repairs.intake'] h2 a")).ToHaveAttributeAsync("href",
            new System.Text.RegularExpressions.Regex($"figures/repairs.intake\\?by=crew&of={crew}$"));
        await Expect(manager.Page.Locator("[data-export=dashboard] a[download]")).ToHaveAttributeAsync("href",
            $"exports/dashboard.xlsx?period=today&crew={crew}");
        await manager.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Microsoft.Playwright.Media.Print });
        Assert.Equal("light", await manager.Page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).colorScheme"));
        await Expect(manager.Page.Locator("[data-export=dashboard]")).ToBeHiddenAsync();
        Assert.NotEmpty(number);
        Assert.Equal(0, await manager.Page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
        Assert.Empty(manager.Problems);
    }

    [Fact]
    public async Task To_a_dispatcher_a_report_does_not_exist_on_the_way_inside_the_office_either()
    {
        var dispatcher = await SignInAsync(TestUsers.Dispatcher);
        await dispatcher.GoAsync("/dashboard");

        await dispatcher.Page.EvaluateAsync("() => Blazor.navigateTo('reports')");

        await Expect(dispatcher.Page.Locator("main h1")).ToHaveTextAsync("页面不存在");
        await Expect(dispatcher.Page.Locator("[data-access-denied]")).ToHaveCountAsync(0);
        Assert.Empty(dispatcher.Problems);
    }

    [Fact]
    public async Task A_target_is_set_shown_to_others_at_once_and_undone_by_a_key()
    {
        var (manager, other) = (await SignInAsync(TestUsers.Manager), await SignInAsync(TestUsers.Administrator));
        const string row = "[data-target='repairs.failed-acceptance/office']";
        await manager.GoAsync("/reports/targets");
        await other.GoAsync("/reports/targets");
        await Expect(other.Page.Locator(row)).ToHaveAttributeAsync("data-state", "Unset");

        // It is offered for ten seconds, so that nothing slow comes before the key.
        await SetAsync();
        await Expect(other.Page.Locator($"{row} td").Nth(1)).ToContainTextAsync("7.5%");
        await manager.Page.Keyboard.PressAsync("z");
        await Expect(manager.Page.Locator("[data-undone='1']")).ToBeVisibleAsync();
        foreach (var visitor in new[] { manager, other }) await Expect(visitor.Page.Locator(row)).ToHaveAttributeAsync("data-state", "Unset");

        await SetAsync();
        await Expect(other.Page.Locator($"{row} td").Nth(1)).ToContainTextAsync("7.5%");
        await manager.PictureAsync("targets");
        await manager.DemandAccessibleAsync("the list of targets");
        Assert.Empty(manager.Problems);

        async Task SetAsync()
        {
            await manager.Page.ClickAsync($"{row} button");
            await manager.Page.FillAsync("#target-value", "7.5");
            await manager.PictureAsync("dialog-target");
            await manager.Page.Keyboard.PressAsync("Enter");
            await Expect(manager.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
            await Expect(manager.Page.Locator("[data-undo-now]")).ToBeVisibleAsync();
        }
    }
}

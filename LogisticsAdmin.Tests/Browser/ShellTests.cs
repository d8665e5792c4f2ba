using System.Text.RegularExpressions;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>The frame of office pages: menu, saved views, palette, theme, photos.</summary>
public sealed class ShellTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task The_menu_folds_into_icons_and_stays_so()
    {
        var office = await SignInAsync(TestUsers.Administrator);
        var (page, keys) = (office.Page, office.Page.Keyboard);
        await office.GoAsync("/calendar");
        var words = page.Locator(".nav a.active .nav-words");
        Assert.True((await words.BoundingBoxAsync())!.Width > 20);
        await page.ClickAsync("[data-fold-menu]");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-menu", "folded");
        await office.GoAsync("/people");
        await Expect(page.Locator("[data-fold-menu]")).ToHaveAttributeAsync("aria-expanded", "false");
        Assert.True((await page.Locator(".nav").BoundingBoxAsync())!.Width < 60);
        await Expect(page.Locator(".nav a.active svg")).ToBeVisibleAsync();
        await office.PictureAsync("menu-folded");
        await office.DemandAccessibleAsync("the folded menu");
        await page.FocusAsync("h1");
        await keys.PressAsync("[");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-menu", "open");
    }

    [Fact]
    public async Task A_saved_view_is_reached_from_another_page_and_marked_on_the_desk()
    {
        var mark = $"S{Guid.NewGuid():N}"[..8];
        var desk = await SignInAsync(TestUsers.Dispatcher);
        var page = desk.Page;
        await desk.GoAsync($"/repairs?view=All&q={mark}");
        await page.ClickAsync("[data-save-view]");
        await page.FillAsync("#view-name", mark);
        await page.Keyboard.PressAsync("Enter");
        var view = page.Locator(".nav a", new PageLocatorOptions { HasText = mark });
        await Expect(view).ToHaveAttributeAsync("aria-current", "true");

        await desk.GoAsync("/repairs/duty");
        await Expect(view).ToBeVisibleAsync();
        Assert.Null(await view.GetAttributeAsync("aria-current"));
        await view.ClickAsync();
        await Expect(view).ToHaveAttributeAsync("aria-current", "true");
        Assert.Contains(mark, page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_and_k_go_to_any_page_of_the_menu()
    {
        var office = await SignInAsync(TestUsers.Administrator);
        var (page, keys) = (office.Page, office.Page.Keyboard);
        await office.GoAsync("/repairs");
        await keys.PressAsync("Control+k");
        await Expect(page.Locator("#search-hits [data-page='/audit']")).ToBeVisibleAsync();
        await office.PictureAsync("palette");
        await keys.InsertTextAsync("办公日历");
        await Expect(page.Locator("#search-hits [role=option]")).ToHaveCountAsync(1);
        await keys.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/calendar$"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_theme_follows_the_system(bool dark)
    {
        var desk = await SignInAsync("100103", new Viewport(Dark: dark));
        var page = desk.Page;
        await desk.GoAsync("/repairs");
        await page.ClickAsync(".top .menu:not(.bell) > summary");
        await page.ClickAsync("button[name=theme][value=system]");
        await desk.ReadyAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", dark ? "dark" : "light");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = dark ? ColorScheme.Light : ColorScheme.Dark });
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", dark ? "light" : "dark");
        Assert.Empty(desk.Problems);
    }

    [Fact]
    public async Task A_one_time_code_is_large_and_can_be_copied()
    {
        var office = await SignInAsync(TestUsers.Administrator);
        var page = office.Page;
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var form = new PersonForm { UserName = "code-holder", FullName = "温如故", Roles = [Role.Resident] };
        var holder = await (await Fixture.Work.AsAsync(TestUsers.Administrator)).Get<PeopleService>().CreateAsync(form, TestContext.Current.CancellationToken);
        await office.GoAsync($"/people/{holder.PersonId}");
        await page.Locator("main").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameRegex = new("^重置密码") }).First.ClickAsync();
        await page.ClickAsync("[data-confirm]");
        var code = page.Locator("[data-slip]");
        await Expect(code).ToBeVisibleAsync();
        Assert.True(await code.EvaluateAsync<double>("code => parseFloat(getComputedStyle(code).fontSize)") >= 20);
        await Expect(page.Locator(".mud-dialog [data-print]")).ToBeVisibleAsync();
        await page.ClickAsync(".mud-dialog [data-copy]");
        await Expect(page.Locator(".mud-dialog .copied")).ToBeVisibleAsync();
        Assert.Equal(await code.TextContentAsync(), await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await office.PictureAsync("dialog-code");
    }
}

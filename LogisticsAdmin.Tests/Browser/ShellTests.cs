using System.Text.RegularExpressions;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>The frame of office pages: menu, saved views, palette, theme, photos.</summary>
public sealed class ShellTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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
        await Expect(page.Locator("#search-hits [data-page='audit']")).ToBeVisibleAsync();
        await office.PictureAsync("palette");
        await keys.InsertTextAsync("办公日历");
        await Expect(page.Locator("#search-hits [role=option]")).ToHaveCountAsync(1);
        await keys.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/calendar$"));
    }

    [Fact]
    public async Task The_palette_reports_on_behalf_from_any_page_asks_for_a_level_exports_the_list_and_changes_the_theme_by_keys_alone()
    {
        var office = await SignInAsync(TestUsers.Manager);
        var (page, keys) = (office.Page, office.Page.Keyboard);
        await office.GoAsync("/repairs/replies");

        await DoAsync("代报", "report-on-behalf");
        await Expect(page.Locator("#report-form")).ToBeVisibleAsync();
        await Expect(page.Locator("#report-category option")).Not.ToHaveCountAsync(1);
        await keys.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        var file = await page.RunAndWaitForDownloadAsync(() => DoAsync("导出", "export"));
        Assert.EndsWith(".xlsx", file.SuggestedFilename, StringComparison.Ordinal);

        await DoAsync("类别时限", "new-level");
        await Expect(page.Locator("#level-category")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await DoAsync("深色", "dark-theme");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await office.ReadyAsync();
        await keys.PressAsync("Control+k");
        await Expect(page.Locator("#search-hits [data-command=light-theme]")).ToBeVisibleAsync();
        await Expect(page.Locator("#search-hits [data-command=dark-theme]")).ToHaveCountAsync(0);
        await office.PictureAsync("palette-dark");
        await DoAsync("浅色", "light-theme");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        Assert.Empty(office.Problems);

        async Task DoAsync(string typed, string command)
        {
            await keys.PressAsync("Control+k");
            await page.FillAsync("#global-search", typed);
            await Expect(page.Locator("#search-hits [role=option]").First).ToHaveAttributeAsync("data-command", command);
            await keys.PressAsync("Enter");
        }
    }

    [Fact]
    public async Task Photos_are_shown_large_at_the_desk_and_on_the_phones_of_technician_and_resident()
    {
        var number = await Fixture.Work.TicketAsync("墙面渗水", 2);
        var resident = await Fixture.Work.AsAsync(TestUsers.Resident);
        List<Guid> photos = [];
        foreach (var _ in new[] { 1, 2 })
        {
            await using var upload = new MemoryStream(Repairs.Phone.Jpeg());
            photos.Add((await resident.Get<RepairPhotos>().UploadDraftAsync(upload, Ct)).Key);
        }
        await resident.Repairs.CommentAsync(await Fixture.Work.IdAsync(number), new CommentForm { Text = "见照片", Photos = photos }, Ct);
        (string Who, string Address, int Width)[] readers =
        [
            (TestUsers.Dispatcher, $"/repairs/{number}", Viewport.Desk),
            (TestUsers.Technician, $"/jobs/{number}", Viewport.Phone),
            (TestUsers.Resident, $"/my/repairs/{number}", Viewport.Phone),
        ];
        foreach (var (who, address, width) in readers)
        {
            var reader = await SignInAsync(who, new Viewport(Width: width));
            var page = reader.Page;
            await reader.GoAsync(address);
            await page.Locator(".photos a").First.ClickAsync();
            var large = page.Locator("dialog.lightbox img");
            await Expect(large).ToBeVisibleAsync();
            await Expect(large).ToHaveAttributeAsync("src", new Regex(photos[0].ToString()));
            await page.ClickAsync("dialog.lightbox [data-step='1']");
            await Expect(large).ToHaveAttributeAsync("src", new Regex(photos[1].ToString()));
            await page.Keyboard.PressAsync("ArrowRight");
            await Expect(large).ToHaveAttributeAsync("src", new Regex(photos[0].ToString()));
            await reader.PictureAsync("lightbox");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
            await page.Keyboard.PressAsync("Escape");
            await Expect(large).ToBeHiddenAsync();
            Assert.Contains(address, page.Url, StringComparison.Ordinal);
            Assert.Empty(reader.Problems);
        }
    }

    [Fact]
    public async Task The_link_of_a_ticket_is_copied_and_tooltips_name_the_keys()
    {
        var number = await Fixture.Work.TicketAsync("楼道灯不亮", 0);
        var office = await SignInAsync(TestUsers.Dispatcher);
        var page = office.Page;
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await office.GoAsync($"/repairs?view=All&q={number}&t={number}");
        await Expect(page.Locator("#sheet-title")).ToBeVisibleAsync();

        // The button that closes the ticket keeps its corner, however much is beside it.
        var (first, close) = (await page.Locator(".sheet-head .num").First.BoundingBoxAsync(), await page.Locator(".sheet-head .close").BoundingBoxAsync());
        Assert.InRange(close!.Y + (close.Height / 2), first!.Y, first.Y + first.Height);
        await page.ClickAsync("[data-copy-link]");
        await Expect(page.Locator("[data-copy-link] .copied")).ToBeVisibleAsync();
        Assert.EndsWith($"/repairs/{number}", await page.EvaluateAsync<string>("navigator.clipboard.readText()"), StringComparison.Ordinal);

        await Expect(page.Locator("#global-search")).ToHaveAttributeAsync("title", new Regex("Ctrl\\+K"));
        await Expect(page.Locator("[data-fold-menu]")).ToHaveAttributeAsync("title", new Regex("\\["));
        await Expect(page.Locator("section.sheet button[title$='(a)']")).ToHaveCountAsync(1);
        Assert.Empty(office.Problems);
    }

    [Fact]
    public async Task An_address_is_written_once_for_quick_changes_and_not_after_somebody_went_elsewhere()
    {
        var desk = await SignInAsync(TestUsers.Dispatcher);
        await desk.GoAsync("/repairs?view=All");
        var entries = await desk.Page.EvaluateAsync<int>("() => history.length");
        await desk.Page.EvaluateAsync("() => { office.writeAddress('/repairs?view=New', false); office.writeAddress('/repairs?view=Mine', true); }");
        await Expect(desk.Page).ToHaveURLAsync(new Regex("view=Mine$"));
        Assert.Equal(entries + 1, await desk.Page.EvaluateAsync<int>("() => history.length"));

        const string LeaveBeforeItIsWritten = """
            () => new Promise(done => {
              office.writeAddress('/repairs?view=New', true);
              history.replaceState(history.state, '', '/repairs?view=Overdue');
              requestAnimationFrame(() => setTimeout(() => done(location.search), 50));
            })
            """;
        Assert.Equal("?view=Overdue", await desk.Page.EvaluateAsync<string>(LeaveBeforeItIsWritten));
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
        // Otherwise the browser draws date fields, lists and scroll bars of the other theme.
        await Expect(page.Locator("html")).ToHaveCSSAsync("color-scheme", dark ? "dark" : "light");
        const string Primary = "() => getComputedStyle(document.documentElement).getPropertyValue('--mud-palette-primary')";
        var primary = await page.EvaluateAsync<string>(Primary);
        Assert.NotEmpty(primary);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = dark ? ColorScheme.Light : ColorScheme.Dark });
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", dark ? "light" : "dark");
        Assert.NotEqual(primary, await page.EvaluateAsync<string>(Primary));
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

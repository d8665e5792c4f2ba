using LogisticsAdmin.Tests.Spreadsheets;
using LogisticsAdmin.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>The export menus: they open, are accessible, fit the window, and download files.</summary>
public sealed class ExportBrowserTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static readonly string[] Addresses = ["/repairs?view=All", "/parts", "/repairs/duty", "/repairs/replies", "/repairs/levels", "/calendar?year=2026"];

    [Theory]
    [InlineData(Viewport.Chinese, false, Viewport.Desk)]
    [InlineData(Viewport.English, true, Viewport.Desk)]
    [InlineData(Viewport.English, false, Viewport.Phone)]
    [InlineData(Viewport.Chinese, true, Viewport.Phone)]
    public async Task Every_grid_has_a_menu_that_fits(string language, bool dark, int width)
    {
        var visitor = await SignInAsync(TestUsers.Manager, new Viewport(language, dark, width));
        List<string> problems = [];
        foreach (var address in Addresses)
        {
            await visitor.GoAsync(address);
            var menus = visitor.Page.Locator("details.export");
            await Expect(menus.First).ToBeVisibleAsync();
            foreach (var menu in await menus.AllAsync())
            {
                await menu.Locator("summary").ClickAsync();
                await Expect(menu.Locator("a").First).ToBeVisibleAsync();
                await visitor.PictureAsync($"export{address.Split('?')[0].Replace('/', '-')}");
                problems.AddRange(await visitor.ViolationsAsync(address));
                var box = await menu.Locator(".menu-panel").BoundingBoxAsync();
                if (box is null || box.X < 0 || box.X + box.Width > width) problems.Add($"a menu of {address} sticks out: {box?.X} + {box?.Width}");
                await menu.Locator("summary").ClickAsync();
            }
        }
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Theory]
    [InlineData(Viewport.Chinese)]
    [InlineData(Viewport.English)]
    public async Task The_bar_of_the_desk_keeps_to_one_line(string language)
    {
        var visitor = await SignInAsync(TestUsers.Dispatcher, new Viewport(language));
        await visitor.GoAsync("/repairs?view=All");
        var bar = await visitor.Page.Locator(".desk > .bar").BoundingBoxAsync();
        Assert.InRange(bar!.Height, 40, 60);
    }

    [Fact]
    public async Task The_desk_downloads_what_it_shows_and_stays_where_it_is()
    {
        var number = await Fixture.Work.TicketAsync("下载用的报修：水管滴水", 0);
        var visitor = await SignInAsync(TestUsers.Dispatcher);
        var address = $"/repairs?view=All&q={number}";
        await visitor.GoAsync(address);
        await Expect(visitor.Ticket(number)).ToBeVisibleAsync();

        await visitor.Page.ClickAsync("details.export > summary");
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.ClickAsync("details.export a >> nth=0"));
        Assert.Matches(@"^报修单 全部 \d{4}-\d\d-\d\d\.xlsx$", download.SuggestedFilename);
        using var bytes = new MemoryStream();
        await using (var file = await download.CreateReadStreamAsync()) await file.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        Assert.Equal(number, Assert.Single(new ReadBack(bytes.ToArray()).Rows.Skip(1))[0]);

        Assert.EndsWith(address, visitor.Page.Url, StringComparison.Ordinal);
        await Expect(visitor.Ticket(number)).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("details.export[open]")).ToHaveCountAsync(0);
        Assert.Empty(visitor.Problems);
    }
}

using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>What a phone keeps of the pages that it has seen, while there is no connection.</summary>
public sealed class OfflinePageTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static readonly Viewport Phone = new(Width: Viewport.Phone);

    [Fact]
    public async Task A_page_that_was_seen_is_shown_without_a_connection_and_says_when_it_was_seen()
    {
        var (visitor, page) = await SeenAsync("/my");

        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync("/my");

        await Expect(page.Locator(".home .shortcuts a").First).ToBeVisibleAsync();
        await Expect(page.Locator("p.offline")).ToContainTextAsync("没有网络");
        Assert.NotEmpty(await page.Locator("p.offline").GetAttributeAsync("data-at") ?? "");

        // A page that was not seen leads to those that were.
        await page.GotoAsync("/my/fees/rates");
        await Expect(page.Locator("h1")).ToHaveTextAsync("没有网络");
        await Expect(page.Locator("[data-offline-pages] li a").First).ToHaveTextAsync("首页");
        await page.Context.SetOfflineAsync(false);
        await visitor.GoAsync("/my");
        await Expect(page.Locator("p.offline")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Nothing_is_kept_for_the_next_person_of_the_device()
    {
        var (visitor, page) = await SeenAsync("/my/fees");

        // Signed out: cookies only, as when a session ends.
        await page.Context.ClearCookiesAsync(new BrowserContextClearCookiesOptions { Name = "logistics" });
        await visitor.GoAsync("/Account/Login");
        await WaitForPagesAsync(page, 0);

        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync("/my/fees");
        await Expect(page.Locator("h1")).ToHaveTextAsync("没有网络");
        await Expect(page.Locator("[data-offline-pages] .muted")).ToBeVisibleAsync();
    }

    private async Task<(Visitor Visitor, IPage Page)> SeenAsync(string address)
    {
        var visitor = await OpenAsync(Fixture.App, Phone, await Fixture.SignedInAsync(TestUsers.Resident), keepsPages: true);
        var page = visitor.Page;
        await visitor.GoAsync("/my");
        await page.WaitForFunctionAsync("() => navigator.serviceWorker.controller !== null");
        await page.WaitForFunctionAsync("async () => (await caches.open('shell').then(c => c.keys())).some(r => r.url.endsWith('/my/offline'))");
        // The first page came before the worker was there.
        await visitor.GoAsync(address);
        await WaitForPagesAsync(page, 1);
        return (visitor, page);
    }

    private static Task<IJSHandle> WaitForPagesAsync(IPage page, int count) =>
        page.WaitForFunctionAsync("async count => (await caches.open('pages').then(c => c.keys())).length === count", count);
}

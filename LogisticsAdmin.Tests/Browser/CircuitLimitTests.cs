using System.Net;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Who may hold live pages open, from where, and how many.</summary>
public sealed class CircuitLimitTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Negotiate = "/_blazor/negotiate?negotiateVersion=1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Dispatcher, HttpStatusCode.OK)]
    [InlineData(TestUsers.Manager, HttpStatusCode.OK)]
    [InlineData(TestUsers.Administrator, HttpStatusCode.OK)]
    [InlineData(TestUsers.Technician, HttpStatusCode.Forbidden)]
    [InlineData(TestUsers.Resident, HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    public async Task Only_the_office_may_open_live_pages(string? userName, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartAsync();
        using var answer = await (userName is null ? app.Visitor() : await app.SignInAsync(userName)).PostAsync(Negotiate, null, Ct);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("http://localhost", HttpStatusCode.OK)]
    [InlineData("https://localhost", HttpStatusCode.OK)]
    [InlineData("http://localhost.example", HttpStatusCode.Forbidden)]
    [InlineData("https://attacker.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    public async Task Live_pages_of_another_site_are_refused(string origin, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Dispatcher);
        using var request = new HttpRequestMessage(HttpMethod.Post, Negotiate);
        request.Headers.Add("Origin", origin);
        using var answer = await client.SendAsync(request, Ct);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Who_must_choose_a_password_first_opens_no_live_page()
    {
        await using var app = await TestApp.StartAsync();
        var code = await app.InDatabaseAsync(async db =>
        {
            var person = await db.Users.SingleAsync(p => p.UserName == TestUsers.Dispatcher, Ct);
            var issued = OneTimeCode.New();
            person.SetOneTimeCode(OneTimeCode.Hash(issued), DateTimeOffset.UtcNow.AddDays(1));
            await db.SaveChangesAsync(Ct);
            return issued;
        });
        using var answer = await (await app.SignInAsync(TestUsers.Dispatcher, code)).PostAsync(Negotiate, null, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task One_page_too_many_closes_the_oldest_which_says_so_and_leads_back()
    {
        await using var app = await TestApp.StartAsync(kestrel: true, settings: new Dictionary<string, string> { ["Live:CircuitsPerPerson"] = "2" });
        var desk = await OpenAsync(app);
        await desk.SignInAsync(TestUsers.Dispatcher);
        await desk.GoAsync("/repairs?view=All");
        var (second, third) = (await desk.Page.Context.NewPageAsync(), await desk.Page.Context.NewPageAsync());
        foreach (var page in new[] { second, third })
        {
            await page.GotoAsync(new Uri(Visitor.AddressOf(app), "/repairs").ToString());
            await Expect(page.Locator("main[data-ready]")).ToBeVisibleAsync();
        }

        await Expect(desk.Page.Locator("[data-page-closed]")).ToBeVisibleAsync();
        await Expect(second.Locator("main[data-ready]")).ToBeVisibleAsync();

        await desk.Page.Locator("[data-page-closed] a").ClickAsync();
        await Expect(desk.Page.Locator("main[data-ready]")).ToBeVisibleAsync();
        await Expect(second.Locator("[data-page-closed]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_stop_tells_open_pages_and_ends_though_they_are_open()
    {
        var storage = await TestHost.NewStorageAsync();
        try
        {
            var (server, address) = await AppProcess.ServeAsync(storage, Ct, null, ("ASPNETCORE_ENVIRONMENT", "Development"), ("Demo__Tickets", "0"));
            await using var running = server;
            var viewport = new Viewport();
            await using var desk = await Visitor.ArriveAsync(await Fixture.BrowserAsync(viewport.Fonts), address, viewport);
            await desk.SignInAsync(TestUsers.Dispatcher);
            var pages = new List<IPage> { desk.Page };
            for (var i = 0; i < 4; i++) pages.Add(await desk.Page.Context.NewPageAsync());
            foreach (var page in pages)
            {
                await page.GotoAsync(new Uri(address, "/repairs").ToString());
                await Expect(page.Locator("main[data-ready]")).ToBeVisibleAsync();
            }

            server.Terminate();
            foreach (var page in pages) await Expect(page.Locator("#components-reconnect-modal .show-when-stopping")).ToBeVisibleAsync();
            // Without the refusal of new requests the pages reconnect and keep the process alive for half a minute.
            await server.Process.WaitForExitAsync(Ct).WaitAsync(TimeSpan.FromSeconds(10), Ct);
            Assert.Equal(0, server.Process.ExitCode);
        }
        finally
        {
            TestHost.DropStorage(storage);
        }
    }
}

using System.Text.RegularExpressions;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>The app below a path of its host: what circuits and scripts write and ask for.</summary>
public sealed class PathPrefixPageTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly string AllAddresses = $$"""
        () => [...document.querySelectorAll('*')].flatMap(e => {{System.Text.Json.JsonSerializer.Serialize(PrefixedAddresses.Attributes)}}
          .map(name => [name, e.getAttribute(name)]).filter(([, address]) => address))
        """;

    [Fact]
    public async Task The_office_works_below_a_path()
    {
        var app = await StartAsync();
        await using var work = new AppWithUsers(app);
        var (first, second) = (await work.TicketAsync("走廊灯管闪烁", 0), await work.TicketAsync("水管滴水", 0));
        await using var desk = await ArriveAsync(app, new Viewport());
        var page = desk.Page;
        await desk.SignInAsync(TestUsers.Dispatcher);
        await Expect(page).ToHaveURLAsync(new Regex("/logistics/repairs$"));
        await desk.ReadyAsync();
        await Expect(desk.Ticket(first)).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex(@"/logistics/repairs\?t=BX"));
        await desk.AssignByKeyboardAsync("孙强");
        var copied = await page.Locator("[data-copy-link]").GetAttributeAsync("data-copy");
        Assert.Matches(@"^http://localhost:\d+/logistics/repairs/BX", copied);
        await page.ClickAsync("details.export > summary");
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("details.export a >> nth=0"));
        Assert.EndsWith(".xlsx", download.SuggestedFilename, StringComparison.Ordinal);

        await page.EvaluateAsync("document.querySelector('.skip').click()");
        await Expect(page).ToHaveURLAsync(new Regex("/logistics/repairs.*#main$"));
        await page.ClickAsync(".nav a[href='repairs/board']");
        await Expect(page).ToHaveURLAsync(new Regex("/logistics/repairs/board$"));
        await Expect(desk.Ticket(second)).ToBeVisibleAsync();
        await Expect(page.Locator(".nav a[href='repairs/board']")).ToHaveAttributeAsync("aria-current", "page");
        Assert.Empty(desk.Problems);
    }

    [Fact]
    public async Task Every_office_page_writes_only_addresses_that_exist_below_the_path()
    {
        var app = await StartAsync();
        await using var work = new AppWithUsers(app);
        var number = await work.TicketAsync("走廊灯管闪烁", 3);
        var tickets = new[] { "/repairs/{Number}", "/jobs/{Number}", "/repairs/{Number}/slip", "/my/repairs/{Number}" }.ToDictionary(r => r, _ => number);
        await using var office = await ArriveAsync(app, new Viewport());
        await office.SignInAsync(TestUsers.Administrator);
        using var below = new HttpClient { BaseAddress = new Uri(app.Address + "/logistics/") };
        below.DefaultRequestHeaders.Add("Cookie", string.Join("; ", (await office.Page.Context.CookiesAsync()).Select(c => $"{c.Name}={c.Value}")));
        var addresses = new PrefixedAddresses(below);

        List<string> wrong = [];
        foreach (var page in Pages.All(tickets).Where(p => !p.IsPortal))
        {
            await office.GoAsync(page.Address.TrimStart('/'));
            wrong.AddRange(await addresses.WrongAsync(page.Address, await office.Page.EvaluateAsync<string[][]>(AllAddresses), Ct));
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(addresses.Asked > 40, $"{addresses.Asked} addresses");
        Assert.Empty(office.Problems);
    }

    [Fact]
    public async Task A_resident_reports_with_a_photo_below_a_path()
    {
        await using var app = await StartAsync();
        await using var resident = await ArriveAsync(app, new Viewport(Width: Viewport.Phone));
        var page = resident.Page;
        await resident.SignInAsync(TestUsers.Resident);
        await Expect(page).ToHaveURLAsync(new Regex("/logistics/my$"));
        await page.ClickAsync(".tabs a[href='my/repairs/new']");
        await Expect(page).ToHaveURLAsync(new Regex("/logistics/my/repairs/new$"));
        await page.SetInputFilesAsync("#report-Photos", new FilePayload { Name = "wall.jpg", MimeType = "image/jpeg", Buffer = Repairs.Phone.Jpeg(640, 480) });
        await resident.PressAsync("[data-tiles] label");
        var categories = page.Locator("#report-CategoryId");
        await categories.SelectOptionAsync(await categories.Locator("optgroup:not([hidden]) option").First.GetAttributeAsync("value") ?? "");
        await page.FillAsync("#report-Description", "洗手池水龙头关不紧");
        await resident.PressAsync("main form[data-check] button[type=submit].primary");

        await Expect(page).ToHaveURLAsync(new Regex("/logistics/my/repairs/BX"));
        await Expect(page.Locator("[data-ticket]").First).ToHaveAttributeAsync("data-status", nameof(TicketStatus.New));
        Assert.Equal("image/jpeg", await page.EvaluateAsync<string>(
            "async () => (await fetch(document.querySelector('a[href^=\"photos/\"]').href)).headers.get('content-type')"));
        Assert.Empty(resident.Problems);
    }

    private static Task<TestApp> StartAsync() =>
        TestApp.StartAsync(kestrel: true, settings: new Dictionary<string, string> { ["PathBase"] = "/logistics" });

    private async Task<Visitor> ArriveAsync(TestApp app, Viewport viewport) =>
        await Visitor.ArriveAsync(await Fixture.BrowserAsync(viewport.Fonts), new Uri(Visitor.AddressOf(app), "/logistics/"), viewport);
}

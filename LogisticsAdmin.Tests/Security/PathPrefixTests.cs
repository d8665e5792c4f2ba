using System.Net;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Onboarding;
using LogisticsAdmin.Tests.Repairs;
using LogisticsAdmin.Tests.Support;
using LogisticsAdmin.Tests.Voice;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Security;

/// <summary>The app below a path of its host, as a proxy hands it on.</summary>
public sealed class PathPrefixTests
{
    private const string Prefix = "/logistics";

    private static readonly Dictionary<string, string> Below = new() { ["PathBase"] = Prefix };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_writes_only_addresses_that_exist_below_the_prefix()
    {
        await using var app = await TestApp.StartAsync(settings: Below);
        Pages.PublishedNews = await app.InDatabaseAsync(NewsSteps.PublishQuietlyAsync);
        await app.InDatabaseAsync(FeeSteps.AddFirstBillAsync);
        await app.InDatabaseAsync(FeeSteps.AddFirstStatementAsync);
        await app.InDatabaseAsync(VoiceSteps.AddFirstCaseAsync);
        await app.InDatabaseAsync(OrderSteps.AddFirstOrderAsync);
        await app.InDatabaseAsync(ChoosingSteps.AddFirstPaperAsync);
        await app.InDatabaseAsync(OnboardingSteps.AddFirstSeasonAsync);
        await app.InDatabaseAsync(LeavingSteps.AddFirstRoundAsync);
        var resident = await SignInAsync(app, TestUsers.Resident);
        using (var sent = await ReportAsync(app, resident)) Assert.StartsWith($"{Prefix}/my/repairs/BX", PathOf(sent), StringComparison.Ordinal);
        var number = await app.InDatabaseAsync(db => Task.FromResult(db.RepairTickets.Single().Number));
        await PhonePageTests.AssignAsync(app, number);
        var tickets = new[] { "/repairs/{Number}", "/jobs/{Number}", "/repairs/{Number}/slip", "/my/repairs/{Number}" }.ToDictionary(r => r, _ => number);

        List<string> wrong = [];
        foreach (var pages in Pages.All(tickets).GroupBy(p => p.UserName))
        {
            using var client = pages.Key is { } who ? await SignInAsync(app, who) : Visitor(app);
            var addresses = new PrefixedAddresses(client);
            foreach (var page in pages)
            {
                var shown = await client.PageAsync(page.Address.TrimStart('/'));
                Assert.Equal($"{Prefix}/", shown.QuerySelector("base")?.GetAttribute("href"));
                var written = shown.All.SelectMany(e => PrefixedAddresses.Attributes.Select(a => new[] { a, e.GetAttribute(a) ?? "" })).Where(a => a[1] != "");
                wrong.AddRange(await addresses.WrongAsync(page.Address, written, Ct));
            }
            Assert.True(addresses.Asked > 5, $"{pages.Key} asked for {addresses.Asked} addresses");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.NotNull((await resident.PageAsync($"my/repairs/{number}")).QuerySelector("img[src^='photos/']"));
    }

    [Fact]
    public async Task Redirects_stay_below_the_prefix()
    {
        await using var app = await TestApp.StartAsync(settings: Below);
        using var client = Visitor(app);

        using (var asked = await client.GetAsync("my/repairs?q=a", Ct))
            Assert.Equal($"{Prefix}/Account/Login?ReturnUrl=%2Flogistics%2Fmy%2Frepairs%3Fq%3Da", PathOf(asked));
        using (var signedIn = await SignInAsync(client, TestUsers.Resident, "?ReturnUrl=%2Flogistics%2Fmy%2Frepairs%3Fq%3Da"))
            Assert.Equal($"{Prefix}/my/repairs?q=a", PathOf(signedIn));
        using (var elsewhere = await SignInAsync(Visitor(app), TestUsers.Resident, "?ReturnUrl=%2F%2Fevil.example"))
            Assert.Equal($"{Prefix}/", PathOf(elsewhere));
        using (var home = await client.GetAsync("", Ct)) Assert.Equal($"{Prefix}/my", PathOf(home));
        using (var bare = await client.GetAsync(new Uri(Prefix, UriKind.Relative), Ct)) Assert.Equal($"{Prefix}/my", PathOf(bare));
        using (var refused = await client.GetAsync("people", Ct))
            Assert.StartsWith($"{Prefix}/access-denied", PathOf(refused), StringComparison.Ordinal);
        using (var missing = await client.GetAsync("nowhere", Ct))
            Assert.Equal($"{Prefix}/", (await missing.PageAsync()).QuerySelector("base")?.GetAttribute("href"));
        using (var language = await client.PostFormAsync("my/repairs?q=a", ("language", "en"))) Assert.Equal($"{Prefix}/my/repairs?q=a", PathOf(language));
        var leaving = (await client.PageAsync("Account/Profile")).Forms.First(f => f.GetAttribute("action") == "Account/Logout");
        using (var left = await client.SendFormAsync(leaving, "")) Assert.Equal($"{Prefix}/Account/Login", PathOf(left));
    }

    [Fact]
    public async Task Who_must_choose_a_password_is_led_there_and_back()
    {
        var app = await TestApp.StartAsync(settings: Below);
        await using var work = new AppWithUsers(app);
        var id = (await work.AsAsync(TestUsers.Resident)).PersonId;
        var issued = await (await work.AsAsync(TestUsers.Administrator)).Get<PeopleService>().ResetPasswordAsync(id, Ct);
        using var client = Visitor(app);
        (await SignInAsync(client, TestUsers.Resident, password: issued.Code)).Dispose();

        using var sent = await client.GetAsync("my/repairs", Ct);

        Assert.Equal($"{Prefix}/Account/ChangePassword?returnUrl=%2Flogistics%2Fmy%2Frepairs", PathOf(sent));
    }

    [Fact]
    public async Task A_trusted_proxy_s_host_and_scheme_are_used_together_with_the_prefix()
    {
        var settings = new Dictionary<string, string>(Below)
        {
            ["Proxies:Trusted:0"] = "10.0.0.5",
            ["AllowedHosts"] = "repairs.example.edu;localhost",
        };
        await using var app = await TestApp.StartAsync(
            settings: settings, environment: "Production", change: s => s.AddSingleton<IStartupFilter>(new FixedRemoteAddress("10.0.0.5")));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/logistics/my")
        {
            Headers = { { "X-Forwarded-Proto", "https" }, { "X-Forwarded-Host", "repairs.example.edu" } },
        };

        using var answer = await app.Visitor().SendAsync(request, Ct);

        Assert.Equal("https://repairs.example.edu/logistics/Account/Login?ReturnUrl=%2Flogistics%2Fmy", answer.Headers.Location?.ToString());
    }

    private static HttpClient Visitor(TestApp app)
    {
        var client = app.Visitor();
        client.BaseAddress = new Uri(client.BaseAddress!, $"{Prefix}/");
        return client;
    }

    private static async Task<HttpClient> SignInAsync(TestApp app, string who)
    {
        var client = Visitor(app);
        using var answer = await SignInAsync(client, who);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient client, string who, string query = "", string password = DemoPeople.Password) =>
        client.PostFormAsync($"Account/Login{query}", ("Input.UserName", who), ("Input.Password", password));

    private static async Task<HttpResponseMessage> ReportAsync(TestApp app, HttpClient resident)
    {
        var form = (await resident.PageAsync("my/repairs/new")).Forms.First(f => f.QuerySelector("[name='Input.Description']") is not null);
        return await resident.SendAsync(
            form, [("wall.jpg", Phone.Jpeg())],
            ("Input.CategoryId", await app.CategoryAsync()), ("Input.Description", "洗手池水龙头关不紧"), ("Input.Phone", "13800002071"));
    }

    private static string PathOf(HttpResponseMessage answer) =>
        answer.Headers.Location is not { } to ? $"no redirect: {answer.StatusCode}" : to.IsAbsoluteUri ? to.PathAndQuery : to.OriginalString;
}

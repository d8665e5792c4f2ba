using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using LogisticsAdmin.Account;
using LogisticsAdmin.Components;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LogisticsAdmin.Tests.Security;

/// <summary>What people and browsers get when a request is refused or fails.</summary>
public sealed class ErrorPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Every_error_page_carries_the_headers_and_speaks_the_language_of_the_reader(string environment)
    {
        var settings = new Dictionary<string, string> { ["SignIn:AttemptsPerName"] = "1" };
        await using var app = await TestApp.StartAsync(kestrel: true, environment: environment, settings: settings,
            change: s => s.AddSingleton<IPortalCard>(new PortalCard(1, typeof(FailingCard))));
        using var client = Client(app);
        var token = await SignInAsync(app, client);

        await AssertPageAsync(await client.PostAsync("/Account/Profile", Form(("Input.Phone", "1")), Ct), 400, "内容未提交");
        await AssertPageAsync(await client.GetAsync("/nothing", Ct), 404, "页面不存在");
        await AssertPageAsync(await client.PostAsync("/nothing", Form((Token, token)), Ct), 405, "请求未被接受");
        await AssertPageAsync(await client.DeleteAsync("/my/messages", Ct), 405, "请求未被接受");
        using (var large = await client.PostAsync("/Account/Profile", Form((Token, new string('a', 14 * 1024 * 1024))), Ct))
        {
            // A browser is led back to the form; others get the message.
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
            AssertHeaders(large);
        }
        using var json = new HttpRequestMessage(HttpMethod.Post, "/Account/Language") { Content = JsonContent.Create("en") };
        json.Headers.Add("RequestVerificationToken", token);
        await AssertPageAsync(await client.SendAsync(json, Ct), 415, "请求未被接受");
        await AssertPageAsync(await client.GetAsync("/my", Ct), 500, "出错了");
        await AssertPageAsync(await client.PostAsync("/my", Form((Token, token)), Ct), 500, "出错了");
        (await client.PostAsync("/Account/Passkey/Ask", Form((Token, token)), Ct)).Dispose();
        await AssertPageAsync(await client.PostAsync("/Account/Passkey/Ask", Form((Token, token)), Ct), 429, "操作过于频繁");
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task The_number_on_the_page_of_a_fault_is_in_the_log_beside_its_cause_and_nothing_is_logged_twice(string environment)
    {
        using var log = new RecordingLoggerProvider();
        await using var app = await TestApp.StartAsync(environment: environment, change: s => s
            .AddSingleton<IPortalCard>(new PortalCard(1, typeof(FailingCard))).AddSingleton<ILoggerProvider>(log));
        using var client = new HttpClient(new AllCookies(app.Server.CreateHandler())) { BaseAddress = app.Server.BaseAddress };
        await SignInAsync(app, client);
        using var answer = await client.GetAsync("/my", Ct);

        var shown = Regex.Match(await answer.Content.ReadAsStringAsync(Ct), "<code>([0-9a-f]{12})</code>").Groups[1].Value;

        var (message, cause) = Assert.Single(log.Errors);
        Assert.EndsWith(" " + shown, message, StringComparison.Ordinal);
        Assert.Equal("fails", cause!.Message);
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task The_headers_are_there_even_when_the_page_of_the_error_fails(string environment)
    {
        var fails = false;
        await using var app = await TestApp.StartAsync(kestrel: true, environment: environment, change: s => s.AddSingleton<IPortalTab>(
            new PortalTab("fails", LocalName.Of<ShellText>("Product"), "home", _ => fails ? throw new InvalidOperationException("fails") : null)));
        using var client = Client(app);
        await SignInAsync(app, client);
        fails = true;

        using var answer = await client.GetAsync("/my/messages", Ct);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        AssertHeaders(answer);
    }

    private const string Password = "leaky-tap-4711";
    private const string Token = "__RequestVerificationToken";

    private static async Task AssertPageAsync(HttpResponseMessage answer, int status, string title)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        AssertHeaders(answer);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        var page = await answer.PageAsync();
        Assert.Equal("zh-CN", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(title, page.QuerySelector("h1")!.TextContent);
        answer.Dispose();
    }

    private static void AssertHeaders(HttpResponseMessage answer)
    {
        Assert.Equal(SecurityHeaders.Strict, answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(answer.Headers.Contains("Permissions-Policy"));
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private static HttpClient Client(TestApp app) => new(new AllCookies()) { BaseAddress = new Uri(app.Address!) };

    /// <summary>Signs in and returns an antiforgery token of the person.</summary>
    private static async Task<string> SignInAsync(TestApp app, HttpClient client)
    {
        // Demo accounts are for Development only.
        await using (var scope = app.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
            await scope.ServiceProvider.GetRequiredService<Administrators>().CreateAsync(
                new AdministratorForm { UserName = "boss", FullName = "Boss", Password = Password, PasswordAgain = Password }, Ct);
        }
        using var answer = await client.PostFormAsync("/Account/Login", ("Input.UserName", "boss"), ("Input.Password", Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return ((IHtmlInputElement)(await client.PageAsync("/Account/Profile")).QuerySelector($"[name={Token}]")!).Value;
    }

    /// <summary>Sends every cookie back, also a secure one over plain HTTP: in Production the sign-in cookie is always secure.</summary>
    private sealed class AllCookies(HttpMessageHandler? server = null)
        : DelegatingHandler(server ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        private readonly Dictionary<string, string> _cookies = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (_cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}")));
            var response = await base.SendAsync(request, cancellationToken);
            if (response.Headers.TryGetValues("Set-Cookie", out var given))
                foreach (var cookie in given.Select(c => c.Split(';')[0].Split('=', 2))) _cookies[cookie[0]] = cookie[1];
            return response;
        }
    }

    private sealed class FailingCard : ComponentBase
    {
        protected override void OnInitialized() => throw new InvalidOperationException("fails");
    }
}

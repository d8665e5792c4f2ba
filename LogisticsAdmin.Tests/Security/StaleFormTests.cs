using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using LogisticsAdmin.Components;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Repairs;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LogisticsAdmin.Tests.Security;

/// <summary>Forms whose antiforgery token is missing, too old or of another sign-in.</summary>
public sealed partial class StaleFormTests
{
    private const string Token = "__RequestVerificationToken";
    private const string Typed = "二楼 \"热水\" <script>alert(1)</script>\n还是凉的";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_form_with_a_stale_token_is_not_applied_and_one_press_sends_it_again()
    {
        await using var app = await TestApp.StartAsync();
        var client = Of(await app.SignInAsync(TestUsers.Resident));
        var number = await app.ReportAsync(client);
        var form = await ReplyFormAsync(client, number);

        using var answer = await client.SendFormAsync(form, "", (Token, "stale"), ("Input.Text", Typed));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var page = await answer.PageAsync();
        Assert.Equal("内容未提交", page.QuerySelector("h1")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("main script"));
        var again = Again(page)!;
        Assert.Equal(Typed, Assert.Single(again.QuerySelectorAll("textarea").OfType<IHtmlTextAreaElement>()).Value);
        Assert.Equal(0, await CommentsAsync(app));

        using var sent = await client.SendFormAsync(again, "");
        Assert.EndsWith($"/my/repairs/{number}?ok=replied", sent.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var twice = await client.SendFormAsync(again, "");
        Assert.Equal(1, await CommentsAsync(app));
    }

    [Fact]
    public async Task A_form_opened_in_another_sign_in_is_shown_to_whoever_sent_it_and_rights_are_asked_again()
    {
        await using var app = await TestApp.StartAsync();
        var client = Of(await app.SignInAsync(TestUsers.Resident));
        var number = await app.ReportAsync(client);
        var form = await ReplyFormAsync(client, number);
        await SignOutAsync(client);
        using var entered = await client.PostFormAsync(
            "/Account/Login", ("Input.UserName", TestUsers.EnglishDispatcher), ("Input.Password", DemoPeople.Password));

        using var answer = await client.SendFormAsync(form, "", ("Input.Text", Typed));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.Equal("Not submitted", page.QuerySelector("h1")!.TextContent);

        using var sent = await client.SendFormAsync(Again(page)!, "");
        Assert.Equal(HttpStatusCode.BadRequest, sent.StatusCode);
        Assert.Equal(0, await CommentsAsync(app));
    }

    [Fact]
    public async Task A_stranger_keeps_the_name_but_not_the_password()
    {
        await using var app = await TestApp.StartAsync();
        var client = Of(app.Visitor());
        var form = (await client.PageAsync("/Account/Login?ReturnUrl=%2Fmy")).Forms.First(f => f.QuerySelector("[name='Input.Password']") is not null);

        using var answer = await client.SendFormAsync(
            form, "/Account/Login?ReturnUrl=%2Fmy", (Token, ""), ("Input.UserName", "student"), ("Input.Password", "Geheim-2026"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("Geheim-2026", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var again = Again(await answer.PageAsync())!;
        Assert.Equal("/Account/Login?ReturnUrl=%2Fmy", again.GetAttribute("action"));
        Assert.Contains("密码和登录码不予保留", again.TextContent, StringComparison.Ordinal);
        using var sent = await client.SendFormAsync(again, "");
        Assert.Equal("student", ((IHtmlInputElement)(await sent.PageAsync()).GetElementById("user-name")!).Value);
    }

    [Fact]
    public async Task Posts_without_a_page_of_their_own_answer_alike_and_are_sent_again_with_the_pressed_button()
    {
        await using var app = await TestApp.StartAsync();
        var client = Of(app.Visitor());
        var form = (await client.PageAsync("/Account/Login")).Forms.First(f => f.GetAttribute("action") == "Account/Language");

        using var answer = await client.SendFormAsync(form, "", (Token, "stale"), ("language", "en"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var sent = await client.SendFormAsync(Again(await answer.PageAsync())!, "");

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Equal("Sign in", (await client.PageAsync("/Account/Login")).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Photos_have_to_be_chosen_again()
    {
        await using var app = await TestApp.StartAsync();
        var client = Of(await app.SignInAsync(TestUsers.Resident));

        using var answer = await client.ReportAsync([("tap.jpg", Phone.Jpeg())], (Token, "stale"), ("Input.Description", "水管漏水"));

        var again = Again(await answer.PageAsync())!;
        Assert.Contains("照片和文件需要重新选择", again.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await app.InDatabaseAsync(db => db.RepairPhotos.CountAsync(Ct)));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "http://localhost.evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Accept", "text/html")]
    public async Task What_another_site_filled_in_is_neither_applied_nor_offered_for_confirmation(string header, string value)
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Resident);
        var number = await app.ReportAsync(client);
        var form = await ReplyFormAsync(client, number);
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

        using var answer = await client.SendFormAsync(form, "", (Token, ""), ("Input.Text", "filled in by another site"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.Equal("内容未提交", page.QuerySelector("h1")!.TextContent);
        Assert.Null(Again(page));
        Assert.DoesNotContain("filled in", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Equal(0, await CommentsAsync(app));
    }

    [Fact]
    public async Task More_than_a_page_can_hold_is_not_kept()
    {
        await using var app = await TestApp.StartAsync();
        var client = Of(app.Visitor());
        using var content = new FormUrlEncodedContent([new("Input.UserName", new string('a', 200_000))]);
        using var answer = await client.PostAsync("/Account/Login", content, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(Again(await answer.PageAsync()));
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Requests_without_a_valid_token_leave_nothing_in_the_log(string environment)
    {
        using var log = new RecordingLoggerProvider();
        await using var app = await TestApp.StartAsync(environment: environment, change: s => s.AddSingleton<ILoggerProvider>(log));
        var client = Of(app.Visitor());
        // In Production, the start says that it disabled the demo accounts.
        var atStart = log.WarningsAndErrors.Count();
        var page = await client.GetAsync("/Account/Login", Ct);
        var cookie = page.Headers.GetValues("Set-Cookie").First(c => c.Contains("Antiforgery", StringComparison.Ordinal)).Split('=')[0];
        foreach (var address in new[] { "/Account/Login", "/Account/Language", "/Account/Theme", "/Account/Setup", "/Account/Passkey/Ask" })
        {
            using var content = new FormUrlEncodedContent([new(Token, "stale"), new("Input.UserName", "x")]);
            using var answer = await client.PostAsync(address, content, Ct);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            using var request = new HttpRequestMessage(HttpMethod.Get, "/Account/Login") { Headers = { { "Cookie", $"{cookie}=garbage" } } };
            (await app.Visitor().SendAsync(request, Ct)).Dispose();
        }
        Assert.Empty(log.WarningsAndErrors.Skip(atStart));
    }

    [Fact]
    public void Every_field_for_a_password_or_a_code_is_known_as_a_secret()
    {
        var secrets = SourceTree.App(".razor").Values.SelectMany(text => SecretInput().Matches(text)).Select(m => m.Groups["name"].Value).ToList();
        Assert.Contains("Input.New", secrets);
        Assert.All(secrets, name => Assert.True(StaleForm.IsSecret(name), $"{name} would be shown again on the page of a stale form."));
        Assert.False(StaleForm.IsSecret("Input.Description"));
    }

    /// <summary>A client that sends its origin, as browsers do.</summary>
    private static HttpClient Of(HttpClient client)
    {
        client.DefaultRequestHeaders.Add("Origin", "http://localhost");
        return client;
    }

    private static async Task SignOutAsync(HttpClient client)
    {
        var form = (await client.PageAsync("/Account/Profile")).Forms.First(f => f.GetAttribute("action") == "Account/Logout");
        (await client.SendFormAsync(form, "")).Dispose();
    }

    private static async Task<IHtmlFormElement> ReplyFormAsync(HttpClient client, string number) =>
        (await client.PageAsync($"/my/repairs/{number}")).Forms.First(f => f.QuerySelector("[name='Input.Text']") is not null);

    private static IHtmlFormElement? Again(IHtmlDocument page) => (IHtmlFormElement?)page.QuerySelector("form[data-stale-form]");

    private static Task<int> CommentsAsync(TestApp app) => app.InDatabaseAsync(db => db.RepairEvents.CountAsync(e => e.Verb == RepairVerb.Comment, Ct));

    [GeneratedRegex(@"<input[^>]*\bname=""(?<name>[\w.]+)""[^>]*\b(type=""password""|autocomplete=""one-time-code"")")]
    private static partial Regex SecretInput();
}

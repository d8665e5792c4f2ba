using System.Net;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Account;

/// <summary>Who can sign in and open which pages, and in which language and with which content security policy they are served.</summary>
public sealed class SignInAttemptTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_name_and_a_wrong_password_answer_alike()
    {
        await using var app = await TestApp.StartAsync();
        var (known, unknown) = (await TryAsync(app, TestUsers.Resident), await TryAsync(app, "nobody-at-all"));

        Assert.Equal(HttpStatusCode.OK, known.Status);
        Assert.NotEmpty(known.Said);
        Assert.Equal(known, unknown);
    }

    [Fact]
    public async Task Number_and_e_mail_sign_in_like_the_user_name()
    {
        await using var app = await TestApp.StartAsync();
        var (number, email) = await app.InDatabaseAsync(async db =>
        {
            var person = await db.Users.SingleAsync(p => p.UserName == TestUsers.Resident, Ct);
            return (person.Number!, person.Email!);
        });
        (await app.SignInAsync(number)).Dispose();
        (await app.SignInAsync(email.ToUpperInvariant())).Dispose();
    }

    [Fact]
    public async Task Five_failures_lock_even_the_right_password_out()
    {
        await using var app = await TestApp.StartAsync();
        for (var i = 0; i < 5; i++) await TryAsync(app, TestUsers.Resident);
        var locked = await TryAsync(app, TestUsers.Resident, DemoPeople.Password);

        Assert.Equal(HttpStatusCode.OK, locked.Status);
        Assert.NotEqual((await TryAsync(app, TestUsers.Technician)).Said, locked.Said);
    }

    [Theory]
    [InlineData("/Account/Login", false)]
    [InlineData("/my", false)]
    [InlineData("/repairs", true)]
    public async Task Every_answer_carries_a_policy_for_scripts(string path, bool isOffice)
    {
        await using var app = await TestApp.StartAsync();
        var client = path == "/Account/Login" ? app.Visitor() : await app.SignInAsync(isOffice ? TestUsers.Dispatcher : TestUsers.Resident);
        using var response = await client.GetAsync(path, Ct);

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal(isOffice, policy.Contains("'unsafe-inline'", StringComparison.Ordinal));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Pages_are_Chinese_whatever_the_browser_asks_for()
    {
        await using var app = await TestApp.StartAsync();
        var client = app.Visitor();
        client.DefaultRequestHeaders.Add("Accept-Language", "en-US,en;q=0.9");
        Assert.Equal("zh-CN", (await client.PageAsync("/Account/Login")).DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task A_person_who_reads_English_gets_English_after_signing_in()
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.EnglishDispatcher);
        Assert.Equal("en", (await client.PageAsync("/Account/Profile")).DocumentElement.GetAttribute("lang"));
    }

    [Theory]
    [InlineData(TestUsers.Resident, "/repairs")]
    [InlineData(TestUsers.Technician, "/repairs")]
    [InlineData(TestUsers.Dispatcher, "/people")]
    [InlineData(TestUsers.Resident, "/jobs")]
    public async Task A_page_of_another_role_is_denied(string person, string path)
    {
        await using var app = await TestApp.StartAsync();
        using var response = await (await app.SignInAsync(person)).GetAsync(path, Ct);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Contains("/access-denied", response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Said)> TryAsync(TestApp app, string name, string password = "not the password")
    {
        using var response = await app.Visitor().PostFormAsync("/Account/Login", ("Input.UserName", name), ("Input.Password", password));
        return (response.StatusCode, (await response.PageAsync()).QuerySelector("[role=alert]")?.TextContent.Trim() ?? "");
    }
}

using System.Net;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Security;

/// <summary>Which proxies are trusted to report a request's origin and scheme.</summary>
public sealed class ProxyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "10.0.0.5", false)]
    [InlineData("10.0.0.5", "10.0.0.6", false)]
    [InlineData("10.0.0.5", "127.0.0.1", false)]
    [InlineData("10.0.0.5", "10.0.0.5", true)]
    [InlineData("10.0.0.5", "::ffff:10.0.0.5", true)]
    [InlineData("10.0.0.0/24", "10.0.0.77", true)]
    [InlineData("10.0.0.0/24", "10.0.1.77", false)]
    public async Task Address_and_scheme_are_taken_from_a_configured_proxy_only(string? trusted, string caller, bool isBelieved)
    {
        var settings = new Dictionary<string, string> { ["SignIn:AttemptsPerAddress"] = "1" };
        if (trusted is not null) settings["Proxies:Trusted:0"] = trusted;
        await using var app = await TestApp.StartAsync(
            settings: settings, environment: "Production", change: s => s.AddSingleton<IStartupFilter>(new FixedRemoteAddress(caller)));
        List<HttpStatusCode> answers = [];
        for (var i = 1; i <= 2; i++)
        {
            var visitor = app.Visitor();
            visitor.DefaultRequestHeaders.Add("X-Forwarded-For", $"203.0.113.{i}");
            using var answer = await visitor.PostFormAsync("/Account/Login", ("Input.UserName", $"nobody-{i}"), ("Input.Password", "wrong"));
            answers.Add(answer.StatusCode);
        }
        Assert.Equal([HttpStatusCode.OK, isBelieved ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests], answers);

        using var request = new HttpRequestMessage(HttpMethod.Get, "http://repairs.example.edu/Account/Login");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var page = await app.Visitor().SendAsync(request, Ct);
        Assert.Equal(isBelieved, page.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("Production", "https", null, "max-age=15552000")]
    [InlineData("Production", "https", "1.00:00:00", "max-age=86400")]
    [InlineData("Production", "http", null, null)]
    [InlineData("Development", "https", null, null)]
    public async Task Browsers_are_bound_to_HTTPS_in_Production_once_they_came_by_it(string environment, string scheme, string? setting, string? told)
    {
        var settings = new Dictionary<string, string>();
        if (setting is not null) settings["Hsts:MaxAge"] = setting;
        await using var app = await TestApp.StartAsync(settings: settings, environment: environment);
        using var page = await app.Visitor().GetAsync(new Uri($"{scheme}://repairs.example.edu/Account/Login"), Ct);
        Assert.Equal(told, page.Headers.TryGetValues("Strict-Transport-Security", out var values) ? values.Single() : null);
    }

    [Theory]
    [InlineData("repairs.example.edu", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    public async Task Only_the_hosts_of_the_setting_are_answered(string host, HttpStatusCode answer)
    {
        await using var app = await TestApp.StartAsync(
            settings: new Dictionary<string, string> { ["AllowedHosts"] = "repairs.example.edu;localhost" }, environment: "Production");
        using var page = await app.Visitor().GetAsync(new Uri($"https://{host}/Account/Login"), Ct);
        Assert.Equal(answer, page.StatusCode);
    }

    [Theory]
    [InlineData("10.0.0.5", "repairs.example.edu", "repairs.example.edu")]
    [InlineData("10.0.0.5", "evil.example", "localhost")]
    [InlineData("10.0.0.6", "repairs.example.edu", "localhost")]
    public async Task The_host_is_taken_from_a_configured_proxy_only_and_must_be_allowed(string caller, string forwarded, string used)
    {
        var settings = new Dictionary<string, string> { ["Proxies:Trusted:0"] = "10.0.0.5", ["AllowedHosts"] = "repairs.example.edu;localhost" };
        await using var app = await TestApp.StartAsync(
            settings: settings, environment: "Production", change: s => s.AddSingleton<IStartupFilter>(new FixedRemoteAddress(caller)));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/my") { Headers = { { "X-Forwarded-Host", forwarded } } };

        using var answer = await app.Visitor().SendAsync(request, Ct);

        Assert.Equal(used, answer.Headers.Location?.Host);
    }

    [Fact]
    public async Task An_error_page_binds_them_like_any_other()
    {
        await using var app = await TestApp.StartAsync(environment: "Production");
        await app.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("""ALTER TABLE "People" RENAME TO "Gone" """, Ct));
        using var visitor = app.Visitor();
        visitor.BaseAddress = new Uri("https://repairs.example.edu");
        using var page = await visitor.PostFormAsync("/Account/Login", ("Input.UserName", TestUsers.Resident), ("Input.Password", "wrong"));

        Assert.Equal(HttpStatusCode.InternalServerError, page.StatusCode);
        Assert.Equal("max-age=15552000", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")));
        Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
    }
}

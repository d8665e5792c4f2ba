using System.Net;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Account;

public sealed class SignInTests
{
    [Theory]
    [InlineData("后勤值班室 0571-8000 0000", "后勤值班室 0571-8000 0000")]
    [InlineData(null, "后勤")]
    public async Task The_sign_in_page_says_whom_to_ask_about_a_forgotten_password(string? contact, string said)
    {
        var settings = contact is null ? null : new Dictionary<string, string> { ["Office:Contact"] = contact };
        await using var app = await TestApp.StartAsync(settings: settings);

        var page = await app.Visitor().PageAsync("/Account/Login");

        Assert.Contains("忘记密码", page.QuerySelector("[data-forgotten]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(said, page.QuerySelector("[data-forgotten]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everybody_is_sent_to_the_start_page_of_their_role()
    {
        await using var app = await TestApp.StartAsync();
        foreach (var (person, home) in new[] { (TestUsers.Dispatcher, "/repairs"), (TestUsers.Technician, "/jobs"), (TestUsers.Resident, "/my") })
        {
            var client = await app.SignInAsync(person);
            using var response = await client.GetAsync("/", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
            Assert.Equal(home, response.Headers.Location?.ToString());
        }
    }
}

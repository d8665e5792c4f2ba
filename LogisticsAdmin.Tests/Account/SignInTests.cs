using System.Net;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Account;

public sealed class SignInTests
{
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

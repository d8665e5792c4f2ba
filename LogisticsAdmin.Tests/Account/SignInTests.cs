using System.Net;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Account;

public sealed class SignInTests
{
    [Fact]
    public async Task Everybody_lands_where_their_day_starts()
    {
        await using var app = await TestApp.StartAsync();
        foreach (var (person, home) in new[] { (Cast.Dispatcher, "/repairs"), (Cast.Technician, "/jobs"), (Cast.Resident, "/my") })
        {
            var client = await app.SignInAsync(person);
            using var response = await client.GetAsync("/", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
            Assert.Equal(home, response.Headers.Location?.ToString());
        }
    }
}

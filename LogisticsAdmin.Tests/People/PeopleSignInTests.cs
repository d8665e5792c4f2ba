using System.Net;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.People;

/// <summary>People in the whole app: who can sign in, and who can export the list.</summary>
public sealed class PeopleSignInTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_is_disabled_cannot_sign_in_until_they_are_enabled()
    {
        await using var app = await TestApp.StartAsync();
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        var people = scope.ServiceProvider.GetRequiredService<PeopleService>();
        var id = (await people.ListAsync(new PeopleFilter { Text = TestUsers.Resident }, Ct)).Items.Single(p => p.UserName == TestUsers.Resident).Id;

        await people.DisableAsync(id, new DisableForm { Reason = "休学" }, Ct);
        Assert.Equal(HttpStatusCode.OK, await TryAsync(app));
        await people.EnableAsync(id, Ct);
        Assert.Equal(HttpStatusCode.Redirect, await TryAsync(app));
    }

    [Theory]
    [InlineData(TestUsers.Administrator, HttpStatusCode.OK)]
    [InlineData(TestUsers.Manager, HttpStatusCode.Forbidden)]
    [InlineData(TestUsers.Resident, HttpStatusCode.Forbidden)]
    public async Task Administrators_get_the_list_as_a_file_narrowed_as_it_is(string who, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(who);
        using var answer = await client.GetAsync("/exports/people.csv?q=wxy", Ct);
        Assert.Equal(expected, answer.StatusCode);
        if (expected != HttpStatusCode.OK) return;
        var lines = (await answer.Content.ReadAsStringAsync(Ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains("王小雨", lines[1], StringComparison.Ordinal);
        var chosen = await client.GetStringAsync("/exports/people.csv?q=wxy&columns=Number", Ct);
        Assert.DoesNotContain("竹园", chosen, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> TryAsync(TestApp app)
    {
        using var answer = await app.Visitor().PostFormAsync("/Account/Login", ("Input.UserName", TestUsers.Resident), ("Input.Password", DemoPeople.Password));
        return answer.StatusCode;
    }
}

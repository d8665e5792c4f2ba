using System.Net;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Security;

/// <summary>Lost rights end everywhere: cookies, feed subscriptions and verbs, also after a restart.</summary>
public sealed class SessionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("disabled")]
    [InlineData("role changed")]
    public async Task A_cookie_is_refused_at_the_next_request_after_its_person_was(string what)
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Dispatcher);
        using (var before = await client.GetAsync("/repairs", Ct)) Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        await using (var scope = app.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
            var people = scope.ServiceProvider.GetRequiredService<PeopleService>();
            var row = (await people.ListAsync(new PeopleFilter { Text = TestUsers.Dispatcher }, Ct)).Items.Single(p => p.UserName == TestUsers.Dispatcher);
            await (what == "disabled"
                ? people.DisableAsync(row.Id, new DisableForm { Reason = "调离" }, Ct)
                : people.SaveAsync(row.Id, Form(row, Role.Resident), Ct));
        }

        using var after = await client.GetAsync("/repairs", Ct);
        Assert.Contains("/Account/Login", after.Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_restart_a_cookie_is_looked_up_before_it_acts(bool renewed)
    {
        var storage = await TestHost.NewStorageAsync();
        try
        {
            string cookie;
            await using (var app = await TestApp.StartAsync(storage: storage))
            {
                using var answer = await app.Visitor().PostFormAsync(
                    "/Account/Login", ("Input.UserName", TestUsers.Resident), ("Input.Password", DemoPeople.Password));
                cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("logistics=", StringComparison.Ordinal)).Split(';')[0];
            }
            await using var restarted = await TestApp.StartAsync(storage: storage);
            // Bypasses the change tracker, as if an earlier process had done it: this process does not know about the change.
            if (renewed) await restarted.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE People SET SecurityStamp = 'renewed'", Ct));

            using var request = new HttpRequestMessage(HttpMethod.Get, "/Account/Profile");
            request.Headers.Add("Cookie", cookie);
            using var response = await restarted.CreateClient(new() { HandleCookies = false, AllowAutoRedirect = false }).SendAsync(request, Ct);
            Assert.Equal(renewed ? HttpStatusCode.Redirect : HttpStatusCode.OK, response.StatusCode);
        }
        finally
        {
            TestHost.DropStorage(storage);
        }
    }

    [Fact]
    public async Task A_new_crew_ends_what_the_technician_hears_and_may_do()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, technician, other) = (await host.AsAsync(TestUsers.Administrator), await host.AsAsync(TestUsers.Technician),
            await host.AsAsync(TestUsers.Dispatcher));
        var feed = host.Services.GetRequiredService<IChangeFeed>();
        using var ended = feed.Subscribe(technician.PersonId, _ => true);
        using var lasting = feed.Subscribe(other.PersonId, c => c is Changed<Features.Repairs.Tickets.RepairRow>);

        var people = admin.Get<PeopleService>();
        var row = (await people.ListAsync(new PeopleFilter { Text = TestUsers.Technician }, Ct)).Items.Single(p => p.UserName == TestUsers.Technician);
        var form = Form(row, Role.Technician);
        form.CrewId = (await people.CrewsAsync(Ct)).First(c => c.Id != row.CrewId).Id;
        await people.SaveAsync(row.Id, form, Ct);

        Assert.Null(await ended.NextAsync(Ct));
        await Assert.ThrowsAsync<Forbidden>(() => technician.Tickets.JobsAsync(Ct));
        await host.TicketAsync();
        Assert.NotNull(await lasting.NextAsync(Ct));
    }

    [Fact]
    public async Task Every_page_carries_the_policy_of_its_kind_and_only_one()
    {
        await using var app = await TestApp.StartAsync();
        var pages = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && e.RoutePattern.Parameters.Count == 0).ToList();
        Assert.NotEmpty(pages);
        HttpClient[] clients =
            [await app.SignInAsync(TestUsers.Administrator), await app.SignInAsync(TestUsers.Technician), await app.SignInAsync(TestUsers.Resident),
                app.Visitor()];
        foreach (var page in pages)
        {
            var address = "/" + page.RoutePattern.RawText!.TrimStart('/');
            using var response = await FirstAllowedAsync(clients, address);
            Assert.True(response is not null, $"Nobody may open {address}");
            var isStatic = page.Metadata.GetMetadata<ExcludeFromInteractiveRoutingAttribute>() is not null;
            Assert.Equal((address, isStatic ? SecurityHeaders.Strict : SecurityHeaders.Office),
                (address, Assert.Single(response.Headers.GetValues("Content-Security-Policy"))));
            var html = await response.PageAsync();
            Assert.All(html.Scripts, script => Assert.False(string.IsNullOrEmpty(script.Source), $"{address} has an inline script"));
            if (isStatic) Assert.Empty(html.QuerySelectorAll("[style], style"));
        }
    }

    [Theory]
    [InlineData("/no-such-page")]
    [InlineData("/health/live")]
    [InlineData("/tokens.css")]
    public async Task What_is_no_page_carries_the_strict_policy(string address)
    {
        await using var app = await TestApp.StartAsync();
        using var response = await (await app.SignInAsync(TestUsers.Resident)).GetAsync(address, Ct);
        Assert.Equal(SecurityHeaders.Strict, Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
    }

    [Fact]
    public void A_person_whose_session_ended_while_their_page_is_open_is_refused()
    {
        var user = new CurrentUser(new SessionStamps());
        user.SetActor(new Actor(1, "王静", new HashSet<Role> { Role.Dispatcher }, null, "stamp"));
        user.EndSession();
        Assert.Throws<Forbidden>(() => user.Actor);
    }

    private static async Task<HttpResponseMessage?> FirstAllowedAsync(HttpClient[] clients, string address)
    {
        foreach (var client in clients)
        {
            var response = await client.GetAsync(address, Ct);
            // Error pages answer with their own status when asked for directly.
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound) return response;
            response.Dispose();
        }
        return null;
    }

    private static PersonForm Form(PersonRow row, Role role) => new()
    {
        Version = row.Version,
        UserName = row.UserName,
        FullName = row.FullName,
        Number = row.Number,
        Phone = row.Phone,
        Email = row.Email,
        RoomId = row.RoomId,
        CrewId = row.CrewId,
        Roles = [role],
    };
}

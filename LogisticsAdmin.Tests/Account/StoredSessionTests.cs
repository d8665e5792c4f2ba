using System.Net;
using LogisticsAdmin.Account;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LogisticsAdmin.Tests.Account;

/// <summary>A session is stored from the sign-in until its end; what names one that has ended is refused.</summary>
public sealed class StoredSessionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_copied_cookie_is_refused_after_its_owner_signed_out_also_after_a_restart(bool restarts)
    {
        var storage = await TestHost.NewStorageAsync();
        try
        {
            var app = await TestApp.StartAsync(storage: storage);
            var (cookie, client) = await CookieAsync(app);
            Assert.Equal(HttpStatusCode.OK, await UseAsync(app, cookie));

            var page = await client.PageAsync("/Account/Profile");
            var form = page.Forms.First(f => f.GetAttribute("action") == "Account/Logout");
            using (var left = await client.SendFormAsync(form, "/Account/Logout")) Assert.Equal("/Account/Login", left.Headers.Location?.ToString());
            if (restarts)
            {
                await app.DisposeAsync();
                app = await TestApp.StartAsync(storage: storage);
            }
            Assert.Equal(HttpStatusCode.Redirect, await UseAsync(app, cookie));
            await app.DisposeAsync();
        }
        finally
        {
            TestHost.DropStorage(storage);
        }
    }

    [Fact]
    public async Task One_write_ends_the_sessions_of_more_people_than_a_query_has_parameters()
    {
        await using var host = await TestHost.OpenAsync();
        var session = await SignedInAsync(host);
        await host.InDatabaseAsync(db => db.WriteAsync(_ =>
        {
            foreach (var id in Enumerable.Range(1, 40_000)) db.EndSessions(new Person("somebody", "Somebody", null) { Id = id, SecurityStamp = "new" });
            return Task.FromResult(true);
        }, Ct));
        Assert.False(await host.InDatabaseAsync(db => db.Set<Session>().AnyAsync(s => s.PersonId == session.PersonId, Ct)));
    }

    [Fact]
    public async Task The_end_of_a_session_ends_its_subscriptions_and_calls_and_leaves_others_alone()
    {
        await using var host = await TestHost.OpenAsync();
        var (here, there) = (await SignedInAsync(host), await SignedInAsync(host));
        var feed = host.Services.GetRequiredService<IChangeFeed>();
        using var mine = feed.Subscribe(here.PersonId, _ => true, SessionOf(here));
        using var other = feed.Subscribe(there.PersonId, c => c is Changed<Features.Repairs.Tickets.RepairRow>, SessionOf(there));

        await there.Get<SessionService>().EndAsync(SessionOf(here), Ct);

        Assert.Null(await mine.NextAsync(Ct));
        await Assert.ThrowsAsync<Forbidden>(() => here.Get<SessionService>().ListAsync(Ct));
        await host.TicketAsync();
        Assert.NotNull(await other.NextAsync(Ct));
        Assert.Equal(SessionOf(there), Assert.Single(await there.Get<SessionService>().ListAsync(Ct)).Id);
    }

    [Fact]
    public async Task Nobody_sees_or_ends_the_sessions_of_somebody_else()
    {
        await using var host = await TestHost.OpenAsync();
        var (dispatcher, resident) = (await SignedInAsync(host), await SignedInAsync(host, TestUsers.Resident));

        await resident.Get<SessionService>().EndAsync(SessionOf(dispatcher), Ct);
        await resident.Get<SessionService>().EndOthersAsync(Ct);

        Assert.True(Assert.Single(await dispatcher.Get<SessionService>().ListAsync(Ct)).IsThis);
        Assert.Equal(SessionOf(resident), Assert.Single(await resident.Get<SessionService>().ListAsync(Ct)).Id);
    }

    [Theory]
    [InlineData("one-time code")]
    [InlineData("disabled")]
    [InlineData("crew")]
    public async Task What_takes_rights_away_ends_the_stored_sessions(string what)
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, technician) = (await host.AsAsync(TestUsers.Administrator), await SignedInAsync(host, TestUsers.Technician));
        var people = admin.Get<PeopleService>();

        await (what switch
        {
            "one-time code" => people.ResetPasswordAsync(technician.PersonId, Ct),
            "disabled" => people.DisableAsync(technician.PersonId, new DisableForm { Reason = "调离" }, Ct),
            _ => host.InDatabaseAsync(async db =>
            {
                (await db.Users.SingleAsync(p => p.Id == technician.PersonId, Ct)).JoinCrew(null);
                return await db.SaveChangesAsync(Ct);
            }),
        });

        Assert.Equal(0, await host.InDatabaseAsync(db => db.Set<Session>().CountAsync(s => s.PersonId == technician.PersonId, Ct)));
    }

    [Fact]
    public async Task A_stranger_s_wrong_passwords_sign_nobody_out()
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Resident);
        for (var i = 0; i < 6; i++)
        {
            using var guess = await app.Visitor().PostFormAsync("/Account/Login", ("Input.UserName", TestUsers.Resident), ("Input.Password", "a guess"));
            Assert.Equal(HttpStatusCode.OK, guess.StatusCode);
        }
        using var still = await client.GetAsync("/Account/Profile", Ct);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task A_session_says_when_it_was_last_seen_to_five_minutes_and_one_that_expired_is_deleted()
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await SignedInAsync(host);
        var (id, start) = (SessionOf(desk), host.Clock.GetUtcNow());
        var sessions = desk.Get<SessionService>();
        Assert.True(await sessions.IsOpenAsync(desk.Get<CurrentUser>().Actor, Ct));

        host.Clock.Advance(TimeSpan.FromMinutes(4));
        await sessions.SeenAsync(id, Ct);
        Assert.Equal(start, Assert.Single(await sessions.ListAsync(Ct)).LastSeenAt);

        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await sessions.SeenAsync(id, Ct);
        Assert.Equal(start.AddMinutes(6), Assert.Single(await sessions.ListAsync(Ct)).LastSeenAt);

        host.Clock.Advance(Session.Lifetime + Session.SeenInterval);
        Assert.Empty(await sessions.ListAsync(Ct));
        await SignedInAsync(host);
        Assert.Equal(1, await host.InDatabaseAsync(db => db.Set<Session>().CountAsync(s => s.PersonId == desk.PersonId, Ct)));
    }

    [Fact]
    public async Task A_database_that_another_program_has_locked_ends_no_session()
    {
        await using var host = await TestHost.OpenAsync(s => s.Configure<WriteOptions>(o => o.Timeout = TimeSpan.FromSeconds(1)));
        var desk = await SignedInAsync(host);
        var sessions = desk.Get<SessionService>();
        Assert.True(await sessions.IsOpenAsync(desk.Get<CurrentUser>().Actor, Ct));
        host.Clock.Advance(TimeSpan.FromMinutes(6));

        await using (ForeignLock.On(host.Directory)) await sessions.SeenAsync(SessionOf(desk), Ct);

        Assert.True(Assert.Single(await sessions.ListAsync(Ct)).IsThis);
    }

    [Fact]
    public async Task The_profile_lists_the_devices_and_signs_one_out()
    {
        await using var app = await TestApp.StartAsync();
        var (here, elsewhere) = (await app.SignInAsync(TestUsers.Resident), await app.SignInAsync(TestUsers.Resident));
        var page = await here.PageAsync("/Account/Profile");
        Assert.Equal(2, page.QuerySelectorAll("[data-session]").Length);
        Assert.Contains("本机", page.QuerySelector("[data-session]")!.TextContent, StringComparison.Ordinal);

        var other = page.QuerySelector("[data-session] button")!.GetAttribute("value")!;
        var form = page.Forms.Single(f => f.QuerySelector("[name=_handler][value=sessions]") is not null);
        using var sent = await here.SendFormAsync(form, "/Account/Profile", ("Ended", other));

        using var theirs = await elsewhere.GetAsync("/Account/Profile", Ct);
        Assert.Contains("/Account/Login", theirs.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Single((await here.PageAsync("/Account/Profile")).QuerySelectorAll("[data-session]"));
    }

    [Fact]
    public async Task A_cookie_keeps_its_session_when_it_is_checked_again()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await TestApp.StartAsync(clock: clock);
        var client = await app.SignInAsync(TestUsers.Resident);
        for (var i = 0; i < 3; i++)
        {
            clock.Advance(AccountSetup.Revalidation + TimeSpan.FromSeconds(1));
            using var answer = await client.GetAsync("/Account/Profile", Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private static Guid SessionOf(Desk desk) => desk.Get<CurrentUser>().ActorOrNull!.SessionId!.Value;

    /// <summary>Somebody who acts in a stored session.</summary>
    private static async Task<Desk> SignedInAsync(TestHost host, string userName = TestUsers.Dispatcher)
    {
        var desk = await host.AsAsync(userName);
        var now = host.Clock.GetUtcNow();
        var session = new Session { PersonId = desk.PersonId, StartedAt = now, LastSeenAt = now, Method = SignInMethod.Password };
        await host.InDatabaseAsync(async db =>
        {
            await db.WriteAsync(token => desk.Get<SessionService>().StartAsync(db, session, token), Ct);
            return true;
        });
        var user = desk.Get<CurrentUser>();
        user.SetActor(user.Actor with { SessionId = session.Id });
        return desk;
    }

    private static async Task<(string Cookie, HttpClient Client)> CookieAsync(TestApp app)
    {
        var client = app.Visitor();
        using var answer = await client.PostFormAsync(
            "/Account/Login", ("Input.UserName", TestUsers.Resident), ("Input.Password", DemoPeople.Password));
        return (answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("logistics=", StringComparison.Ordinal)).Split(';')[0], client);
    }

    private static async Task<HttpStatusCode> UseAsync(TestApp app, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/Account/Profile");
        request.Headers.Add("Cookie", cookie);
        using var response = await app.CreateClient(new() { HandleCookies = false, AllowAutoRedirect = false }).SendAsync(request, Ct);
        return response.StatusCode;
    }
}

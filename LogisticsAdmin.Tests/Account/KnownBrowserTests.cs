using System.Net;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Account;

/// <summary>A browser in which a person signed in before has attempts of its own, which strangers can't use up.</summary>
public sealed class KnownBrowserTests
{
    private const string KnownCookie = "known-browser", Wrong = "not the password", Chosen = "chosen-by-me-1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Resident)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Administrator)]
    public async Task Strangers_lock_out_strangers_and_not_the_browser_that_signed_in_before(string person)
    {
        await using var app = await TestApp.StartAsync();
        var mine = await SignedOutAsync(app, person);
        for (var i = 0; i < 5; i++) await TryAsync(app, new CookieContainer(), person, Wrong);

        Assert.Contains("锁定", await TryAsync(app, new CookieContainer(), person), StringComparison.Ordinal);
        Assert.Null(await TryAsync(app, mine, person));
        Assert.Contains("锁定", await TryAsync(app, new CookieContainer(), person), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SignIn:AttemptsPerName")]
    [InlineData("SignIn:AttemptsPerAddress")]
    public async Task Strangers_who_use_up_a_limit_leave_the_browser_that_signed_in_before_its_own(string limit)
    {
        await using var app = await TestApp.StartAsync(settings: new Dictionary<string, string> { [limit] = "2" });
        var mine = await SignedOutAsync(app, TestUsers.Resident);
        while (!(await TryAsync(app, new CookieContainer(), TestUsers.Resident, Wrong))!.Contains("秒后", StringComparison.Ordinal)) { }

        Assert.Null(await TryAsync(app, mine, TestUsers.Resident));
    }

    [Fact]
    public async Task The_own_failures_of_a_known_browser_lock_it_and_nobody_else()
    {
        await using var app = await TestApp.StartAsync();
        var mine = await SignedOutAsync(app, TestUsers.Resident);
        for (var i = 1; i <= 5; i++)
            Assert.Equal(i == 5, (await TryAsync(app, mine, TestUsers.Resident, Wrong))!.Contains("锁定", StringComparison.Ordinal));

        Assert.Contains("锁定", await TryAsync(app, mine, TestUsers.Resident), StringComparison.Ordinal);
        Assert.Null(await TryAsync(app, new CookieContainer(), TestUsers.Resident));
    }

    [Fact]
    public async Task A_browser_is_known_for_those_who_signed_in_there_only()
    {
        await using var app = await TestApp.StartAsync();
        var shared = await SignedOutAsync(app, TestUsers.Technician);
        for (var i = 0; i < 5; i++) await TryAsync(app, shared, TestUsers.Resident, Wrong);
        Assert.Contains("锁定", await TryAsync(app, shared, TestUsers.Resident), StringComparison.Ordinal);
        Assert.Null(await TryAsync(app, shared, TestUsers.Technician));

        shared = OnlyKnown(shared);
        Assert.Null(await TryAsync(app, shared, TestUsers.Dispatcher));
        await LockAsync(app, TestUsers.Technician, TestUsers.Dispatcher);
        foreach (var person in new[] { TestUsers.Technician, TestUsers.Dispatcher }) Assert.Null(await TryAsync(app, OnlyKnown(shared), person));
    }

    [Fact]
    public async Task A_browser_is_still_known_after_a_restart()
    {
        var storage = await TestHost.NewStorageAsync();
        CookieContainer mine;
        await using (var app = await TestApp.StartAsync(storage: storage))
        {
            mine = await SignedOutAsync(app, TestUsers.Resident);
            await LockAsync(app, TestUsers.Resident);
        }
        await using (var app = await TestApp.StartAsync(storage: storage))
        {
            Assert.Contains("锁定", await TryAsync(app, new CookieContainer(), TestUsers.Resident), StringComparison.Ordinal);
            Assert.Null(await TryAsync(app, mine, TestUsers.Resident));
        }
        TestHost.DropStorage(storage);
    }

    [Fact]
    public async Task A_cookie_that_was_changed_or_belongs_to_the_password_before_is_a_stranger_s()
    {
        await using var app = await TestApp.StartAsync();
        var (mine, other, forged) = (await SignedOutAsync(app, TestUsers.Resident), await SignedOutAsync(app, TestUsers.Resident), new CookieContainer());
        forged.Add(new Cookie(KnownCookie, mine.GetAllCookies().Single().Value[..^4] + "AAAA", "/Account", "localhost"));
        using (var changed = await Client(app, await SignedInAsync(app, mine, TestUsers.Resident)).PostFormAsync(
            "/Account/ChangePassword", ("Input.Old", DemoPeople.Password), ("Input.New", Chosen), ("Input.Repeat", Chosen)))
        {
            Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        }
        await LockAsync(app, TestUsers.Resident);

        foreach (var stranger in new[] { forged, other })
            Assert.Contains("锁定", await TryAsync(app, stranger, TestUsers.Resident, Chosen), StringComparison.Ordinal);
        mine = OnlyKnown(mine);
        Assert.Null(await TryAsync(app, mine, TestUsers.Resident, Chosen));

        var code = await ResetAsync(app);
        await LockAsync(app, TestUsers.Resident);
        Assert.Contains("锁定", await TryAsync(app, OnlyKnown(mine), TestUsers.Resident, Chosen), StringComparison.Ordinal);
        Assert.Null(await TryAsync(app, new CookieContainer(), TestUsers.Resident, code));
    }

    private static HttpClient Client(TestApp app, CookieContainer cookies) => app.CreateDefaultClient(new CookieContainerHandler(cookies));

    /// <summary>The cookies of a browser in which the person signed in and whose session is over.</summary>
    private static async Task<CookieContainer> SignedOutAsync(TestApp app, string person)
    {
        var cookies = OnlyKnown(await SignedInAsync(app, new CookieContainer(), person));
        Assert.Single(cookies.GetAllCookies());
        return cookies;
    }

    private static async Task<CookieContainer> SignedInAsync(TestApp app, CookieContainer cookies, string person)
    {
        Assert.Null(await TryAsync(app, cookies, person));
        return cookies;
    }

    private static CookieContainer OnlyKnown(CookieContainer cookies)
    {
        var kept = new CookieContainer();
        foreach (var cookie in cookies.GetAllCookies().Where(c => c.Name == KnownCookie)) kept.Add(cookie);
        return kept;
    }

    /// <summary>Null when signed in, else what the page says.</summary>
    private static async Task<string?> TryAsync(TestApp app, CookieContainer cookies, string name, string password = DemoPeople.Password)
    {
        using var answer = await Client(app, cookies).PostFormAsync("/Account/Login", ("Input.UserName", name), ("Input.Password", password));
        return answer.StatusCode == HttpStatusCode.Redirect ? null : await answer.SaidAsync();
    }

    private static Task<int> LockAsync(TestApp app, params string[] names) => app.InDatabaseAsync(async db =>
    {
        foreach (var person in await db.Users.Where(p => names.Contains(p.UserName)).ToListAsync(Ct))
            person.LockoutEnd = TimeProvider.System.GetUtcNow().AddDays(1);
        return await db.SaveChangesAsync(Ct);
    });

    private static async Task<string> ResetAsync(TestApp app)
    {
        var id = await app.InDatabaseAsync(db => db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Id).SingleAsync(Ct));
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        return (await scope.ServiceProvider.GetRequiredService<PeopleService>().ResetPasswordAsync(id, Ct)).Code;
    }
}

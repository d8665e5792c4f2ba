using System.Net;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Account;

/// <summary>One-time codes, the password change that they require, and one's own profile.</summary>
public sealed class PasswordTests
{
    private const string Chosen = "chosen-by-me-1";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_one_time_code_signs_in_once_and_only_to_choose_a_password()
    {
        await using var app = await TestApp.StartAsync();
        var issued = await ResetAsync(app);
        var client = await app.SignInAsync(TestUsers.Resident, issued.Code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal));

        foreach (var address in new[] { "/", "/my", "/my/repairs/new" })
        {
            using var sent = await client.GetAsync(address, Ct);
            Assert.StartsWith("/Account/ChangePassword", sent.Headers.Location?.ToString(), StringComparison.Ordinal);
        }
        using (var health = await client.GetAsync("/health/live", Ct)) Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        using (var again = await TryAsync(app, issued.Code)) Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        using (var old = await TryAsync(app, DemoPeople.Password)) Assert.Equal(HttpStatusCode.OK, old.StatusCode);

        using var changed = await client.PostFormAsync("/Account/ChangePassword", ("Input.New", Chosen), ("Input.Repeat", Chosen));

        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        using var home = await client.GetAsync("/", Ct);
        Assert.Equal("/my", home.Headers.Location?.ToString());
        (await app.SignInAsync(TestUsers.Resident, Chosen)).Dispose();
    }

    [Fact]
    public async Task A_code_expires()
    {
        await using var app = await TestApp.StartAsync();
        var issued = await ResetAsync(app);
        await app.InDatabaseAsync(async db =>
        {
            var person = await db.Users.SingleAsync(p => p.UserName == TestUsers.Resident, Ct);
            Assert.DoesNotContain(issued.Code, person.SlipHash, StringComparison.OrdinalIgnoreCase);
            db.Entry(person).Property(p => p.SlipExpiresAt).CurrentValue = issued.Expires - OneTimeCode.Lifetime - TimeSpan.FromMinutes(1);
            return await db.SaveChangesAsync(Ct);
        });
        using var late = await TryAsync(app, issued.Code);
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
    }

    [Theory]
    [InlineData("wrong", Chosen, Chosen, "old", "原密码")]
    [InlineData(DemoPeople.Password, "short1a", "short1a", "new", "10 位")]
    [InlineData(DemoPeople.Password, Chosen, "something-else-2", "repeat", "不一致")]
    [InlineData(DemoPeople.Password, DemoPeople.Password, DemoPeople.Password, "new", "相同")]
    public async Task What_is_wrong_with_a_password_is_said_at_its_field(string old, string chosen, string repeat, string field, string said)
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Resident);
        using var answer = await client.PostFormAsync("/Account/ChangePassword", ("Input.Old", old), ("Input.New", chosen), ("Input.Repeat", repeat));

        Assert.Contains(said, (await answer.PageAsync()).QuerySelector($"#{field}-problem")?.TextContent, StringComparison.Ordinal);
        (await app.SignInAsync(TestUsers.Resident)).Dispose();
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions_and_keeps_this_one()
    {
        await using var app = await TestApp.StartAsync();
        var (here, elsewhere) = (await app.SignInAsync(TestUsers.Resident), await app.SignInAsync(TestUsers.Resident));
        using var changed = await here.PostFormAsync(
            "/Account/ChangePassword", ("Input.Old", DemoPeople.Password), ("Input.New", Chosen), ("Input.Repeat", Chosen));

        using (var mine = await here.GetAsync("/Account/Profile", Ct)) Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
        using var theirs = await elsewhere.GetAsync("/Account/Profile", Ct);
        Assert.Contains("/Account/Login", theirs.Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_changed_meanwhile_keeps_what_was_typed()
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Resident);
        var form = (await client.PageAsync("/Account/Profile")).Forms.First(f => f.QuerySelector("[name='Input.Phone']") is not null);
        await app.InDatabaseAsync(async db =>
        {
            (await db.Users.SingleAsync(p => p.UserName == TestUsers.Resident, Ct)).SetDarkMode(darkMode: true);
            return await db.SaveChangesAsync(Ct);
        });

        using var answer = await client.SendFormAsync(form, "/Account/Profile", ("Input.Phone", "13900001111"));
        var page = await answer.PageAsync();

        Assert.NotEmpty(page.QuerySelector("p.problem[role=alert]")!.TextContent.Trim());
        Assert.Equal("13900001111", page.QuerySelector("#phone")?.GetAttribute("value"));
        Assert.NotEqual("13900001111", await PhoneAsync(app));
    }

    [Fact]
    public async Task An_e_mail_by_which_somebody_else_signs_in_is_refused_at_its_field()
    {
        await using var app = await TestApp.StartAsync();
        var taken = await app.InDatabaseAsync(db => db.Users.Where(p => p.UserName == TestUsers.Technician).Select(p => p.Email).SingleAsync(Ct));
        var client = await app.SignInAsync(TestUsers.Resident);
        using var answer = await client.PostFormAsync("/Account/Profile", ("Input.Email", taken!.ToUpperInvariant()), ("Input.Password", DemoPeople.Password));
        Assert.Contains("已被其他人", (await answer.PageAsync()).QuerySelector("#email-problem")?.TextContent, StringComparison.Ordinal);
    }

    private static Task<string?> PhoneAsync(TestApp app) =>
        app.InDatabaseAsync(db => db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.PhoneNumber).SingleAsync(Ct));

    private static Task<HttpResponseMessage> TryAsync(TestApp app, string password) =>
        app.Visitor().PostFormAsync("/Account/Login", ("Input.UserName", TestUsers.Resident), ("Input.Password", password));

    private static async Task<IssuedCode> ResetAsync(TestApp app)
    {
        var id = await app.InDatabaseAsync(db => db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Id).SingleAsync(Ct));
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        return await scope.ServiceProvider.GetRequiredService<PeopleService>().ResetPasswordAsync(id, Ct);
    }
}

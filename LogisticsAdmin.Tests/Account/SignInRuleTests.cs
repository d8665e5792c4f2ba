using System.Collections.Concurrent;
using System.Net;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace LogisticsAdmin.Tests.Account;

/// <summary>Locks, limits, redirects and cookies around the sign-in form.</summary>
public sealed class SignInRuleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_locked_account_says_until_when_in_office_time_and_stays_shut_for_the_right_password()
    {
        await using var app = await TestApp.StartAsync();
        var until = TimeProvider.System.GetUtcNow().AddDays(2);
        await app.InDatabaseAsync(async db =>
        {
            (await db.Users.SingleAsync(p => p.UserName == TestUsers.Resident, Ct)).LockoutEnd = until;
            return await db.SaveChangesAsync(Ct);
        });

        using var answer = await app.Visitor().PostFormAsync("/Account/Login", ("Input.UserName", TestUsers.Resident), ("Input.Password", DemoPeople.Password));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(app.Services.GetRequiredService<OfficeTime>().Show(until), await answer.SaidAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_locked_at_the_same_failure_as_one_that_somebody_has()
    {
        await using var app = await TestApp.StartAsync();
        var visitor = app.Visitor();
        for (var i = 1; i <= 5; i++)
        {
            var known = await FailAsync(visitor, TestUsers.Resident);
            var unknown = await FailAsync(visitor, "nobody-at-all");
            Assert.Equal(i == 5, known.Contains("锁定", StringComparison.Ordinal));
            Assert.Equal(i == 5, unknown.Contains("锁定", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(TestUsers.Resident)]
    [InlineData("nobody-at-all")]
    [InlineData("locked")]
    [InlineData("disabled")]
    [InlineData("without a password")]
    [InlineData("")]
    public async Task Every_failed_sign_in_hashes_once_and_equally_long(string who)
    {
        var hashed = new CountingHasher();
        await using var app = await TestApp.StartAsync(change: s => s.Replace(ServiceDescriptor.Singleton<IPasswordHasher<Person>>(hashed)));
        var usual = await app.InDatabaseAsync(async db =>
        {
            var person = await db.Users.Include(p => p.SignInNames).SingleAsync(p => p.UserName == TestUsers.Resident, Ct);
            var hash = person.PasswordHash!;
            if (who == "locked") person.LockoutEnd = TimeProvider.System.GetUtcNow().AddDays(2);
            if (who == "disabled") person.Retire(TimeProvider.System.GetUtcNow(), null, "毕业");
            if (who == "without a password") person.SetOneTimeCode(OneTimeCode.Hash(OneTimeCode.New()), TimeProvider.System.GetUtcNow().AddDays(2));
            await db.SaveChangesAsync(Ct);
            return CountingHasher.CostOf(hash);
        });

        await FailAsync(app.Visitor(), who switch { "" => new string('x', 300), "nobody-at-all" => who, _ => TestUsers.Resident });

        Assert.Equal([usual], hashed.Costs);
    }

    [Theory]
    [InlineData("/my/repairs?view=all", "/my/repairs?view=all")]
    [InlineData("/my/repairs?q=水龙头&view=all", "/my/repairs?q=%E6%B0%B4%E9%BE%99%E5%A4%B4&view=all")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("/\t/evil.example/", "/")]
    [InlineData("my", "/")]
    public async Task After_signing_in_only_an_address_of_our_own_is_followed(string wanted, string followed)
    {
        await using var app = await TestApp.StartAsync();
        using var answer = await app.Visitor().PostFormAsync($"/Account/Login?ReturnUrl={Uri.EscapeDataString(wanted)}",
            ("Input.UserName", TestUsers.Resident), ("Input.Password", DemoPeople.Password));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(followed, PathOf(answer));
    }

    [Fact]
    public async Task Whoever_is_signed_in_already_is_redirected_to_the_start_page()
    {
        await using var app = await TestApp.StartAsync();
        using var answer = await (await app.SignInAsync(TestUsers.Resident)).GetAsync("/Account/Login", Ct);
        Assert.Equal("/", PathOf(answer));
    }

    [Theory]
    [InlineData("Development", "http", false)]
    [InlineData("Development", "https", true)]
    [InlineData("Production", "https", true)]
    public async Task Sign_in_cookies_are_out_of_reach_of_scripts_and_other_sites(string environment, string scheme, bool isSecure)
    {
        const string password = "four-cranes-over-9-roofs";
        await using var app = await TestApp.StartAsync(environment: environment);
        await app.InDatabaseAsync(async db =>
        {
            var person = new Person("newcomer", "新生");
            person.SetPassword(new PasswordHasher<Person>().HashPassword(person, password));
            db.Users.Add(person);
            return await db.SaveChangesAsync(Ct);
        });
        var visitor = app.CreateClient(new() { BaseAddress = new Uri($"{scheme}://localhost"), AllowAutoRedirect = false });
        using var answer = await visitor.PostFormAsync("/Account/Login", ("Input.UserName", "newcomer"), ("Input.Password", password));

        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        var signIn = environment == "Production" ? "__Host-logistics=" : "logistics=";
        foreach (var name in new[] { signIn, ".AspNetCore.Culture=", "theme=", "known-browser=" })
        {
            var cookie = Assert.Single(cookies, c => c.StartsWith(name, StringComparison.Ordinal)).ToLowerInvariant();
            Assert.Contains("httponly", cookie, StringComparison.Ordinal);
            Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
            Assert.Contains(name == "known-browser=" ? "path=/account;" : "path=/;", cookie, StringComparison.Ordinal);
            Assert.DoesNotContain("domain=", cookie, StringComparison.Ordinal);
            Assert.Equal(isSecure, cookie.Contains("secure", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("SignIn:AttemptsPerName", TestUsers.Resident)]
    [InlineData("SignIn:AttemptsPerName", "nobody-at-all")]
    [InlineData("SignIn:AttemptsPerAddress", TestUsers.Resident)]
    public async Task Too_many_sign_ins_are_asked_to_wait_in_words_and_by_header(string setting, string name)
    {
        await using var app = await TestApp.StartAsync(settings: new Dictionary<string, string> { [setting] = "2" });
        var visitor = app.Visitor();
        for (var i = 0; i < 2; i++) await FailAsync(visitor, name);

        using var answer = await visitor.PostFormAsync("/Account/Login", ("Input.UserName", name), ("Input.Password", DemoPeople.Password));

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains("秒后再试", await answer.SaidAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_limit_of_one_name_leaves_the_others_alone()
    {
        await using var app = await TestApp.StartAsync(settings: new Dictionary<string, string> { ["SignIn:AttemptsPerName"] = "1" });
        await FailAsync(app.Visitor(), TestUsers.Technician);
        (await app.SignInAsync(TestUsers.Resident)).Dispose();
    }

    [Fact]
    public async Task The_language_switch_is_remembered_for_the_person_on_other_devices_too()
    {
        await using var app = await TestApp.StartAsync();
        var first = await app.SignInAsync(TestUsers.Resident);
        using var switched = await first.PostFormAsync("/Account/Profile", ("language", "en"), ("returnUrl", "//evil.example"));

        Assert.Equal("/", PathOf(switched));
        Assert.Equal("en", await LanguageAsync(first, "/Account/Profile"));
        Assert.Equal("en", await LanguageAsync(await app.SignInAsync(TestUsers.Resident), "/Account/Profile"));
    }

    [Fact]
    public async Task Signing_out_needs_the_form_and_tells_the_next_page_whose_drafts_to_remove()
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Resident);
        using (var forged = await client.PostAsync("/Account/Logout", new FormUrlEncodedContent([]), Ct))
            Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);

        var page = await client.PageAsync("/Account/Profile");
        using var left = await client.SendFormAsync(page.Forms.First(f => f.GetAttribute("action") == "Account/Logout"), "/Account/Logout");

        Assert.Equal("/Account/Login", PathOf(left));
        var id = await app.InDatabaseAsync(db => db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Id).SingleAsync(Ct));
        Assert.Equal(id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            (await client.PageAsync("/Account/Login")).QuerySelector("[data-left]")?.GetAttribute("data-left"));
        Assert.Null((await client.PageAsync("/Account/Login")).QuerySelector("[data-left]"));
    }

    private static async Task<string> FailAsync(HttpClient visitor, string name)
    {
        using var answer = await visitor.PostFormAsync("/Account/Login", ("Input.UserName", name), ("Input.Password", "not the password"));
        return await answer.SaidAsync();
    }

    private static async Task<string?> LanguageAsync(HttpClient client, string address) =>
        (await client.PageAsync(address)).DocumentElement.GetAttribute("lang");

    private static string? PathOf(HttpResponseMessage answer) =>
        answer.Headers.Location is not { } to ? null : to.IsAbsoluteUri && to.Host == "localhost" ? to.PathAndQuery : to.ToString();
}

/// <summary>Records the cost of each password comparison.</summary>
internal sealed class CountingHasher : IPasswordHasher<Person>
{
    private readonly PasswordHasher<Person> _hasher = new();

    public ConcurrentQueue<string> Costs { get; } = [];

    /// <summary>A hash begins with its format, function and number of rounds.</summary>
    public static string CostOf(string hash) => Convert.ToHexString(Convert.FromBase64String(hash).AsSpan(0, 9));

    public string HashPassword(Person user, string password) => _hasher.HashPassword(user, password);

    public PasswordVerificationResult VerifyHashedPassword(Person user, string hashedPassword, string providedPassword)
    {
        Costs.Enqueue(CostOf(hashedPassword));
        return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}

internal static class Saying
{
    extension(HttpResponseMessage answer)
    {
        /// <summary>The page's first alert: of the whole page, or of a field.</summary>
        public async Task<string> SaidAsync() => (await answer.PageAsync()).QuerySelector("[role=alert]")?.TextContent.Trim() ?? "";
    }
}

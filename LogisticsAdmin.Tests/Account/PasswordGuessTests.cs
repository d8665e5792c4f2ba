using System.Net;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace LogisticsAdmin.Tests.Account;

/// <summary>Guesses are counted wherever a password is asked for, also those that arrive at the same time.</summary>
public sealed class PasswordGuessTests
{
    private const string Chosen = "chosen-by-me-1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Resident)]
    [InlineData("nobody-at-all")]
    public async Task Of_thirty_guesses_at_once_four_are_answered_and_the_others_find_the_name_locked(string name)
    {
        await using var app = await TestApp.StartAsync();
        var said = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => GuessAsync(app.Visitor(), name)));

        Assert.Equal(4, said.Count(s => s.Contains("不正确", StringComparison.Ordinal)));
        Assert.Equal(26, said.Count(s => s.Contains("锁定", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Guesses_at_once_are_hashed_on_half_of_the_processors()
    {
        var hasher = new MeasuringHasher();
        await using var app = await TestApp.StartAsync(change: s => s.Replace(ServiceDescriptor.Singleton<IPasswordHasher<Person>>(hasher)));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => GuessAsync(app.Visitor(), $"nobody-{n}")));

        Assert.Equal(20, hasher.Count);
        Assert.InRange(hasher.Most, 1, Math.Max(1, Environment.ProcessorCount / 2));
    }

    [Fact]
    public async Task Wrong_current_passwords_lock_the_change_of_the_password_and_the_sign_in_of_that_browser()
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Resident);
        for (var i = 1; i <= 5; i++)
            Assert.Contains(i == 5 ? "之后再试" : "不正确", await ChangeAsync(client, "not the password"), StringComparison.Ordinal);

        Assert.Contains("之后再试", await ChangeAsync(client, DemoPeople.Password), StringComparison.Ordinal);
        var profile = await client.PageAsync("/Account/Profile");
        (await client.SendFormAsync(profile.Forms.First(f => f.GetAttribute("action") == "Account/Logout"), "/Account/Logout")).Dispose();
        Assert.Contains("锁定", await GuessAsync(client, TestUsers.Resident, DemoPeople.Password), StringComparison.Ordinal);
        (await app.SignInAsync(TestUsers.Resident)).Dispose();
    }

    [Fact]
    public async Task A_locked_account_lets_somebody_who_is_signed_in_change_the_password()
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Resident);
        for (var i = 0; i < 5; i++) await GuessAsync(app.Visitor(), TestUsers.Resident);

        Assert.Null(await ChangeAsync(client, DemoPeople.Password));
    }

    [Fact]
    public async Task Of_two_changes_at_once_one_is_done_and_the_other_is_asked_again()
    {
        await using var app = await TestApp.StartAsync();
        HttpClient[] clients = [await app.SignInAsync(TestUsers.Resident), await app.SignInAsync(TestUsers.Resident)];

        var said = await Task.WhenAll(clients.Select((client, n) => ChangeAsync(client, DemoPeople.Password, $"{Chosen}{n}")));

        var won = Array.IndexOf(said, null);
        Assert.NotNull(said[1 - won]);
        (await app.SignInAsync(TestUsers.Resident, $"{Chosen}{won}")).Dispose();
    }

    [Fact]
    public async Task A_one_time_code_signs_in_whatever_strangers_have_tried()
    {
        await using var app = await TestApp.StartAsync(settings: new Dictionary<string, string> { ["SignIn:AttemptsPerName"] = "6" });
        var code = OneTimeCode.New();
        await app.InDatabaseAsync(async db =>
        {
            var person = await db.Users.SingleAsync(p => p.UserName == TestUsers.Resident, Ct);
            person.SetOneTimeCode(OneTimeCode.Hash(code), TimeProvider.System.GetUtcNow().AddDays(1));
            return await db.SaveChangesAsync(Ct);
        });
        for (var i = 0; i < 8; i++) await GuessAsync(app.Visitor(), TestUsers.Resident);

        (await app.SignInAsync(TestUsers.Resident, code)).Dispose();
    }

    [Fact]
    public async Task A_hash_of_earlier_strength_is_replaced_when_its_owner_signs_in()
    {
        var weak = new PasswordHasher<Person>(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 1_000 }));
        await using var app = await TestApp.StartAsync();
        await app.InDatabaseAsync(async db =>
        {
            (await db.Users.SingleAsync(p => p.UserName == TestUsers.Resident, Ct)).PasswordHash = weak.HashPassword(null!, DemoPeople.Password);
            return await db.SaveChangesAsync(Ct);
        });
        (await app.SignInAsync(TestUsers.Resident)).Dispose();

        var stored = await app.InDatabaseAsync(db => db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.PasswordHash).SingleAsync(Ct));
        Assert.Equal(PasswordVerificationResult.Success, new PasswordHasher<Person>().VerifyHashedPassword(null!, stored!, DemoPeople.Password));
        (await app.SignInAsync(TestUsers.Resident)).Dispose();
    }

    private static async Task<string> GuessAsync(HttpClient visitor, string name, string password = "not the password")
    {
        using var answer = await visitor.PostFormAsync("/Account/Login", ("Input.UserName", name), ("Input.Password", password));
        return await answer.SaidAsync();
    }

    /// <summary>Null when the password was changed, else what the page says.</summary>
    private static async Task<string?> ChangeAsync(HttpClient client, string old, string chosen = Chosen)
    {
        using var answer = await client.PostFormAsync("/Account/ChangePassword", ("Input.Old", old), ("Input.New", chosen), ("Input.Repeat", chosen));
        // Who was faster has ended the session of the other.
        if (answer.Headers.Location?.ToString().Contains("/Account/Login", StringComparison.Ordinal) == true) return "signed out";
        return answer.StatusCode == HttpStatusCode.Redirect ? null : await answer.SaidAsync();
    }

    /// <summary>Notes how many passwords are compared at the same time.</summary>
    private sealed class MeasuringHasher : IPasswordHasher<Person>
    {
        private readonly PasswordHasher<Person> _hasher = new();
        private readonly Lock _lock = new();
        private int _now;

        public int Count { get; private set; }
        public int Most { get; private set; }

        public string HashPassword(Person user, string password) => _hasher.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(Person user, string hashedPassword, string providedPassword)
        {
            lock (_lock) (Count, Most, _now) = (Count + 1, Math.Max(Most, _now + 1), _now + 1);
            var result = _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
            lock (_lock) _now--;
            return result;
        }
    }
}

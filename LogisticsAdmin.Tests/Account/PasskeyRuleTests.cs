using System.Buffers.Text;
using System.Net;
using LogisticsAdmin.Account;
using LogisticsAdmin.Data;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Account;

/// <summary>What passkeys refuse, whoever sends the request; the browser tests use a real passkey.</summary>
public sealed class PasskeyRuleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""
        {"id":"AAAA","rawId":"AAAA","type":"public-key","clientExtensionResults":{},
        "response":{"clientDataJSON":"AAAA","authenticatorData":"AAAA","signature":"AAAA"}}
        """)]
    public async Task Whatever_answers_no_question_signs_nobody_in(string credential)
    {
        await using var app = await TestApp.StartAsync();
        foreach (var asked in new[] { false, true })
        {
            var client = app.Visitor();
            if (asked) Assert.Contains("challenge", await AskAsync(client, "/Account/Login", "/Account/Passkey/Ask"), StringComparison.Ordinal);
            using var answer = await client.PostFormAsync("/Account/Login", ("Passkey.Credential", credential));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.NotEmpty((await answer.PageAsync()).QuerySelector("form[data-passkey] .problem")!.TextContent);
            Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/Account/Profile", Ct)).StatusCode);
        }
    }

    [Theory]
    [InlineData("", "{}")]
    [InlineData("a phone", "")]
    [InlineData("a phone", "{}")]
    public async Task A_passkey_without_name_or_proof_is_refused_at_its_field(string name, string credential)
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Resident);
        Assert.Contains("challenge", await AskAsync(client, "/Account/Profile", "/Account/Passkey/New"), StringComparison.Ordinal);
        using var answer = await client.PostFormAsync("/Account/Profile", ("Passkey.Name", name), ("Passkey.Credential", credential));
        Assert.NotEmpty((await answer.PageAsync()).GetElementById("passkey-name-problem")!.TextContent);
        Assert.Equal(0, await app.InDatabaseAsync(db => db.UserPasskeys.CountAsync(Ct)));
    }

    [Fact]
    public async Task Without_the_page_s_token_no_question_is_asked()
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Resident);
        foreach (var address in new[] { "/Account/Passkey/Ask", "/Account/Passkey/New" })
        {
            using var answer = await client.PostAsync(address, new FormUrlEncodedContent([]), Ct);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Passwords_that_use_up_the_attempts_of_an_address_leave_passkeys_their_own()
    {
        await using var app = await TestApp.StartAsync(settings: new Dictionary<string, string> { ["SignIn:AttemptsPerAddress"] = "2" });
        for (var i = 0; i < 3; i++)
            (await app.Visitor().PostFormAsync("/Account/Login", ("Input.UserName", $"nobody-{i}"), ("Input.Password", "not the password"))).Dispose();

        for (var i = 0; i < 2; i++) await AskAsync(app.Visitor(), "/Account/Login", "/Account/Passkey/Ask");
        await AskAsync(app.Visitor(), "/Account/Login", "/Account/Passkey/Ask", HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Nobody_removes_somebody_else_s_passkey_or_gets_an_eleventh()
    {
        await using var app = await TestApp.StartAsync();
        var keys = await app.InDatabaseAsync(async db =>
        {
            var (mine, other) = (await IdAsync(db, TestUsers.Resident), await IdAsync(db, TestUsers.Manager));
            var all = Enumerable.Range(1, PasskeyService.MaxPasskeys).Select(n => Key(mine, (byte)n)).Append(Key(other, 99)).ToList();
            db.UserPasskeys.AddRange(all);
            await db.SaveChangesAsync(Ct);
            return all.ConvertAll(k => Base64Url.EncodeToString(k.CredentialId));
        });
        var client = await app.SignInAsync(TestUsers.Resident);
        var shown = (await client.PageAsync("/Account/Profile")).QuerySelectorAll("[data-passkey-id]");
        Assert.Equal(keys[..^1], shown.Select(k => k.GetAttribute("data-passkey-id")));

        (await client.PostFormAsync("/Account/Profile", ("Removed", keys[^1]))).Dispose();
        Assert.Equal(PasskeyService.MaxPasskeys + 1, await app.InDatabaseAsync(db => db.UserPasskeys.CountAsync(Ct)));
        Assert.Contains("10", await AskAsync(client, "/Account/Profile", "/Account/Passkey/New", HttpStatusCode.Conflict), StringComparison.Ordinal);

        (await client.PostFormAsync("/Account/Profile", ("Removed", keys[0]))).Dispose();
        Assert.Equal(PasskeyService.MaxPasskeys, await app.InDatabaseAsync(db => db.UserPasskeys.CountAsync(Ct)));
        var entry = await app.InDatabaseAsync(db => db.Audit.SingleAsync(a => a.Field == "Passkey", Ct));
        Assert.Equal(("key 1", null), (entry.Old, entry.New));
    }

    private static async Task<string> AskAsync(HttpClient client, string page, string address, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var token = (await client.PageAsync(page)).QuerySelector("form[data-passkey] [name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var answer = await client.PostAsync(address, new FormUrlEncodedContent([new("__RequestVerificationToken", token)]), Ct);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Ct);
    }

    private static Task<long> IdAsync(LogisticsDb db, string name) => db.Users.Where(p => p.UserName == name).Select(p => p.Id).SingleAsync(Ct);

    private static IdentityUserPasskey<long> Key(long person, byte n) => new()
    {
        UserId = person,
        CredentialId = [n, 1, 2, 3],
        Data = new IdentityPasskeyData
        {
            PublicKey = [n],
            Name = $"key {n}",
            CreatedAt = TestHost.Start.AddMinutes(n),
            AttestationObject = [1],
            ClientDataJson = [1],
        },
    };
}

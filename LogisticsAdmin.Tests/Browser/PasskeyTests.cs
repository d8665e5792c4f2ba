using System.Text.Json;
using System.Text.RegularExpressions;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Passkeys with Chromium's virtual authenticator, which behaves like a phone's screen lock.</summary>
public sealed class PasskeyTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN", false, TestUsers.Technician, "/jobs")]
    [InlineData("en", true, TestUsers.EnglishDispatcher, "/repairs")]
    public async Task A_passkey_is_added_signs_in_without_a_password_and_once_removed_no_more(string language, bool dark, string person, string home)
    {
        var visitor = await ArriveAsync(new Viewport(language, dark, Viewport.Phone));
        await visitor.SignInAsync(person);
        await HoldAuthenticatorAsync(visitor);
        await AddAsync(visitor, "我的手机");
        await Expect(visitor.Page.Locator("[data-passkey-id]")).ToContainTextAsync("我的手机");
        await visitor.DemandAccessibleAsync("profile with a passkey");
        await visitor.PictureAsync("profile-passkey", fullPage: true);

        await SignOutAsync(visitor);
        await visitor.DemandAccessibleAsync("sign-in with a passkey");
        await visitor.PictureAsync("login-passkey");
        await UsePasskeyAsync(visitor);
        await Expect(visitor.Page).ToHaveURLAsync(new Regex($"{home}$"));
        var (method, uses) = await Fixture.App.InDatabaseAsync(async db => (
            await db.Set<SignInRecord>().OrderByDescending(r => r.Id).Select(r => r.Method).FirstAsync(Ct),
            (await db.UserPasskeys.SingleAsync(k => db.Users.Any(p => p.Id == k.UserId && p.UserName == person), Ct)).Data.SignCount));
        Assert.Equal((SignInMethod.Passkey, true), (method, uses > 0));

        await visitor.GoAsync("/Account/Profile");
        await visitor.Page.Locator("[data-passkey-id] summary").ClickAsync();
        await visitor.PressAsync("[data-passkey-id] button");
        await Expect(visitor.Page.Locator("[data-passkey-id]")).ToHaveCountAsync(0);

        await SignOutAsync(visitor);
        await UsePasskeyAsync(visitor);
        await Expect(visitor.Page.Locator("form[data-passkey] .problem")).Not.ToBeEmptyAsync();
        Assert.EndsWith("/Account/Login", new Uri(visitor.Page.Url).AbsolutePath, StringComparison.Ordinal);
        Assert.Empty(visitor.Problems);
    }

    [Fact]
    public async Task A_one_time_code_takes_the_passkeys_and_a_disabled_person_s_opens_nothing()
    {
        var (admin, manager) = (await Fixture.Work.AsAsync(TestUsers.Administrator), await Fixture.Work.AsAsync(TestUsers.Manager));
        var form = new PersonForm { UserName = "passkey-holder", FullName = "贺知秋", Roles = [Role.Resident] };
        var issued = await admin.Get<PeopleService>().CreateAsync(form, Ct);
        await Fixture.App.InDatabaseAsync(async db =>
        {
            var (person, known) = (await db.Users.SingleAsync(p => p.Id == issued.PersonId, Ct), await db.Users.SingleAsync(p => p.Id == manager.PersonId, Ct));
            person.SetPassword(known.PasswordHash!);
            return await db.SaveChangesAsync(Ct);
        });
        var visitor = await ArriveAsync();
        await visitor.SignInAsync(form.UserName);
        await HoldAuthenticatorAsync(visitor);
        await AddAsync(visitor, "Laptop");
        await SignOutAsync(visitor);

        await admin.Get<PeopleService>().DisableAsync(issued.PersonId, new DisableForm { Reason = "休学" }, Ct);
        await UsePasskeyAsync(visitor);
        await Expect(visitor.Page.Locator("form[data-passkey] .problem")).Not.ToBeEmptyAsync();
        await admin.Get<PeopleService>().EnableAsync(issued.PersonId, Ct);
        Assert.Equal(1, await Fixture.App.InDatabaseAsync(db => db.UserPasskeys.CountAsync(k => k.UserId == issued.PersonId, Ct)));

        await admin.Get<PeopleService>().ResetPasswordAsync(issued.PersonId, Ct);
        await visitor.GoAsync("/Account/Login");
        await UsePasskeyAsync(visitor);
        await Expect(visitor.Page.Locator("form[data-passkey] .problem")).Not.ToBeEmptyAsync();
        Assert.Equal(0, await Fixture.App.InDatabaseAsync(db => db.UserPasskeys.CountAsync(k => k.UserId == issued.PersonId, Ct)));
        Assert.Equal(["Laptop"], await Fixture.App.InDatabaseAsync(db =>
            db.Audit.Where(a => a.Field == "Passkey" && a.EntityId == issued.PersonId).Select(a => a.New).ToListAsync(Ct)));
    }

    [Fact]
    public async Task Wrong_passwords_lock_the_password_and_not_the_passkey()
    {
        var manager = await Fixture.Work.AsAsync(TestUsers.Manager);
        var form = new PersonForm { UserName = "locked-holder", FullName = "顾清和", Roles = [Role.Resident] };
        var issued = await (await Fixture.Work.AsAsync(TestUsers.Administrator)).Get<PeopleService>().CreateAsync(form, Ct);
        await ChangeAsync(async (db, person) => person.SetPassword((await db.Users.SingleAsync(p => p.Id == manager.PersonId, Ct)).PasswordHash!));
        var visitor = await ArriveAsync();
        await visitor.SignInAsync(form.UserName);
        await HoldAuthenticatorAsync(visitor);
        await AddAsync(visitor, "备用钥匙");
        await SignOutAsync(visitor);
        await ChangeAsync((_, person) =>
        {
            person.LockoutEnd = TimeProvider.System.GetUtcNow().AddDays(1);
            return Task.CompletedTask;
        });

        await UsePasskeyAsync(visitor);
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("/my$"));

        Task<int> ChangeAsync(Func<LogisticsDb, Person, Task> change) => Fixture.App.InDatabaseAsync(async db =>
        {
            await change(db, await db.Users.SingleAsync(p => p.Id == issued.PersonId, Ct));
            return await db.SaveChangesAsync(Ct);
        });
    }

    [Fact]
    public async Task A_passkey_whose_toJSON_throws_as_those_of_password_managers_is_added_and_signs_in()
    {
        var visitor = await ArriveAsync();
        await visitor.Page.AddInitScriptAsync("PublicKeyCredential.prototype.toJSON = () => { throw new TypeError('Illegal invocation'); };");
        await visitor.SignInAsync(TestUsers.Manager);
        await HoldAuthenticatorAsync(visitor);
        await AddAsync(visitor, "密码管理器");
        await SignOutAsync(visitor);
        await UsePasskeyAsync(visitor);
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("/dashboard$"));
        Assert.Empty(visitor.Problems);
        await Fixture.App.InDatabaseAsync(async db =>
        {
            db.UserPasskeys.RemoveRange(await db.UserPasskeys.Where(k => k.Data.Name == "密码管理器").ToListAsync(Ct));
            return await db.SaveChangesAsync(Ct);
        });
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task An_authenticator_that_stores_no_passkey_or_cannot_verify_the_person_is_refused_in_words(bool stores, bool verifies)
    {
        var visitor = await ArriveAsync();
        await visitor.SignInAsync(TestUsers.Administrator);
        await HoldAuthenticatorAsync(visitor, stores, verifies);
        await visitor.GoAsync("/Account/Profile");
        await visitor.Page.FillAsync("#passkey-name", "旧钥匙");
        await visitor.PressAsync("form[data-passkey] button");
        await Expect(visitor.Page.Locator("form[data-passkey] .problem")).ToContainTextAsync("验证是您本人");
        Assert.Equal(0, await Fixture.App.InDatabaseAsync(db => db.UserPasskeys.CountAsync(k => k.Data.Name == "旧钥匙", Ct)));
    }

    private static async Task AddAsync(Visitor visitor, string name)
    {
        await visitor.GoAsync("/Account/Profile");
        await visitor.Page.FillAsync("#passkey-name", name);
        await visitor.PressAsync("form[data-passkey] button");
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("saved=passkey"));
    }

    private static async Task SignOutAsync(Visitor visitor)
    {
        await visitor.GoAsync("/Account/Profile");
        await visitor.PressAsync("form[action='Account/Logout'] button");
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("/Account/Login"));
    }

    private static Task UsePasskeyAsync(Visitor visitor) => visitor.PressAsync("form[data-passkey] button");

    private static async Task HoldAuthenticatorAsync(Visitor visitor, bool stores = true, bool verifies = true)
    {
        var devtools = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = JsonSerializer.SerializeToElement(new
            {
                protocol = "ctap2",
                transport = "internal",
                hasResidentKey = stores,
                hasUserVerification = verifies,
                isUserVerified = verifies,
                automaticPresenceSimulation = true,
            }),
        });
    }
}

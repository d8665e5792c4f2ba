using System.Net;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Account;

/// <summary>One's own e-mail: changed with the password only, and a sign-in name only once it is confirmed.</summary>
public sealed class EmailTests
{
    private const string Fresh = "somebody.new@example.edu.cn";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "请输入原密码")]
    [InlineData("not the password", "不正确")]
    public async Task Another_e_mail_asks_for_the_password_at_its_field_and_keeps_what_was_typed(string password, string said)
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Resident);
        var before = await StoredAsync(app, TestUsers.Resident);

        using var answer = await client.PostFormAsync("/Account/Profile", ("Input.Email", Fresh), ("Input.Phone", "13900001111"), ("Input.Password", password));
        var page = await answer.PageAsync();

        Assert.Contains(said, page.QuerySelector("#password-problem")?.TextContent, StringComparison.Ordinal);
        Assert.Equal((Fresh, "13900001111"), (page.QuerySelector("#email")?.GetAttribute("value"), page.QuerySelector("#phone")?.GetAttribute("value")));
        Assert.Null(page.QuerySelector("#password")?.GetAttribute("value"));
        Assert.Equal(before, await StoredAsync(app, TestUsers.Resident));
    }

    [Theory]
    [InlineData(TestUsers.Resident)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Administrator)]
    public async Task An_e_mail_that_people_enter_themselves_signs_in_nobody_until_it_is_confirmed(string person)
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(person);
        await ChangeAsync(client, Fresh);

        Assert.Equal((Fresh, false), await StoredAsync(app, person));
        Assert.Contains("尚未经管理员确认", await HintAsync(client), StringComparison.Ordinal);
        Assert.False(await SignsInAsync(app, Fresh));

        await using var work = new AppWithUsers(app);
        var admin = (await work.AsAsync(TestUsers.Administrator)).Get<PeopleService>();
        await admin.ConfirmEmailAsync(await IdAsync(app, person), Fresh, Ct);
        Assert.True(await SignsInAsync(app, Fresh.ToUpperInvariant()));
        Assert.Null(await HintAsync(client));
    }

    [Fact]
    public async Task The_other_fields_and_capitals_of_the_same_e_mail_need_no_password()
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Resident);
        var (email, _) = await StoredAsync(app, TestUsers.Resident);

        using var saved = await client.PostFormAsync("/Account/Profile", ("Input.Email", email!.ToUpperInvariant()), ("Input.Phone", "13900001111"));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal((email.ToUpperInvariant(), true), await StoredAsync(app, TestUsers.Resident));
        Assert.True(await SignsInAsync(app, email));
    }

    [Fact]
    public async Task Removing_the_e_mail_needs_the_password_too_and_frees_the_name()
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Resident);
        var (email, _) = await StoredAsync(app, TestUsers.Resident);
        using (var refused = await client.PostFormAsync("/Account/Profile", ("Input.Email", ""))) Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.True(await SignsInAsync(app, email!));

        await ChangeAsync(client, "");
        Assert.Equal((null, false), await StoredAsync(app, TestUsers.Resident));
        Assert.False(await SignsInAsync(app, email!));
    }

    [Fact]
    public async Task Somebody_without_a_password_chooses_one_first()
    {
        await using var app = await TestApp.StartAsync();
        var code = OneTimeCode.New();
        await app.InDatabaseAsync(async db =>
        {
            var person = await db.Users.SingleAsync(p => p.UserName == TestUsers.Resident, Ct);
            person.SetOneTimeCode(OneTimeCode.Hash(code), TimeProvider.System.GetUtcNow().AddDays(1));
            return await db.SaveChangesAsync(Ct);
        });
        var client = await app.SignInAsync(TestUsers.Resident, code);
        using var answer = await client.PostFormAsync("/Account/Profile", ("Input.Email", Fresh));

        Assert.Contains("先设置密码", (await answer.PageAsync()).QuerySelector("#email-problem")?.TextContent, StringComparison.Ordinal);
        Assert.Null((await answer.PageAsync()).QuerySelector("#password"));
    }

    [Fact]
    public async Task Wrong_passwords_at_the_e_mail_and_at_the_password_are_counted_together()
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Resident);
        for (var i = 0; i < 3; i++) (await PostAsync(client, Fresh, "not the password")).Dispose();
        for (var i = 0; i < 2; i++)
        {
            (await client.PostFormAsync(
                "/Account/ChangePassword", ("Input.Old", "wrong again"), ("Input.New", "chosen-by-me-1"), ("Input.Repeat", "chosen-by-me-1"))).Dispose();
        }

        using var answer = await PostAsync(client, Fresh, DemoPeople.Password);
        Assert.Contains("之后再试", (await answer.PageAsync()).QuerySelector("#password-problem")?.TextContent, StringComparison.Ordinal);
        Assert.True((await StoredAsync(app, TestUsers.Resident)).Confirmed);
    }

    [Fact]
    public async Task Of_two_changes_from_the_same_form_the_second_is_refused()
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Resident);
        var form = (await client.PageAsync("/Account/Profile")).Forms.First(f => f.QuerySelector("[name='Input.Email']") is not null);

        var answers = await Task.WhenAll(Enumerable.Range(1, 2).Select(n =>
            client.SendFormAsync(form, "/Account/Profile", ("Input.Email", $"{n}.{Fresh}"), ("Input.Password", DemoPeople.Password))));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Redirect], answers.Select(a => a.StatusCode).Order());
        var won = Array.FindIndex(answers, a => a.StatusCode == HttpStatusCode.Redirect) + 1;
        Assert.Equal(($"{won}.{Fresh}", false), await StoredAsync(app, TestUsers.Resident));
        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task An_unconfirmed_e_mail_does_not_keep_it_from_the_one_who_owns_it()
    {
        await using var app = await TestApp.StartAsync();
        await ChangeAsync(await app.SignInAsync(TestUsers.Resident), Fresh);
        await using var work = new AppWithUsers(app);
        var people = (await work.AsAsync(TestUsers.Administrator)).Get<PeopleService>();
        var (taker, owner) = (await IdAsync(app, TestUsers.Resident), await IdAsync(app, TestUsers.Technician));

        await people.SaveAsync(owner, Form((await people.DetailAsync(owner, Ct)).Row, Fresh), Ct);
        Assert.True(await SignsInAsync(app, Fresh));
        var refusal = await Assert.ThrowsAsync<Rejected>(() => people.ConfirmEmailAsync(taker, Fresh, Ct));
        Assert.Equal("TakenBy", refusal.Code);

        // What the administrator does not touch stays unconfirmed, and is in nobody's way.
        var row = (await people.DetailAsync(taker, Ct)).Row;
        await people.SaveAsync(taker, Form(row, row.Email), Ct);
        Assert.True((await people.DetailAsync(taker, Ct)).Row.IsEmailUnconfirmed);
        using var mine = await PostAsync(await app.SignInAsync(TestUsers.Dispatcher), Fresh, DemoPeople.Password);
        Assert.Contains("已被其他人", (await mine.PageAsync()).QuerySelector("#email-problem")?.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestUsers.Resident)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Manager)]
    public async Task Only_an_administrator_confirms_an_e_mail(string person)
    {
        await using var host = await TestHost.OpenAsync();
        var id = await EnterAsync(host, Fresh);
        var desk = await host.AsAsync(person);
        await Assert.ThrowsAsync<Forbidden>(() => desk.Get<PeopleService>().ConfirmEmailAsync(id, Fresh, Ct));
    }

    [Fact]
    public async Task Confirming_is_audited_and_refused_for_an_e_mail_that_was_changed_since_it_was_shown()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await EnterAsync(host, Fresh);
        var admin = await host.AsAsync(TestUsers.Administrator);

        await Assert.ThrowsAsync<Stale>(() => admin.Get<PeopleService>().ConfirmEmailAsync(id, "shown.before@example.edu.cn", Ct));
        await admin.Get<PeopleService>().ConfirmEmailAsync(id, Fresh, Ct);

        var entry = await host.InDatabaseAsync(db => db.Audit.SingleAsync(a => a.EntityId == id && a.Field == "EmailConfirmed" && a.New == "True", Ct));
        Assert.Equal(("False", admin.PersonId), (entry.Old, entry.ActorId));
    }

    private static Task<long> EnterAsync(TestHost host, string email) => host.InDatabaseAsync(async db =>
    {
        var person = await db.Users.Include(p => p.SignInNames).SingleAsync(p => p.UserName == TestUsers.Resident, Ct);
        person.SetOwnContact(person.PhoneNumber, email);
        await db.SaveChangesAsync(Ct);
        return person.Id;
    });

    private static PersonForm Form(PersonRow row, string? email) => new()
    {
        Version = row.Version,
        UserName = row.UserName,
        FullName = row.FullName,
        Number = row.Number,
        Phone = "13900002222",
        Email = email,
        RoomId = row.RoomId,
        CrewId = row.CrewId,
        Roles = row.Roles,
    };

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string email, string password) =>
        client.PostFormAsync("/Account/Profile", ("Input.Email", email), ("Input.Password", password));

    private static async Task ChangeAsync(HttpClient client, string email)
    {
        using var saved = await PostAsync(client, email, DemoPeople.Password);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
    }

    /// <summary>What the profile says of the e-mail.</summary>
    private static async Task<string?> HintAsync(HttpClient client) =>
        (await client.PageAsync("/Account/Profile")).GetElementById("email")!.ParentElement!.QuerySelector(".hint")?.TextContent;

    private static async Task<bool> SignsInAsync(TestApp app, string name)
    {
        using var answer = await app.Visitor().PostFormAsync("/Account/Login", ("Input.UserName", name), ("Input.Password", DemoPeople.Password));
        return answer.StatusCode == HttpStatusCode.Redirect;
    }

    private static Task<(string? Email, bool Confirmed)> StoredAsync(TestApp app, string name) => app.InDatabaseAsync(async db =>
    {
        var person = await db.Users.AsNoTracking().SingleAsync(p => p.UserName == name, Ct);
        return (person.Email, person.EmailConfirmed);
    });

    private static Task<long> IdAsync(TestApp app, string name) =>
        app.InDatabaseAsync(db => db.Users.Where(p => p.UserName == name).Select(p => p.Id).SingleAsync(Ct));
}

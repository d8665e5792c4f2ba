using System.Net;
using LogisticsAdmin.Features.Outbox;
using LogisticsAdmin.Features.Outbox.Mail;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Outbox;

/// <summary>Unsubscribing by the link of a mail, without signing in, and choosing on the own page.</summary>
public sealed class UnsubscribeTests
{
    private const int Kind = (int)RepairNotification.Replied;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_program_unsubscribes_by_one_post_without_a_cookie()
    {
        await using var app = await TestApp.StartAsync();
        var (person, token) = await PersonAsync(app, Kind, MailMode.AtOnce);
        using var client = app.Visitor();

        using var answer = await client.PostAsync(
            $"/mail/unsubscribe/{token}", new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), Ct);
        using var again = await client.PostAsync($"/mail/unsubscribe/{token}", new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), Ct);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answer.StatusCode, again.StatusCode));
        Assert.Equal([(Kind, MailMode.Off)], await ModesAsync(app, person));
    }

    [Fact]
    public async Task The_page_has_one_button_and_opening_it_changes_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var (person, token) = await PersonAsync(app, Kind, MailMode.AtOnce);
        using var client = app.Visitor();
        var page = await client.PageAsync($"/mail/unsubscribe/{token}");
        Assert.Equal([(Kind, MailMode.AtOnce)], await ModesAsync(app, person));
        Assert.Contains("有新留言", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var form = page.Forms.Single(f => f.GetAttribute("action")!.StartsWith("mail/", StringComparison.Ordinal));

        using var answer = await client.PostAsync("/" + form.GetAttribute("action"), new FormUrlEncodedContent([]), Ct);

        Assert.Equal((HttpStatusCode.Redirect, $"/mail/unsubscribe/{token}"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        Assert.Equal([(Kind, MailMode.Off)], await ModesAsync(app, person));
        Assert.NotNull((await client.PageAsync($"/mail/unsubscribe/{token}")).QuerySelector("[data-done]"));
    }

    [Fact]
    public async Task The_digest_ends_for_all_kinds_and_what_comes_at_once_stays()
    {
        await using var app = await TestApp.StartAsync();
        var (person, token) = await PersonAsync(app, UnsubscribeTokens.Digest, MailMode.Daily);
        await app.InDatabaseAsync(db =>
        {
            db.Add(new MailPreference(person, (int)RepairNotification.StateChanged, MailMode.AtOnce));
            return db.SaveChangesAsync(Ct);
        });

        using var answer = await app.Visitor().PostAsync($"/mail/unsubscribe/{token}", null, Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([(4, MailMode.AtOnce), (Kind, MailMode.Off)], await ModesAsync(app, person));
    }

    [Fact]
    public async Task Hostile_tokens_do_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var (person, token) = await PersonAsync(app, Kind, MailMode.AtOnce);
        var other = app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Outbox.Other");
        string[] hostile =
        [
            "x", "1", token[..^1], token[1..], token + "A", token[..20] + (token[20] == 'A' ? 'B' : 'A') + token[21..], new string('A', 1_000), "..%2f..",
            System.Buffers.Text.Base64Url.EncodeToString(other.Protect(new byte[12])), System.Buffers.Text.Base64Url.EncodeToString(new byte[12]),
        ];
        using var client = app.Visitor();
        foreach (var wrong in hostile)
        {
            using var answer = await client.PostAsync($"/mail/unsubscribe/{wrong}", null, Ct);
            Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{wrong}: {answer.StatusCode}");
            using var page = await client.GetAsync($"/mail/unsubscribe/{wrong}", Ct);
            Assert.True((int)page.StatusCode < 500, $"{wrong}: {page.StatusCode}");
        }

        Assert.Equal([(Kind, MailMode.AtOnce)], await ModesAsync(app, person));
    }

    [Fact]
    public async Task The_link_still_works_after_a_restart_and_a_year()
    {
        var directory = await TestHost.NewStorageAsync();
        string token;
        long person;
        await using (var app = await TestApp.StartAsync(storage: directory)) (person, token) = await PersonAsync(app, Kind, MailMode.AtOnce);
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        await using (var app = await TestApp.StartAsync(storage: directory, clock: clock))
        {
            using var answer = await app.Visitor().PostAsync($"/mail/unsubscribe/{token}", null, Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal([(Kind, MailMode.Off)], await ModesAsync(app, person));
        }
        TestHost.DropStorage(directory);
    }

    [Theory]
    [InlineData(TestUsers.Resident, 3)]
    [InlineData(TestUsers.Technician, 11)]
    [InlineData(TestUsers.Manager, 12)]
    public async Task Everybody_chooses_on_the_own_page_among_the_kinds_that_they_may_get(string userName, int least)
    {
        await using var app = await TestApp.StartAsync();
        using var client = await app.SignInAsync(userName);
        Assert.Contains("my/mail", (await client.PageAsync("/Account/Profile")).QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
        var page = await client.PageAsync("/my/mail");
        var all = app.Services.GetServices<INotificationKind>().Count();
        Assert.InRange(page.QuerySelectorAll("select[name^='Input.Modes']").Length, least, all - 1);

        using var answer = await client.PostFormAsync("/my/mail", ($"Input.Modes[{Kind}]", nameof(MailMode.Daily)));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var person = await app.InDatabaseAsync(db => db.Users.Where(p => p.UserName == userName).Select(p => p.Id).SingleAsync(Ct));
        Assert.Equal([(Kind, MailMode.Daily)], await ModesAsync(app, person));
        page = await client.PageAsync("/my/mail?saved=1");
        Assert.Equal("Daily", page.QuerySelector($"select[name='Input.Modes[{Kind}]'] option[selected]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Kinds_that_somebody_can_t_get_and_unknown_values_are_ignored()
    {
        await using var host = await TestHost.OpenAsync();
        var resident = await host.AsAsync(TestUsers.Resident);

        await resident.Get<MailPreferencesService>().SaveAsync(new MailPreferencesForm
        {
            Modes = new() { [(int)RepairNotification.EmergencyReported] = MailMode.AtOnce, [999] = MailMode.AtOnce, [Kind] = (MailMode)77 },
        }, Ct);

        Assert.Equal(0, await host.InDatabaseAsync(db => db.MailPreferences.CountAsync(Ct)));
    }

    private static async Task<(long PersonId, string Token)> PersonAsync(TestApp app, int kind, MailMode mode)
    {
        var person = await app.InDatabaseAsync(async db =>
        {
            var id = await db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Id).SingleAsync(Ct);
            db.Add(new MailPreference(id, Kind, mode));
            await db.SaveChangesAsync(Ct);
            return id;
        });
        return (person, app.Services.GetRequiredService<UnsubscribeTokens>().Of(person, kind));
    }

    private static async Task<List<(int Kind, MailMode Mode)>> ModesAsync(TestApp app, long person) => (await app.InDatabaseAsync(db => db.MailPreferences
        .Where(p => p.PersonId == person).OrderBy(p => p.Kind).Select(p => new { p.Kind, p.Mode }).ToListAsync(Ct))).ConvertAll(p => (p.Kind, p.Mode));
}

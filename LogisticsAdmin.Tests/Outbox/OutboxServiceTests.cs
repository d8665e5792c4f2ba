using System.Net;
using LogisticsAdmin.Features.Outbox;
using LogisticsAdmin.Features.Outbox.Mail;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Spreadsheets;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using SmtpServer.Protocol;
using Xunit;

namespace LogisticsAdmin.Tests.Outbox;

/// <summary>The page of administrators: state, counts, dead letters and what they decide about them.</summary>
public sealed class OutboxServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Administrator, true)]
    [InlineData(TestUsers.Manager, false)]
    [InlineData(TestUsers.Dispatcher, false)]
    [InlineData(TestUsers.Technician, false)]
    [InlineData(TestUsers.Resident, false)]
    public async Task Only_administrators_see_the_outbox_and_decide(string userName, bool may)
    {
        await using var host = await TestHost.OpenAsync();
        var outbox = (await host.AsAsync(userName)).Get<OutboxService>();
        Func<Task>[] calls =
        [
            () => outbox.ReadAsync(Ct), () => outbox.ListAsync(new OutboxFilter(), Ct), () => outbox.TestAsync(Ct),
            () => outbox.SendAgainAsync(1, Ct), () => outbox.DiscardAsync(1, Ct), async () => await outbox.AllAsync(new OutboxFilter(), Ct).ToListAsync(Ct),
        ];

        foreach (var call in calls)
        {
            var refused = await Record.ExceptionAsync(call);
            if (may) Assert.IsNotType<Forbidden>(refused);
            else Assert.IsType<Forbidden>(refused);
        }
    }

    [Theory]
    [InlineData(TestUsers.Administrator, HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData(TestUsers.Manager, HttpStatusCode.Redirect, HttpStatusCode.Forbidden)]
    [InlineData(TestUsers.Dispatcher, HttpStatusCode.Redirect, HttpStatusCode.Forbidden)]
    [InlineData(TestUsers.Technician, HttpStatusCode.Redirect, HttpStatusCode.Forbidden)]
    [InlineData(TestUsers.Resident, HttpStatusCode.Redirect, HttpStatusCode.Forbidden)]
    public async Task The_pages_and_exports_are_for_administrators(string userName, HttpStatusCode page, HttpStatusCode export)
    {
        await using var app = await TestApp.StartAsync();
        using var client = await app.SignInAsync(userName);

        foreach (var address in new[] { "/settings/mail", "/settings/robots" })
        {
            using var answer = await client.GetAsync(address, Ct);
            Assert.Equal(page, answer.StatusCode);
        }
        foreach (var address in new[] { "/exports/settings-mail.xlsx", "/exports/settings-robots.csv" })
        {
            using var answer = await client.GetAsync(address, Ct);
            Assert.Equal(export, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_view_counts_and_says_how_mail_is_set_up()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var number = await host.WaitingMailAsync();
        await host.Runner.RunAsync(Ct);
        server.Recipient = _ => new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "no");
        var person = (await host.AsAsync(TestUsers.Resident)).PersonId;
        await host.TellAsync(person, number);
        await host.Runner.RunAsync(Ct);
        await host.TellAsync(person, number, count: 2);
        var outbox = (await host.AsAsync(TestUsers.Administrator)).Get<OutboxService>();

        var view = await outbox.ReadAsync(Ct);

        Assert.Equal(new OutboxCounts(2, 0, 1, 1), view.Counts);
        Assert.Equal((true, "127.0.0.1", server.Port, true), (view.IsOn, view.Host, view.Port, view.HasAddress));
        host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, (await outbox.ReadAsync(Ct)).Counts.SentToday);
    }

    [Fact]
    public async Task Dead_letters_are_found_sorted_and_exported()
    {
        await using var host = await OpenWithDeadAsync(30);
        var admin = await host.AsAsync(TestUsers.Administrator);
        var outbox = admin.Get<OutboxService>();

        var all = await outbox.ListAsync(new OutboxFilter(), Ct);
        Assert.Equal((OutboxFilter.PageSize, 30), (all.Items.Count, all.Total));
        Assert.Equal(5, (await outbox.ListAsync(OutboxFilter.Parse(null, null, null, page: 2), Ct)).Items.Count);
        Assert.Equal(30, (await outbox.ListAsync(OutboxFilter.Parse("no such user", null, null), Ct)).Total);
        Assert.Equal(30, (await outbox.ListAsync(OutboxFilter.Parse("王小雨", null, null), Ct)).Total);
        Assert.Equal(1, (await outbox.ListAsync(OutboxFilter.Parse(all.Items[3].MessageId, null, null), Ct)).Total);
        Assert.Equal(0, (await outbox.ListAsync(OutboxFilter.Parse("%", null, null), Ct)).Total);
        Assert.Equal(30, (await outbox.ListAsync(OutboxFilter.Parse(null, nameof(OutboxReason.Refused), null), Ct)).Total);
        Assert.Equal(0, (await outbox.ListAsync(OutboxFilter.Parse(null, nameof(OutboxReason.GaveUp), null), Ct)).Total);
        foreach (var sort in Enum.GetValues<OutboxSort>())
        {
            var up = await outbox.ListAsync(OutboxFilter.Parse(null, null, sort.ToString()), Ct);
            Assert.Equal(30, up.Total);
            Assert.Equal(30, (await outbox.ListAsync(OutboxFilter.Parse(null, null, $"-{sort}"), Ct)).Total);
        }
        Assert.Equal(30, (await outbox.AllAsync(new OutboxFilter(), Ct).ToListAsync(Ct)).Count);
    }

    [Fact]
    public async Task The_export_of_a_real_request_has_a_row_for_each_letter()
    {
        await using var app = await TestApp.StartAsync();
        using var client = await app.SignInAsync(TestUsers.Administrator);

        var bytes = await client.GetByteArrayAsync("/exports/settings-mail.xlsx?q=x&reason=Refused&sort=-Ended", Ct);

        Assert.Empty(new ReadBack(bytes).SchemaErrors);
    }

    [Fact]
    public async Task A_dead_letter_that_is_sent_again_arrives_under_its_message_id_and_the_decision_is_audited()
    {
        await using var server = MailServer.Start();
        server.Recipient = _ => new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "no such user");
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        await host.WaitingMailAsync();
        await host.Runner.RunAsync(Ct);
        var admin = await host.AsAsync(TestUsers.Administrator);
        var outbox = admin.Get<OutboxService>();
        var dead = Assert.Single((await outbox.ListAsync(new OutboxFilter(), Ct)).Items);
        server.Recipient = _ => null;

        await outbox.SendAgainAsync(dead.Id, Ct);
        await host.Runner.RunAsync(Ct);

        Assert.Equal(dead.MessageId, Assert.Single(server.Received).MessageId);
        Assert.Empty((await outbox.ListAsync(new OutboxFilter(), Ct)).Items);
        var audited = await host.InDatabaseAsync(db => db.Audit.Where(a => a.Entity == nameof(OutboxMessage)).ToListAsync(Ct));
        Assert.Equal((nameof(OutboxMessage.Decision), "SentAgain", admin.PersonId), Assert.Single(audited.Select(a => (a.Field, a.New, a.ActorId ?? 0))));
        await Assert.ThrowsAsync<Rejected>(() => outbox.SendAgainAsync(dead.Id, Ct));
    }

    [Fact]
    public async Task Decisions_are_undone_until_the_letter_was_sent()
    {
        await using var host = await OpenWithDeadAsync(1);
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (outbox, undo) = (admin.Get<OutboxService>(), admin.Get<OutboxUndo>());
        var dead = await host.OnlyMailAsync();

        await outbox.DiscardAsync(dead.Id, Ct);
        Assert.Equal((OutboxState.Dropped, OutboxReason.Discarded), await StateAsync());
        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
        Assert.Equal((OutboxState.Dead, OutboxReason.Refused), await StateAsync());
        await outbox.SendAgainAsync(dead.Id, Ct);
        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
        Assert.Equal((OutboxState.Dead, OutboxReason.Refused), await StateAsync());
        await outbox.SendAgainAsync(dead.Id, Ct);
        var offered = undo.Latest!.Value;
        await host.Runner.RunAsync(Ct);
        Assert.Equal(0, (await undo.UndoAsync(offered, Ct)).Done);

        async Task<(OutboxState, OutboxReason?)> StateAsync()
        {
            var now = await host.OnlyMailAsync();
            return (now.State, now.Reason);
        }
    }

    [Fact]
    public async Task A_test_mail_goes_to_the_administrator_or_says_why_not()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var outbox = (await host.AsAsync(TestUsers.Administrator)).Get<OutboxService>();
        await host.WithMailAsync(TestUsers.Administrator, mode: null, email: "");
        Assert.Equal("NoOwnAddress", (await Assert.ThrowsAsync<Rejected>(() => outbox.TestAsync(Ct))).Code);
        await host.WithMailAsync(TestUsers.Administrator, mode: null);

        Assert.Equal("admin@example.edu", await outbox.TestAsync(Ct));

        Assert.Equal("测试邮件", Assert.Single(server.Received).Subject);
        server.Recipient = _ => new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "not here");
        var refused = await Assert.ThrowsAsync<Rejected>(() => outbox.TestAsync(Ct));
        Assert.Contains("550 not here", (string)refused.Args[0]!, StringComparison.Ordinal);
        await using var off = await TestHost.OpenAsync();
        Assert.Equal("MailIsOff", (await Assert.ThrowsAsync<Rejected>(
            async () => await (await off.AsAsync(TestUsers.Administrator)).Get<OutboxService>().TestAsync(Ct))).Code);
    }

    [Theory]
    [InlineData("smtp.example.edu", "", MailSecurity.StartTls, null, null, "Mail:From")]
    [InlineData("smtp.example.edu", "nobody", MailSecurity.StartTls, null, null, "Mail:From")]
    [InlineData("smtp://example.edu", "a@example.edu", MailSecurity.StartTls, null, null, "Mail:Host")]
    [InlineData("smtp.example.edu", "a@example.edu", MailSecurity.StartTls, "user", null, "Mail:User")]
    [InlineData("smtp.example.edu", "a@example.edu", MailSecurity.None, "user", "secret", "Mail:Security")]
    [InlineData("smtp.example.edu", "a@example.edu", (MailSecurity)9, null, null, "Mail:Security")]
    [InlineData("127.0.0.1", "a@example.edu", MailSecurity.None, "user", "secret", null)]
    [InlineData("smtp.example.edu", "中心 <a@example.edu>", MailSecurity.Tls, "user", "secret", null)]
    [InlineData(null, "nonsense", MailSecurity.None, "user", null, null)]
    public void A_setting_with_which_mail_would_not_work_is_named(
        string? host, string from, MailSecurity security, string? user, string? password, string? named)
    {
        var result = new MailOptionsValidator().Validate(
            null, new MailOptions { Host = host, From = from, Security = security, User = user, Password = password });

        Assert.Equal(named is not null, result.Failed);
        if (named is not null) Assert.Contains(named, result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.FailureMessage ?? "", StringComparison.Ordinal);
    }

    private static async Task<TestHost> OpenWithDeadAsync(int letters)
    {
        await using var server = MailServer.Start();
        server.Recipient = _ => new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "no such user");
        var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var number = await host.WaitingMailAsync();
        if (letters > 1) await host.TellAsync((await host.AsAsync(TestUsers.Resident)).PersonId, number, count: letters - 1);
        await host.Runner.RunAsync(Ct);
        return host;
    }
}

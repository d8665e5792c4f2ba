using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Outbox;
using LogisticsAdmin.Features.Outbox.Mail;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Outbox;

/// <summary>What changes between the writing of a message and its sending decides whether it is sent.</summary>
public sealed class MailRightsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_technician_who_lost_the_ticket_gets_no_mail_about_it()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var technician = await host.WithMailAsync(TestUsers.Technician);
        var ticket = await host.TicketAsync(TicketStatus.Assigned);
        Assert.Equal((int)RepairNotification.Assigned, (await host.OnlyMailAsync()).Kind);

        await host.InDatabaseAsync(async db =>
        {
            var person = await db.Users.SingleAsync(p => p.Id == technician, Ct);
            var other = await db.Users.SingleAsync(p => p.UserName == TestUsers.Dispatcher, Ct);
            person.JoinCrew(null);
            var stored = await db.RepairTickets.SingleAsync(t => t.Id == ticket.Id, Ct);
            db.Entry(stored).Property(t => t.TechnicianId).CurrentValue = other.Id;
            return await db.SaveChangesAsync(Ct);
        });
        await host.Runner.RunAsync(Ct);

        await AssertDroppedAsync(host, server, OutboxReason.NoLongerAllowed);
    }

    [Fact]
    public async Task Somebody_who_may_no_longer_sign_in_gets_none()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        await host.WaitingMailAsync();

        await ChangeResidentAsync(host, p => p.SetStatus(PersonStatus.Disabled, host.Clock.GetUtcNow(), "毕业"));
        await host.Runner.RunAsync(Ct);

        await AssertDroppedAsync(host, server, OutboxReason.NoLongerAllowed);
    }

    [Fact]
    public async Task An_address_that_is_no_longer_confirmed_gets_none()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        await host.WaitingMailAsync();

        await ChangeResidentAsync(host, p => p.SetOwnContact(null, "somebody.else@example.org"));
        await host.Runner.RunAsync(Ct);

        await AssertDroppedAsync(host, server, OutboxReason.NoAddress);
    }

    [Fact]
    public async Task Mail_goes_to_the_address_that_the_person_has_when_it_is_sent()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        await host.WaitingMailAsync();

        await ChangeResidentAsync(host, p => p.Describe(p.FullName, p.Number, null, "new@example.edu"));
        await host.Runner.RunAsync(Ct);

        Assert.Equal("new@example.edu", Assert.Single(server.Received).To.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task What_was_read_in_the_app_meanwhile_is_not_mailed()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        await host.WaitingMailAsync();

        await (await host.AsAsync(TestUsers.Resident)).Get<InboxService>().MarkReadAsync(ct: Ct);
        await host.Runner.RunAsync(Ct);

        await AssertDroppedAsync(host, server, OutboxReason.AlreadyRead);
    }

    [Fact]
    public async Task A_preference_that_was_changed_meanwhile_holds()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        await host.WaitingMailAsync();

        await ChooseAsync(host, MailMode.Off);
        await host.Runner.RunAsync(Ct);

        await AssertDroppedAsync(host, server, OutboxReason.NotWanted);
    }

    [Fact]
    public async Task Messages_that_are_to_come_daily_since_then_join_the_digest()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        await host.WaitingMailAsync();

        await ChooseAsync(host, MailMode.Daily);
        await host.Runner.RunAsync(Ct);
        Assert.Empty(server.Received);
        var stored = await host.OnlyMailAsync();
        // 7:30 of the next morning in Shanghai.
        Assert.Equal((OutboxState.Waiting, true, new DateTimeOffset(2026, 11, 22, 23, 30, 0, TimeSpan.Zero)), (stored.State, stored.IsDigest, stored.DueAt));
        host.Clock.SetUtcNow(stored.DueAt);
        await host.Runner.RunAsync(Ct);

        Assert.Single(server.Received);
    }

    [Fact]
    public async Task A_digest_is_one_mail_a_day_with_what_is_still_unread()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var person = await host.WithMailAsync(TestUsers.Resident, MailMode.Daily);
        var (first, second, third) = (await host.TicketAsync(), await host.TicketAsync(), await host.TicketAsync());
        foreach (var ticket in new[] { first, second, third }) await host.TellAsync(person, ticket.Number);
        await host.InDatabaseAsync(async db =>
        {
            (await db.Inbox.SingleAsync(i => i.Subject == second.Number, Ct)).Read(host.Clock.GetUtcNow());
            return await db.SaveChangesAsync(Ct);
        });
        await host.Runner.RunAsync(Ct);
        Assert.Empty(server.Received);

        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.Runner.RunAsync(Ct);

        var mail = Assert.Single(server.Received);
        Assert.Equal("每日汇总：2 条未读消息", mail.Subject);
        Assert.Contains(first.Number, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains(third.Number, mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(second.Number, mail.TextBody, StringComparison.Ordinal);
        var stored = await host.OutboxAsync();
        Assert.Equal([OutboxState.Sent, OutboxState.Dropped, OutboxState.Sent], stored.Select(m => m.State));
        Assert.Equal(mail.MessageId, Assert.Single(stored.Where(m => m.State == OutboxState.Sent).Select(m => m.MessageId).Distinct()));
    }

    [Fact]
    public async Task A_digest_that_failed_is_tried_again_with_the_same_messages_and_later_ones_come_the_next_day()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var person = await host.WithMailAsync(TestUsers.Resident, MailMode.Daily);
        var ticket = await host.TicketAsync();
        await host.TellAsync(person, ticket.Number, count: 2);
        server.Recipient = _ => new SmtpServer.Protocol.SmtpResponse(SmtpServer.Protocol.SmtpReplyCode.Aborted, "later");
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.Runner.RunAsync(Ct);
        await host.TellAsync(person, ticket.Number);
        server.Recipient = _ => null;

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Runner.RunAsync(Ct);

        Assert.Contains("2 条", Assert.Single(server.Received).Subject, StringComparison.Ordinal);
    }

    private static async Task AssertDroppedAsync(TestHost host, MailServer server, OutboxReason reason)
    {
        Assert.Empty(server.Received);
        var stored = await host.OnlyMailAsync();
        Assert.Equal((OutboxState.Dropped, reason), (stored.State, stored.Reason));
    }

    private static Task<int> ChangeResidentAsync(TestHost host, Action<Person> change) => host.InDatabaseAsync(async db =>
    {
        change(await db.Users.Include(p => p.SignInNames).SingleAsync(p => p.UserName == TestUsers.Resident, Ct));
        return await db.SaveChangesAsync(Ct);
    });

    private static async Task ChooseAsync(TestHost host, MailMode mode) => await (await host.AsAsync(TestUsers.Resident)).Get<MailPreferencesService>()
        .SaveAsync(new MailPreferencesForm { Modes = Enum.GetValues<RepairNotification>().ToDictionary(k => (int)k, _ => mode) }, Ct);
}

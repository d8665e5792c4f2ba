using LogisticsAdmin.Features.Outbox;
using LogisticsAdmin.Features.Outbox.Mail;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SmtpServer.Protocol;
using Xunit;

namespace LogisticsAdmin.Tests.Outbox;

/// <summary>Mail to a real server, which takes it, refuses it, puts it off, is slow, breaks off or is not there.</summary>
public sealed class MailSendingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_in_the_inbox_arrives_as_mail_and_is_sent_once()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        await host.WaitingMailAsync();

        await host.Runner.RunAsync(Ct);
        await host.Runner.RunAsync(Ct);

        var mail = Assert.Single(server.Received);
        Assert.Equal("student@example.edu", mail.To.Mailboxes.Single().Address);
        var stored = await host.OnlyMailAsync();
        Assert.Equal((OutboxState.Sent, host.Clock.GetUtcNow(), 0), (stored.State, stored.EndedAt, stored.Attempts));
        Assert.Equal(stored.MessageId, mail.MessageId);
        Assert.EndsWith("@example.edu", mail.MessageId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_mail_is_off_nothing_is_written()
    {
        await using var host = await TestHost.OpenAsync();
        await host.WaitingMailAsync();

        Assert.Empty(await host.OutboxAsync());
    }

    [Theory]
    [InlineData(MailMode.Off, 0)]
    [InlineData(MailMode.AtOnce, 1)]
    [InlineData(null, 0)]
    public async Task Only_who_wants_mail_about_a_kind_gets_it(MailMode? mode, int mails)
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var person = await host.WithMailAsync(TestUsers.Resident, mode);
        var ticket = await host.TicketAsync();
        await host.TellAsync(person, ticket.Number);

        await host.Runner.RunAsync(Ct);

        Assert.Equal(mails, server.Received.Count);
    }

    [Fact]
    public async Task Who_chose_nothing_gets_mail_about_urgent_messages_only()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var person = await host.WithMailAsync(TestUsers.Dispatcher, mode: null);
        await host.TellAsync(person, "BX1", kind: RepairNotification.Replied);
        await host.TellAsync(person, "BX2", kind: RepairNotification.EmergencyReported);

        await host.Runner.RunAsync(Ct);

        Assert.Contains("BX2", Assert.Single(server.Received).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_recipient_is_a_dead_letter_with_the_server_s_words()
    {
        await using var server = MailServer.Start();
        server.Recipient = _ => new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "no such user");
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        await host.WaitingMailAsync();

        await host.Runner.RunAsync(Ct);

        var stored = await host.OnlyMailAsync();
        Assert.Equal((OutboxState.Dead, OutboxReason.Refused), (stored.State, stored.Reason));
        Assert.StartsWith("550 no such user", stored.LastError, StringComparison.Ordinal);
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task A_greylisted_mail_waits_a_minute_and_arrives_under_the_same_message_id()
    {
        await using var server = MailServer.Start();
        server.Recipient = _ => new SmtpResponse(SmtpReplyCode.Aborted, "greylisted");
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        await host.WaitingMailAsync();
        await host.Runner.RunAsync(Ct);
        var waiting = await host.OnlyMailAsync();
        Assert.Equal((OutboxState.Waiting, 1), (waiting.State, waiting.Attempts));
        Assert.StartsWith("451 greylisted", waiting.LastError, StringComparison.Ordinal);
        server.Recipient = _ => null;

        host.Clock.Advance(TimeSpan.FromSeconds(59));
        await host.Runner.RunAsync(Ct);
        Assert.Empty(server.Received);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.Runner.RunAsync(Ct);

        Assert.Equal(waiting.MessageId, Assert.Single(server.Received).MessageId);
    }

    [Fact]
    public async Task The_pauses_grow_and_in_the_end_it_is_given_up()
    {
        await using var server = MailServer.Start();
        server.Recipient = _ => new SmtpResponse(SmtpReplyCode.Aborted, "later");
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        await host.WaitingMailAsync();
        List<double> pauses = [];
        for (var attempt = 1; attempt <= 7; attempt++)
        {
            await host.Runner.RunAsync(Ct);
            var waiting = await host.OnlyMailAsync();
            if (waiting.State != OutboxState.Waiting) break;
            pauses.Add((waiting.DueAt - host.Clock.GetUtcNow()).TotalMinutes);
            host.Clock.SetUtcNow(waiting.DueAt);
        }

        Assert.Equal([1, 5, 15, 60, 240, 720], pauses);
        var dead = await host.OnlyMailAsync();
        Assert.Equal((OutboxState.Dead, OutboxReason.GaveUp, 7), (dead.State, dead.Reason, dead.Attempts));
    }

    [Theory]
    [InlineData(BreakingMailServer.AtGreeting)]
    [InlineData(BreakingMailServer.AtRecipient)]
    [InlineData(BreakingMailServer.AtData)]
    public async Task A_connection_that_breaks_before_the_mail_was_handed_over_is_tried_again(string at)
    {
        await using var server = BreakingMailServer.Breaking(at);
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        await host.WaitingMailAsync();

        await host.Runner.RunAsync(Ct);

        var stored = await host.OnlyMailAsync();
        Assert.Equal((OutboxState.Waiting, 1, 0), (stored.State, stored.Attempts, server.HandedOver));
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_last_byte_leaves_a_dead_letter_that_is_never_repeated()
    {
        await using var server = BreakingMailServer.Breaking(BreakingMailServer.AfterDot);
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        await host.WaitingMailAsync();

        await host.Runner.RunAsync(Ct);
        host.Clock.Advance(TimeSpan.FromDays(2));
        await host.Runner.RunAsync(Ct);

        var stored = await host.OnlyMailAsync();
        Assert.Equal((OutboxState.Dead, OutboxReason.OutcomeUnknown, 1), (stored.State, stored.Reason, server.HandedOver));
        Assert.NotNull(stored.MessageId);
    }

    [Theory]
    [InlineData(BreakingMailServer.AtData, OutboxState.Waiting)]
    [InlineData(BreakingMailServer.AfterDot, OutboxState.Dead)]
    public async Task A_server_that_falls_silent_is_left_after_the_timeout(string at, OutboxState state)
    {
        await using var server = BreakingMailServer.Silent(at);
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port, o => o.Timeout = TimeSpan.FromSeconds(1)));
        await host.WaitingMailAsync();

        await host.Runner.RunAsync(Ct);

        var stored = await host.OnlyMailAsync();
        Assert.Equal((state, "timeout"), (stored.State, stored.LastError));
    }

    [Fact]
    public async Task A_slow_server_gets_its_time()
    {
        await using var server = MailServer.Start();
        var answer = new TaskCompletionSource();
        server.BeforeAnswer = () => answer.Task;
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        await host.WaitingMailAsync();
        var running = host.Runner.RunAsync(Ct);
        var other = host.Runner.RunAsync(Ct);
        await other;
        Assert.False(running.IsCompleted);

        answer.SetResult();
        await running;

        Assert.Equal(OutboxState.Sent, (await host.OnlyMailAsync()).State);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task A_server_that_is_not_there_pauses_the_channel_and_costs_only_what_was_tried()
    {
        await using var host = await TestHost.OpenAsync(Mailing.To(MailServer.FreePort(), o => o.Connections = 1));
        var number = await host.WaitingMailAsync();
        var person = (await host.AsAsync(TestUsers.Resident)).PersonId;
        await host.TellAsync(person, number, count: 100);

        await host.Runner.RunAsync(Ct);
        await host.Runner.RunAsync(Ct);

        var stored = await host.OutboxAsync();
        Assert.All(stored, m => Assert.Equal(OutboxState.Waiting, m.State));
        Assert.Equal(1, stored.Count(m => m.Attempts == 1));
        Assert.Equal(100, stored.Count(m => m.Attempts == 0));
        Assert.NotEmpty(host.Runner.ProblemOf(MailChannel.Name)!);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(host.Runner.ProblemOf(MailChannel.Name));
    }

    [Fact]
    public async Task A_pause_lasts_a_minute_also_when_the_clock_is_set_back_meanwhile()
    {
        var clock = new JumpingClock();
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(services =>
        {
            Mailing.To(MailServer.FreePort())(services);
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        });
        var number = await host.WaitingMailAsync();
        await host.Runner.RunAsync(Ct);
        Assert.NotNull(host.Runner.ProblemOf(MailChannel.Name));
        clock.Jump(-TimeSpan.FromDays(1));
        host.Services.GetRequiredService<IOptions<MailOptions>>().Value.Port = server.Port;
        await host.TellAsync((await host.AsAsync(TestUsers.Resident)).PersonId, number);

        clock.Advance(TimeSpan.FromSeconds(59));
        await host.Runner.RunAsync(Ct);
        Assert.Empty(server.Received);
        clock.Advance(TimeSpan.FromSeconds(2));
        await host.Runner.RunAsync(Ct);

        Assert.Single(server.Received);
    }

    [Fact]
    public async Task When_the_app_stops_what_is_on_its_way_ends_and_the_rest_waits()
    {
        await using var server = MailServer.Start();
        var (arrived, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.BeforeAnswer = () =>
        {
            arrived.TrySetResult();
            return answer.Task;
        };
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port, o => o.Connections = 1));
        var number = await host.WaitingMailAsync();
        await host.TellAsync((await host.AsAsync(TestUsers.Resident)).PersonId, number, count: 9);
        using var stop = new CancellationTokenSource();
        var running = host.Runner.RunAsync(stop.Token);
        await arrived.Task;

        await stop.CancelAsync();
        answer.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        var stored = await host.OutboxAsync();
        Assert.Equal((1, 9), (stored.Count(m => m.State == OutboxState.Sent), stored.Count(m => m is { State: OutboxState.Waiting, Attempts: 0 })));
    }

    [Fact]
    public async Task One_connection_takes_many_mails()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port, o => o.Connections = 2));
        var number = await host.WaitingMailAsync();
        await host.TellAsync((await host.AsAsync(TestUsers.Resident)).PersonId, number, count: 99);

        await host.Runner.RunAsync(Ct);

        Assert.Equal(100, server.Received.Select(m => m.MessageId).Distinct().Count());
        Assert.InRange(server.Connections, 1, 2);
    }

    [Fact]
    public async Task A_withdrawn_message_takes_its_mail_along()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        await host.WaitingMailAsync();

        await host.InDatabaseAsync(async db =>
        {
            db.RemoveRange(await db.Set<Features.Inbox.InboxItem>().ToListAsync(Ct));
            return await db.SaveChangesAsync(Ct);
        });
        await host.Runner.RunAsync(Ct);

        Assert.Empty(await host.OutboxAsync());
        Assert.Empty(server.Received);
    }
}

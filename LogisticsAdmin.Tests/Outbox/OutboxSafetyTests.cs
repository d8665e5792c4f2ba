using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Outbox;
using LogisticsAdmin.Features.Outbox.Mail;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace LogisticsAdmin.Tests.Outbox;

/// <summary>No message is sent twice and none is lost: two runs, a locked database, bulk writes, the end of the retention period.</summary>
public sealed class OutboxSafetyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_runs_on_one_database_never_send_the_same_message()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var number = await host.WaitingMailAsync();
        await using var other = await TestHost.StartAsync(host.Directory, Mailing.To(server.Port));
        // Each takes what an earlier process left behind before the other one begins.
        await Task.WhenAll(RunsAsync(host, other, number));

        Assert.Equal(161, server.Received.Count);
        Assert.Equal(161, server.Received.Select(m => m.MessageId).Distinct().Count());
        Assert.All(await host.OutboxAsync(), m => Assert.Equal((OutboxState.Sent, 0), (m.State, m.Attempts)));

        static async Task RunsAsync(TestHost one, TestHost two, string number)
        {
            await one.Runner.RunAsync(Ct);
            await two.Runner.RunAsync(Ct);
            await one.TellAsync((await one.AsAsync(TestUsers.Resident)).PersonId, number, count: 160);
            await Task.WhenAll(Task.Run(() => one.Runner.RunAsync(Ct)), Task.Run(() => two.Runner.RunAsync(Ct)));
        }
    }

    [Fact]
    public async Task While_the_database_is_locked_nothing_is_sent_again_and_the_outcome_is_stored_afterwards()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(services =>
        {
            Mailing.To(server.Port)(services);
            services.Replace(ServiceDescriptor.Singleton(TimeProvider.System));
            services.Configure<WriteOptions>(o => o.Timeout = TimeSpan.FromSeconds(1));
        });
        await host.WaitingMailAsync();
        var arrived = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        server.BeforeAnswer = () =>
        {
            arrived.TrySetResult();
            return answer.Task;
        };
        var running = host.Runner.RunAsync(Ct);
        await arrived.Task;
        await using (ForeignLock.On(host.Directory))
        {
            answer.SetResult();
            await Assert.ThrowsAnyAsync<Exception>(() => running);
            await Assert.ThrowsAnyAsync<Exception>(() => host.Runner.RunAsync(Ct));
        }

        await host.Runner.RunAsync(Ct);

        Assert.Equal(OutboxState.Sent, (await host.OnlyMailAsync()).State);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task What_was_being_sent_when_the_app_ended_is_a_dead_letter_after_the_next_start()
    {
        await using var server = BreakingMailServer.Silent(BreakingMailServer.AfterDot);
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port, o => o.Timeout = TimeSpan.FromSeconds(30)));
        await host.WaitingMailAsync();
        using var stop = new CancellationTokenSource();
        var running = host.Runner.RunAsync(stop.Token);
        await server.Reached;

        // The first process is still waiting for the answer: for the second one, it has ended.
        await using var next = await TestHost.StartAsync(host.Directory, Mailing.To(server.Port));
        await next.Runner.RunAsync(Ct);
        await next.Runner.RunAsync(Ct);

        var stored = await next.OnlyMailAsync();
        Assert.Equal((OutboxState.Dead, OutboxReason.OutcomeUnknown, "ended", 1), (stored.State, stored.Reason, stored.LastError, server.HandedOver));
        await stop.CancelAsync();
        await Record.ExceptionAsync(() => running);
    }

    [Theory]
    [InlineData(MailMode.AtOnce, 1_200)]
    [InlineData(MailMode.Off, 0)]
    public async Task Messages_that_are_written_in_bulk_are_mailed_as_others(MailMode mode, int mails)
    {
        await using var host = await TestHost.OpenAsync(Mailing.To(1));
        var person = await host.WithMailAsync(TestUsers.Resident, mode);

        await host.InDatabaseAsync(async db =>
        {
            await db.WriteAsync(token =>
            {
                using var bulk = new BulkWriter(db);
                bulk.Add(Enumerable.Range(0, 1_200).Select(n => new InboxItem(person, (int)RepairNotification.Replied, $"BX{n}", null, TestHost.Start)), token);
                return Task.CompletedTask;
            }, Ct);
            return 0;
        });

        var stored = await host.OutboxAsync();
        Assert.Equal(mails, stored.Count);
        var items = await host.InDatabaseAsync(db => db.Inbox.Where(i => i.PersonId == person).ToDictionaryAsync(i => i.Id, i => i.Subject, Ct));
        Assert.All(stored, m => Assert.Equal(items[m.InboxItemId!.Value], m.Subject));
    }

    [Fact]
    public async Task A_mail_for_one_person_goes_before_a_mass_of_earlier_ones()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var number = await host.WaitingMailAsync();
        await host.Runner.RunAsync(Ct);
        var person = (await host.AsAsync(TestUsers.Resident)).PersonId;
        await host.InDatabaseAsync(async db =>
        {
            await db.WriteAsync(token =>
            {
                using var bulk = new BulkWriter(db);
                bulk.Add(Enumerable.Range(0, 100).Select(n => new InboxItem(person, (int)RepairNotification.Replied, number, null, TestHost.Start)), token);
                return Task.CompletedTask;
            }, Ct);
            return 0;
        });
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.TellAsync(person, number);

        await host.Runner.RunAsync(Ct);

        var single = (await host.OutboxAsync()).Single(m => m is { IsMass: false, State: OutboxState.Sent } && m.At > TestHost.Start);
        Assert.Equal(102, server.Received.Count);
        Assert.InRange(server.Received.Select(m => m.MessageId).ToList().IndexOf(single.MessageId!), 1, OutboxRunner.Batch);
    }

    [Fact]
    public async Task A_write_that_is_undone_leaves_no_mail()
    {
        await using var host = await TestHost.OpenAsync(Mailing.To(1));
        var person = await host.WithMailAsync(TestUsers.Resident);

        await host.InDatabaseAsync(async db =>
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.WriteAsync(async token =>
            {
                db.Inbox.Add(new InboxItem(person, (int)RepairNotification.Replied, "BX1", null, TestHost.Start));
                await db.SaveChangesAsync(token);
                throw new InvalidOperationException();
            }, Ct));
            return 0;
        });

        Assert.Empty(await host.OutboxAsync());
    }

    [Fact]
    public async Task What_was_sent_is_removed_after_its_time_and_dead_letters_stay()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var number = await host.WaitingMailAsync();
        await host.Runner.RunAsync(Ct);
        server.Recipient = _ => new SmtpServer.Protocol.SmtpResponse(SmtpServer.Protocol.SmtpReplyCode.MailboxUnavailable, "no");
        await host.TellAsync((await host.AsAsync(TestUsers.Resident)).PersonId, number);
        await host.Runner.RunAsync(Ct);

        host.Clock.Advance(TimeSpan.FromDays(30));
        await host.Runner.RunAsync(Ct);
        Assert.Equal(2, (await host.OutboxAsync()).Count);
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.Runner.RunAsync(Ct);

        Assert.Equal(OutboxState.Dead, (await host.OnlyMailAsync()).State);
    }

    [Fact]
    public async Task The_storage_check_finds_nothing_wrong_after_all_of_it()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        await host.WaitingMailAsync();
        await host.Runner.RunAsync(Ct);

        await foreach (var (subject, problems) in host.AsSystem().Get<StorageInspection>().InspectAsync(Ct))
            Assert.True(problems.Count == 0, $"{subject}: {string.Join(' ', problems)}");
    }
}

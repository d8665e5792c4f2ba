using LogisticsAdmin.Features.Outbox;
using LogisticsAdmin.Tests.Data;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Outbox;

[Collection(nameof(KillTests))]
public sealed class MailKillTests
{
    private const int Mails = 60, Before = 40;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_after_mails_were_handed_over_none_is_sent_twice_and_none_is_lost()
    {
        await using var server = MailServer.Start();
        var directory = await TestHost.NewStorageAsync();
        await using (var host = await TestHost.StartAsync(directory, Mailing.To(server.Port)))
        {
            var number = await host.WaitingMailAsync();
            await host.TellAsync((await host.AsAsync(TestUsers.Resident)).PersonId, number, count: Mails - 1);
        }
        var (reached, never) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.BeforeAnswer = () =>
        {
            if (server.Taken < Before) return Task.CompletedTask;
            reached.TrySetResult();
            return never.Task;
        };
        await using (var app = AppProcess.Mail(directory, server.Port))
        {
            await Task.WhenAny(reached.Task, app.Process.WaitForExitAsync(Ct));
            Assert.True(reached.Task.IsCompleted, "The process ended by itself.");
            app.Process.Kill();
            await app.Process.WaitForExitAsync(Ct);
        }
        server.BeforeAnswer = () => Task.CompletedTask;
        never.SetResult();

        await using (var host = await TestHost.StartAsync(directory, Mailing.To(server.Port)))
        {
            await host.Runner.RunAsync(Ct);
            await host.Runner.RunAsync(Ct);

            var stored = await host.OutboxAsync();
            var unknown = stored.Where(m => m is { State: OutboxState.Dead, Reason: OutboxReason.OutcomeUnknown }).Select(m => m.MessageId!).ToHashSet();
            var sent = stored.Where(m => m.State == OutboxState.Sent).Select(m => m.MessageId!).ToHashSet();
            var arrived = server.Received.Select(m => m.MessageId!).ToList();
            Assert.Equal(Mails, unknown.Count + sent.Count);
            Assert.InRange(unknown.Count, 1, OutboxRunner.Batch);
            Assert.Equal(arrived.Count, arrived.Distinct().Count());
            Assert.Subset(arrived.ToHashSet(), sent);
            Assert.All(arrived, id => Assert.True(sent.Contains(id) || unknown.Contains(id)));
        }
        TestHost.DropStorage(directory);
    }
}

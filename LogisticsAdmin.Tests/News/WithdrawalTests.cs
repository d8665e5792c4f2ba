using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Publishing;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.News;

/// <summary>What becomes of the messages about an item that is withdrawn.</summary>
public sealed class WithdrawalTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_messages_about_a_withdrawn_item_become_read_in_batches_also_across_a_stop_and_every_bell_hears_of_it()
    {
        var directory = await TestHost.NewStorageAsync();
        string number;
        await using (var host = await TestHost.StartAsync(directory))
        {
            await host.AddResidentsAsync(2_500);
            var admin = await host.AsAsync(TestUsers.Administrator);
            var draft = await admin.DraftNewsAsync();
            number = draft.Number;
            await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
            await host.AsSystem().Get<NewsDelivery>().TellAsync(Ct);
            await admin.Get<NewsService>().WithdrawAsync(draft.Id, "有误", Ct);
            // The app ends after a batch.
            await host.InDatabaseAsync(async db =>
            {
                var batch = await db.Inbox.Where(m => m.Subject == number).OrderBy(m => m.Id).Take(500).ToListAsync(Ct);
                foreach (var message in batch) message.Read(TestHost.Start);
                return await db.SaveChangesAsync(Ct);
            });
        }

        await using (var host = await TestHost.StartAsync(directory))
        {
            var unread = await UnreadAsync(host, number);
            Assert.True(unread > 2_000);
            using var bell = host.Services.GetRequiredService<IChangeFeed>().Subscribe(null, c => c is MessagesReceived);

            Assert.Equal(0, await host.AsSystem().Get<NewsDelivery>().TellAsync(Ct));
            Assert.Equal(unread, await host.AsSystem().Get<NewsDelivery>().TakeBackAsync(Ct));

            Assert.Equal(0, await UnreadAsync(host, number));
            var recipients = await host.InDatabaseAsync(db => db.Inbox.Where(m => m.Subject == number).Select(m => m.PersonId).ToListAsync(Ct));
            HashSet<long> heard = [];
            while (heard.Count < recipients.Count)
            {
                foreach (var told in (await bell.NextAsync(Ct))!.Changes.Cast<MessagesReceived>())
                {
                    Assert.InRange(told.People.Count, 1, 500);
                    heard.UnionWith(told.People);
                }
            }
            Assert.Equal(recipients.Order(), heard.Order());
            Assert.False(await host.InDatabaseAsync(db => db.NewsTellings.AnyAsync(t => !t.IsDone, Ct)));
            Assert.Equal(0, await host.AsSystem().Get<NewsDelivery>().TakeBackAsync(Ct));
        }
        TestHost.DropStorage(directory);
    }

    [Fact]
    public async Task A_withdrawal_while_people_are_still_told_takes_back_what_was_told()
    {
        await using var host = await TestHost.OpenAsync();
        await host.AddResidentsAsync(2_500);
        var admin = await host.AsAsync(TestUsers.Administrator);
        var draft = await admin.DraftNewsAsync();
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        using var batch = host.Services.GetRequiredService<IChangeFeed>().Subscribe(null, c => c is MessagesReceived);
        var telling = Task.Run(() => host.AsSystem().Get<NewsDelivery>().TellAsync(Ct), Ct);
        await batch.NextAsync(Ct);

        await admin.Get<NewsService>().WithdrawAsync(draft.Id, "有误", Ct);
        await telling;
        await host.AsSystem().Get<NewsDelivery>().TakeBackAsync(Ct);

        Assert.Equal(0, await UnreadAsync(host, draft.Number));
        Assert.False(await host.InDatabaseAsync(db => db.NewsTellings.AnyAsync(t => !t.IsDone, Ct)));
    }

    [Fact]
    public async Task A_withdrawal_wakes_what_takes_the_messages_back()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var draft = await admin.DraftNewsAsync();
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        var signal = host.Services.GetRequiredService<NewsSignal>();
        await signal.WaitAsync(Ct);

        await admin.Get<NewsService>().WithdrawAsync(draft.Id, "有误", Ct);

        Assert.True(signal.WaitAsync(Ct).IsCompletedSuccessfully);
    }

    private static Task<int> UnreadAsync(TestHost host, string number) =>
        host.InDatabaseAsync(db => db.Inbox.CountAsync(m => m.Subject == number && m.ReadAt == null, Ct));
}

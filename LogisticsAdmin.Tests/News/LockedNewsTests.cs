using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Proof;
using LogisticsAdmin.Features.News.Publishing;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace LogisticsAdmin.Tests.News;

public sealed class LockedNewsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_another_program_locks_the_database_every_write_is_refused_and_nothing_is_lost()
    {
        await using var host = await TestHost.OpenAsync(s =>
        {
            s.Replace(ServiceDescriptor.Singleton(TimeProvider.System));
            s.Configure<WriteOptions>(o => o.Timeout = TimeSpan.FromSeconds(1));
        });
        var (admin, student) = (await host.AsAsync(TestUsers.Administrator), await host.AsAsync(TestUsers.Resident));
        var service = admin.Get<NewsService>();
        var draft = await admin.DraftNewsAsync();
        var published = await admin.DraftNewsAsync(form => form.NeedsConfirmation = true);
        await service.ReleaseAsync(published.Id, Ct);
        await host.AsSystem().Get<NewsDelivery>().TellAsync(Ct);
        await student.Get<NewsReader>().OpenAsync(published.Number, Ct);
        var marks = host.Services.GetRequiredService<ReadMarks>();
        Func<Task>[] writes =
        [
            () => service.SaveAsync(draft.Id, new NewsForm { Version = draft.Version, Title = "改", Body = "改" }, ct: Ct),
            () => service.DiscardAsync(draft.Id, Ct),
            () => student.Get<NewsReader>().ConfirmAsync(published.Number, Ct),
            () => admin.Get<ProofService>().RemindAsync(published.Number, Ct),
        ];
        await using (ForeignLock.On(host.Directory))
        {
            var refusals = await Task.WhenAll(writes.Select(write => Task.Run(async () => await Record.ExceptionAsync(write), Ct)));
            Assert.All(refusals, refused => Assert.Equal("TooBusy", Assert.IsType<Rejected>(refused).Code));
            // Background work reports the engine's error, and what it could not store waits.
            Assert.NotNull(await Record.ExceptionAsync(() => marks.StoreAsync(Ct)));
            Assert.True(marks.Has(published.Id, student.PersonId));
        }

        await marks.StoreAsync(Ct);
        foreach (var write in writes) await write();
        Assert.Equal(1, await host.InDatabaseAsync(db => db.NewsRecipients.CountAsync(r => r.ItemId == published.Id && r.ConfirmedAt != null, Ct)));
    }
}

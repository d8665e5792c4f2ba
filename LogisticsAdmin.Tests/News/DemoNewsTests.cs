using LogisticsAdmin.Features.News.Demo;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.News;

/// <summary>The demo's notices and news are believable, loaded once, and tell nobody.</summary>
public sealed class DemoNewsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forty_items_of_two_years_are_there_with_all_states_and_readings()
    {
        await using var host = await TestHost.OpenAsync();
        await host.AsSystem().Get<DemoNews>().LoadAsync(Ct);
        await host.AsSystem().Get<DemoNews>().LoadAsync(Ct);

        var items = await host.InDatabaseAsync(db => db.NewsItems.Include(i => i.OutageBuildings).AsNoTracking().ToListAsync(Ct));
        var recipients = await host.InDatabaseAsync(db => db.NewsRecipients.AsNoTracking().ToListAsync(Ct));
        Assert.InRange(items.Count, 40, 60);
        Assert.Empty(new[] { NewsState.Draft, NewsState.InReview, NewsState.Scheduled, NewsState.Published, NewsState.Expired, NewsState.Withdrawn }
            .Except(items.Select(i => i.State)));
        Assert.True(items.Max(i => i.PublishedAt) - items.Min(i => i.PublishedAt) > TimeSpan.FromDays(500));
        Assert.All(items.Where(i => i.OutageKind is not null), i => Assert.NotEmpty(i.OutageBuildings));
        Assert.Contains(items, i => i.CorrectedAt is not null);
        Assert.Contains(items, i => i.TitleEn.Length == 0);
        Assert.All(items.Where(i => i.State is NewsState.Published), i => Assert.Contains(recipients, r => r.ItemId == i.Id));
        Assert.InRange(recipients.Count(r => r.ReadAt is not null) * 100 / recipients.Count, 30, 90);
        Assert.All(recipients, r => Assert.True((r.ReadAt ?? TestHost.Start) <= TestHost.Start && (r.ConfirmedAt is null || r.ConfirmedAt >= r.ReadAt)));
        Assert.Equal(0, await host.InDatabaseAsync(db => db.NewsTellings.CountAsync(Ct)));
        var student = await host.AsAsync(TestUsers.Resident);
        var cards = (await student.Get<NewsReader>().ListAsync(new NewsFilter(), Ct)).Cards;
        Assert.Contains(cards, c => c.Item.Outage is { } outage && outage.From > TestHost.Start);
    }
}

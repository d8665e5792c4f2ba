using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Publishing;

/// <summary>Publishes and ends items at their times. Each in a write of its own that asks again, so that it happens once.</summary>
public sealed class NewsClock(IDbContextFactory<LogisticsDb> databases, NewsBoard board, OfficeTime office)
{
    /// <summary>Publishes what is due. What was due before <paramref name="started"/>, the start of the app, is marked as late.</summary>
    /// <returns>How many.</returns>
    public Task<int> PublishDueAsync(DateTimeOffset started, CancellationToken ct = default)
    {
        var now = office.Now;
        return EachAsync(
            items => items.Where(i => i.State == NewsState.Scheduled && i.PublishAt <= now),
            (db, item) =>
            {
                item.Publish(now, wasLate: item.PublishAt < started);
                db.TellAll(item, now);
            }, ct);
    }

    /// <summary>Ends what has run out.</summary>
    /// <returns>How many.</returns>
    public Task<int> ExpireDueAsync(CancellationToken ct = default)
    {
        var now = office.Now;
        return EachAsync(items => items.Where(i => i.State == NewsState.Published && i.ExpiresAt <= now), (_, item) => item.Expire(now), ct);
    }

    private async Task<int> EachAsync(
        Func<IQueryable<NewsItem>, IQueryable<NewsItem>> due, Action<LogisticsDb, NewsItem> act, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var ids = await due(db.NewsItems.AsNoTracking()).OrderBy(i => i.Id).Select(i => i.Id).ToListAsync(ct);
        var done = 0;
        foreach (var id in ids)
        {
            await using var one = await databases.CreateDbContextAsync(ct);
            done += await one.WriteAsync(async token =>
            {
                if (await due(one.NewsItems).SingleOrDefaultAsync(i => i.Id == id, token) is not { } item) return 0;
                act(one, item);
                one.Announce(new KeyChanged(NewsTopics.Items, id));
                return 1;
            }, ct);
            board.Invalidate();
        }
        return done;
    }
}

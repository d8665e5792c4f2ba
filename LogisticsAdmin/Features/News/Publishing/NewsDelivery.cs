using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Publishing;

/// <summary>
/// Writes the messages to all those whom published items address, in batches between which others write. A batch and the mark how far it came
/// are one write: after a stop it goes on there.
/// </summary>
public sealed class NewsDelivery(IDbContextFactory<LogisticsDb> databases, OfficeTime office)
{
    /// <summary>How many people are told in one write.</summary>
    public const int Batch = 1_000;

    /// <summary>Tells everybody who is not told yet. One caller at a time.</summary>
    /// <returns>How many messages were written.</returns>
    public async Task<int> TellAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var told = 0;
        foreach (var id in await db.NewsTellings.AsNoTracking().Where(t => !t.IsDone).OrderBy(t => t.ItemId).Select(t => t.ItemId).ToListAsync(ct))
            while (await TellBatchAsync(id, ct) is { } batch) told += batch;
        return told;
    }

    /// <summary>Null when all are told.</summary>
    private async Task<int?> TellBatchAsync(long itemId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var telling = await db.NewsTellings.AsNoTracking().SingleAsync(t => t.ItemId == itemId, ct);
        if (telling.IsDone) return null;
        var item = await db.NewsItems.AsNoTracking().SingleAsync(i => i.Id == itemId, ct);
        // Read outside the write: who joins meanwhile finds the item by themselves.
        var rooms = db.Set<Room>();
        var people = item.State != NewsState.Published ? [] : await db.Addressed(item.Audience, await db.AudienceGroupsAsync(ct))
            .Where(p => p.Id > telling.Through).OrderBy(p => p.Id).Take(Batch)
            .Select(p => new
            {
                p.Id,
                p.ClassName,
                BuildingId = rooms.Where(r => r.Id == p.RoomId).Select(r => (long?)r.BuildingId).FirstOrDefault(),
            }).ToListAsync(ct);
        var isLast = people.Count < Batch;

        return await db.WriteAsync<int?>(async token =>
        {
            var now = office.Now;
            var current = await db.NewsTellings.SingleAsync(t => t.ItemId == itemId, token);
            if (current.Through != telling.Through || current.IsDone) return 0;
            // Withdrawn meanwhile: nobody else is told.
            var isPublished = await db.NewsItems.AnyAsync(i => i.Id == itemId && i.State == NewsState.Published, token);
            var addressed = isPublished ? people : [];
            current.Advance(addressed.Count == 0 ? current.Through : addressed[^1].Id, isLast || !isPublished);
            if (addressed.Count == 0) return 0;

            var (first, last) = (addressed[0].Id, addressed[^1].Id);
            var known = await db.NewsRecipients.Where(r => r.ItemId == itemId && r.PersonId >= first && r.PersonId <= last)
                .ToDictionaryAsync(r => r.PersonId, token);
            List<NewsRecipient> added = [];
            List<long> told = [];
            foreach (var person in addressed)
            {
                if (!known.TryGetValue(person.Id, out var recipient))
                    added.Add(recipient = new NewsRecipient(itemId, person.Id, person.BuildingId, person.ClassName));
                // The item is live before its messages are written: who has read it meanwhile is not asked to again.
                if (recipient.ReadAt is not null && current.MessageKind != (int)NewsNotification.Corrected) continue;
                recipient.Tell(now);
                told.Add(person.Id);
            }
            var about = CleanText.Summary(item.Content.AnyTitle, 100);
            using var bulk = new BulkWriter(db);
            bulk.AddUnaudited(added, token);
            bulk.AddUnaudited(told.Select(p => new InboxItem(p, current.MessageKind, item.Number, null, now, about)), token);
            if (told.Count > 0) db.Announce(new MessagesReceived(told.ToHashSet()));
            return told.Count;
        }, ct) is { } written && !(written == 0 && isLast) ? written : null;
    }
}

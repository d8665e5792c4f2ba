using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Publishing;

/// <summary>
/// Writes the messages to all those whom published items address, and takes those about withdrawn items back, in batches between which others
/// write. A batch and the mark how far it came are one write: after a stop it goes on there.
/// </summary>
public sealed class NewsDelivery(IDbContextFactory<LogisticsDb> databases, OfficeTime office)
{
    /// <summary>How many people are told in one write.</summary>
    public const int Batch = 1_000;

    // A query has a limit of parameters.
    private const int Chunk = 500;

    /// <summary>
    /// Marks all messages about withdrawn items as read, because nobody can open these any more, and announces them to everybody who has one, so
    /// that open pages show no title of them. One caller at a time.
    /// </summary>
    /// <returns>How many became read.</returns>
    public async Task<int> TakeBackAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var withdrawn = await db.NewsTellings.AsNoTracking().Where(t => !t.IsDone && t.Item.State == NewsState.Withdrawn).OrderBy(t => t.ItemId)
            .Select(t => new { t.ItemId, t.Item.Number }).ToListAsync(ct);
        var read = 0;
        foreach (var item in withdrawn) read += await TakeBackAsync(item.ItemId, item.Number, ct);
        return read;
    }

    private async Task<int> TakeBackAsync(long itemId, string number, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        // Outside the writes: no message about a withdrawn item is added any more.
        var messages = await db.Inbox.AsNoTracking().Where(m => m.Subject == number)
            .Select(m => new { m.Id, m.PersonId, IsRead = m.ReadAt != null }).ToListAsync(ct);
        var unread = messages.Where(m => !m.IsRead).ToList();
        foreach (var batch in unread.Chunk(Chunk))
        {
            await using var one = await databases.CreateDbContextAsync(ct);
            await one.WriteAsync(async token =>
            {
                var ids = batch.Select(m => m.Id).ToList();
                foreach (var message in await one.Inbox.Where(m => ids.Contains(m.Id)).ToListAsync(token)) message.Read(office.Now);
                one.Announce(new MessagesReceived(batch.Select(m => m.PersonId).ToHashSet()));
            }, ct);
        }
        await db.WriteAsync(async token =>
        {
            (await db.NewsTellings.SingleAsync(t => t.ItemId == itemId, token)).Advance(0, isLast: true);
            if (unread.Count < messages.Count) db.Announce(new MessagesReceived(messages.Where(m => m.IsRead).Select(m => m.PersonId).ToHashSet()));
        }, ct);
        return unread.Count;
    }

    /// <summary>Tells everybody who is not told yet. One caller at a time.</summary>
    /// <returns>How many messages were written.</returns>
    public async Task<int> TellAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var told = 0;
        var waiting = db.NewsTellings.AsNoTracking().Where(t => !t.IsDone && t.Item.State != NewsState.Withdrawn);
        foreach (var id in await waiting.OrderBy(t => t.ItemId).Select(t => t.ItemId).ToListAsync(ct))
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
            var state = await db.NewsItems.Where(i => i.Id == itemId).Select(i => i.State).SingleAsync(token);
            // Withdrawn meanwhile: nobody else is told, and what was told is taken back.
            if (state == NewsState.Withdrawn) return null;
            var isPublished = state == NewsState.Published;
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
            using var bulk = new BulkWriter(db);
            bulk.AddUnaudited(added, token);
            bulk.AddUnaudited(told.Select(p => new InboxItem(p, current.MessageKind, item.Number, null, now)), token);
            if (told.Count > 0) db.Announce(new MessagesReceived(told.ToHashSet()));
            return told.Count;
        }, ct) is { } written && !(written == 0 && isLast) ? written : null;
    }
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Publishing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Proof;

/// <summary>
/// 已读回执: who was addressed by an item, who has read and confirmed it, and reminding the others. Whoever joined the audience after the messages
/// were written counts from the moment they read it. For managers, administrators and those who may publish; others don't find it. Stays after
/// the item has ended or was withdrawn.
/// </summary>
public sealed class ProofService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office)
{
    /// <summary>How long after a reminder the next one is possible.</summary>
    public static readonly TimeSpan CoolDown = TimeSpan.FromHours(12);

    /// <summary>How many people are reminded in one write.</summary>
    private const int Batch = 1_000;

    // A query has a limit of parameters.
    private const int Chunk = 500;

    /// <summary>The counts of all, by building and by class, by number or id of the item.</summary>
    public async Task<ProofView> ReadAsync(string key, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await DemandReadableAsync(db, ct);
        var item = await FindAsync(db, key, ct);
        var rows = await db.NewsRecipients.AsNoTracking().Where(r => r.ItemId == item.Id)
            .GroupBy(r => new { r.BuildingId, r.ClassName })
            .Select(g => new
            {
                g.Key.BuildingId,
                g.Key.ClassName,
                Addressed = g.Count(),
                Read = g.Count(r => r.ReadAt != null),
                Confirmed = g.Count(r => r.ConfirmedAt != null),
                Reminded = g.Max(r => r.RemindedAt),
            }).ToListAsync(ct);
        var buildings = await db.Buildings.AsNoTracking().Select(b => new { b.Id, b.Name, b.NameEn }).ToDictionaryAsync(b => b.Id, ct);
        var parts = rows.Select(r => (r.BuildingId, r.ClassName, Count: new ProofCount(r.Addressed, r.Read, r.Confirmed))).ToList();
        var reminded = rows.Max(r => r.Reminded);
        var next = reminded + CoolDown;
        return new ProofView(
            item.Id, item.Number, item.Title, item.State, item.AsksForConfirmation, item.ConfirmBefore, item.PublishedAt, Sum(parts.Select(p => p.Count)),
            [.. parts.GroupBy(p => p.BuildingId).Select(g => new ProofPart(
                g.Key, null, g.Key is { } id && buildings.TryGetValue(id, out var b) ? new LocalName(b.Name, b.NameEn) : null, Sum(g.Select(p => p.Count))))
                .OrderBy(p => p.Name is null).ThenBy(p => p.Count.ReadPercent).ThenBy(p => p.BuildingId)],
            [.. parts.GroupBy(p => p.ClassName).Select(g => new ProofPart(
                null, g.Key, g.Key is { } name ? new LocalName(name, name) : null, Sum(g.Select(p => p.Count))))
                .OrderBy(p => p.Name is null).ThenBy(p => p.Count.ReadPercent).ThenBy(p => p.ClassName, StringComparer.Ordinal)],
            reminded, next > office.Now ? next : null, item.State == NewsState.Published && await db.MayPublishAsync(user.Actor, ct),
            await (await WaitingAsync(db, item.Id, office.Now, ct)).CountAsync(ct));
    }

    /// <summary>One page of the addressed people, by building, room and name, and how many match.</summary>
    public async Task<(IReadOnlyList<ProofPerson> People, int Total)> PeopleAsync(string key, ProofFilter filter, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await DemandReadableAsync(db, ct);
        var item = await FindAsync(db, key, ct);
        var total = await Recipients(db, item.Id, filter).CountAsync(ct);
        return (await RowsAsync(db, item.Id, filter, (filter.Page - 1) * ProofFilter.PageSize, ProofFilter.PageSize, ct), total);
    }

    /// <summary>All of them, for the export.</summary>
    public async Task<IReadOnlyList<ProofPerson>> AllAsync(string key, ProofFilter filter, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await DemandReadableAsync(db, ct);
        return await RowsAsync(db, (await FindAsync(db, key, ct)).Id, filter, 0, int.MaxValue, ct);
    }

    /// <summary>
    /// 未读再提醒: a message to everybody addressed who has not read the item, or not confirmed it where that is asked for, and was not reminded within
    /// <see cref="CoolDown"/>: of two who press the button one reminds, and a reminder that was broken off goes on. Refused when nobody is left.
    /// Goes on for many people in several writes.
    /// </summary>
    /// <returns>How many were reminded.</returns>
    public async Task<int> RemindAsync(string key, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.DemandPublisherAsync(user.Actor, ct);
        var item = await FindAsync(db, key, ct);
        var (reminded, through) = (0, 0L);
        while (true)
        {
            var people = await RemindSomeAsync(item.Id, through, ct);
            reminded += people.Count;
            if (people.Count < Batch) return reminded;
            through = people[^1];
        }
    }

    /// <summary>Reminds the next people, in one write; refuses when there are none at all.</summary>
    private async Task<List<long>> RemindSomeAsync(long itemId, long after, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            await db.DemandPublisherAsync(user.Actor, token);
            var item = await db.NewsItems.AsNoTracking().SingleAsync(i => i.Id == itemId, token);
            if (item.State != NewsState.Published) throw Rejected.Because<NewsText>("NotPossible", item.Number);
            var now = office.Now;
            var batch = await (await WaitingAsync(db, itemId, now, token)).Where(r => r.PersonId > after).OrderBy(r => r.PersonId).Take(Batch)
                .ToListAsync(token);
            if (batch.Count == 0)
            {
                if (after > 0) return [];
                var last = await db.NewsRecipients.Where(r => r.ItemId == itemId).MaxAsync(r => r.RemindedAt, token);
                throw last is { } at ? Rejected.Because<ProofText>("RemindedLately", office.Show(at)) : Rejected.Because<ProofText>("NobodyWaits");
            }
            var people = batch.ConvertAll(r => r.PersonId);
            // Their earlier message about it gives way: one line for one matter.
            foreach (var some in people.Chunk(Chunk))
            {
                foreach (var message in await db.Inbox.Where(m => m.Subject == item.Number && m.ReadAt == null && some.Contains(m.PersonId)).ToListAsync(token))
                    message.Read(now);
            }
            foreach (var recipient in batch)
            {
                recipient.Remind(now);
                db.Inbox.Add(new InboxItem(recipient.PersonId, (int)NewsNotification.Reminded, item.Number, null, now));
            }
            db.Announce(new MessagesReceived(people.ToHashSet()));
            db.Announce(new KeyChanged(NewsTopics.Readings, itemId));
            return people;
        }, ct);
    }

    /// <summary>Who is still addressed, has not read or confirmed it, and was not reminded lately.</summary>
    private static async Task<IQueryable<NewsRecipient>> WaitingAsync(LogisticsDb db, long itemId, DateTimeOffset now, CancellationToken ct)
    {
        var item = await db.NewsItems.AsNoTracking().Where(i => i.Id == itemId)
            .Select(i => new { i.Audience, Confirms = i.NeedsConfirmation || i.IsUrgent }).SingleAsync(ct);
        var addressed = db.Addressed(item.Audience, await db.AudienceGroupsAsync(ct));
        var since = now - CoolDown;
        var waiting = db.NewsRecipients.Where(r => r.ItemId == itemId && (r.RemindedAt == null || r.RemindedAt <= since)
            && addressed.Any(p => p.Id == r.PersonId));
        waiting = item.Confirms ? waiting.Where(r => r.ConfirmedAt == null) : waiting.Where(r => r.ReadAt == null);
        // The people are read without tracking, which would hold for the whole query.
        return waiting.AsTracking();
    }

    private async Task DemandReadableAsync(LogisticsDb db, CancellationToken ct)
    {
        if (!user.Actor.IsManagement) await db.DemandPublisherAsync(user.Actor, ct);
    }

    private static async Task<Found> FindAsync(LogisticsDb db, string key, CancellationToken ct)
    {
        var id = TypedId.Parse(key) ?? 0;
        return await db.NewsItems.AsNoTracking().Where(i => (i.Id == id || i.Number == key) && i.PublishedAt != null)
            .Select(i => new Found(
                i.Id, i.Number, new LocalName(i.Title != "" ? i.Title : i.TitleEn, i.TitleEn), i.State, i.NeedsConfirmation || i.IsUrgent,
                i.ConfirmBefore, i.PublishedAt))
            .SingleOrDefaultAsync(ct) ?? throw new NotFound();
    }

    private static IQueryable<NewsRecipient> Recipients(LogisticsDb db, long item, ProofFilter filter)
    {
        var found = db.NewsRecipients.AsNoTracking().Where(r => r.ItemId == item);
        found = filter.State switch
        {
            ProofState.Unread => found.Where(r => r.ReadAt == null),
            ProofState.Unconfirmed => found.Where(r => r.ReadAt != null && r.ConfirmedAt == null),
            ProofState.Read => found.Where(r => r.ReadAt != null),
            ProofState.Confirmed => found.Where(r => r.ConfirmedAt != null),
            _ => found,
        };
        if (filter.BuildingId is { } building) found = building == 0 ? found.Where(r => r.BuildingId == null) : found.Where(r => r.BuildingId == building);
        if (filter.ClassName is { } name) found = name.Length == 0 ? found.Where(r => r.ClassName == null) : found.Where(r => r.ClassName == name);
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var hits = db.SearchIds<Person>(filter.Text);
            found = found.Where(r => hits.Contains(r.PersonId));
        }
        return found;
    }

    private static async Task<IReadOnlyList<ProofPerson>> RowsAsync(
        LogisticsDb db, long item, ProofFilter filter, int skip, int take, CancellationToken ct)
    {
        var (people, rooms, buildings) = (db.Users, db.Set<Room>(), db.Set<Building>());
        return await (
            from r in Recipients(db, item, filter)
            join p in people on r.PersonId equals p.Id
            orderby r.BuildingId == null, r.BuildingId, p.RoomId, p.Pinyin, p.Id
            select new ProofPerson(
                p.Id, p.FullName, p.Number,
                buildings.Where(b => b.Id == r.BuildingId).Select(b => new LocalName(b.Name, b.NameEn)).FirstOrDefault(),
                rooms.Where(x => x.Id == p.RoomId).Select(x => x.Name).FirstOrDefault(), r.ClassName, r.ToldAt, r.ReadAt, r.ConfirmedAt, r.RemindedAt))
            .Skip(skip).Take(take).ToListAsync(ct);
    }

    private static ProofCount Sum(IEnumerable<ProofCount> counts) =>
        counts.Aggregate(new ProofCount(0, 0, 0), (sum, c) => new ProofCount(sum.Addressed + c.Addressed, sum.Read + c.Read, sum.Confirmed + c.Confirmed));

    private sealed record Found(
        long Id, string Number, LocalName Title, NewsState State, bool AsksForConfirmation, DateTimeOffset? ConfirmBefore, DateTimeOffset? PublishedAt);
}

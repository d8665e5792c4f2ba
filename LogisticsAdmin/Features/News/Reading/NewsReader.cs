using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Reading;

/// <summary>
/// What the acting person may read: items that are published or expired and address them. The office reads all of these. Anything else is
/// <see cref="NotFound"/>.
/// </summary>
public sealed class NewsReader(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, NewsBoard board, ReaderFactsCache facts, NewsTexts texts, IServiceProvider services,
    OfficeTime office)
{
    private readonly ReadMarks _marks = services.GetRequiredService<ReadMarks>();

    /// <summary>One page of what the reader may see: pinned first, then unread, then the newest.</summary>
    public async Task<NewsList> ListAsync(NewsFilter filter, CancellationToken ct = default)
    {
        var (snapshot, reader) = await ReaderAsync(ct);
        var seen = await SeenAsync(reader, ct);
        var mine = snapshot.For(reader).Select(i => CardOf(snapshot, i, reader, seen)).ToList();
        var columns = mine.Select(c => c.Item.ColumnId).ToHashSet();
        var unread = mine.Count(c => c is { IsRead: false, Item.IsCurrent: true });

        IEnumerable<NewsCard> found = mine;
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var hits = (await db.SearchIds<NewsItem>(filter.Text).ToListAsync(ct)).ToHashSet();
            found = found.Where(c => hits.Contains(c.Item.Id));
        }
        if (filter.Kind is { } kind) found = found.Where(c => c.Item.Kind == kind);
        if (filter.Column is { Length: > 0 } code)
        {
            var column = snapshot.Columns.FirstOrDefault(c => c.Code == code)?.Id ?? 0;
            found = found.Where(c => c.Item.ColumnId == column);
        }
        if (filter.UnreadOnly) found = found.Where(c => !c.IsRead);
        var sorted = found.OrderByDescending(c => c.IsPinned).ThenBy(c => c.IsRead || !c.Item.IsCurrent).ThenByDescending(c => c.Item.PublishedAt).ToList();
        return new NewsList(
            [.. sorted.Skip((Math.Max(1, filter.Page) - 1) * NewsFilter.PageSize).Take(NewsFilter.PageSize)], sorted.Count, unread,
            [.. snapshot.Columns.Where(c => columns.Contains(c.Id))]);
    }

    /// <summary>
    /// Current urgent items that the reader has not confirmed, for the banner on every page; the newest first.
    /// </summary>
    public async Task<IReadOnlyList<NewsCard>> UrgentAsync(CancellationToken ct = default)
    {
        var (snapshot, reader) = await ReaderAsync(ct);
        var urgent = snapshot.Items.Where(i => i is { IsUrgent: true, IsCurrent: true } && snapshot.Addresses(i, reader)).ToList();
        if (urgent.Count == 0) return [];
        var seen = await SeenAsync(reader, ct);
        return [.. urgent.Select(i => CardOf(snapshot, i, reader, seen)).Where(c => !c.IsConfirmed)];
    }

    /// <summary>How many current items the reader has not opened.</summary>
    public async Task<int> UnreadAsync(CancellationToken ct = default)
    {
        var (snapshot, reader) = await ReaderAsync(ct);
        var seen = await SeenAsync(reader, ct);
        return snapshot.For(reader).Count(i => i.IsCurrent && !CardOf(snapshot, i, reader, seen).IsRead);
    }

    /// <summary>Opens an item by its number or id and notes that the reader has read it, if it addresses them.</summary>
    /// <exception cref="NotFound">There is none, it is not published, or it does not address the reader.</exception>
    public async Task<NewsPage> OpenAsync(string key, CancellationToken ct = default)
    {
        var (snapshot, reader) = await ReaderAsync(ct);
        var item = Find(snapshot, key) ?? throw new NotFound();
        var isAddressed = snapshot.Addresses(item, reader);
        if (!isAddressed && !user.Actor.IsOffice) throw new NotFound();
        var seen = await SeenAsync(reader, ct);
        if (isAddressed && !seen.ContainsKey(item.Id)) _marks.Add(item.Id, reader);
        var text = await texts.OfAsync(item, Languages.Known(CultureInfo.CurrentUICulture.Name), ct) ?? throw new NotFound();
        return new NewsPage(
            CardOf(snapshot, item, reader, seen), text.Language, text.Title, text.Html, text.IsOtherLanguage, text.Author, text.Attachments);
    }

    /// <summary>我知道了: stored at once, with the moment.</summary>
    public async Task ConfirmAsync(string key, CancellationToken ct = default)
    {
        var (snapshot, reader) = await ReaderAsync(ct);
        var item = Find(snapshot, key) ?? throw new NotFound();
        if (!snapshot.Addresses(item, reader)) throw new NotFound();
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            // Withdrawn or no longer asked for in the meantime.
            var current = await db.NewsItems.SingleAsync(i => i.Id == item.Id, token);
            if (!NewsAccess.IsReadable(current.State)) throw new NotFound();
            if (!current.AsksForConfirmation) throw Rejected.Because<ReadingText>("NoConfirmation");
            var recipient = await db.NewsRecipients.SingleOrDefaultAsync(r => r.ItemId == item.Id && r.PersonId == reader.PersonId, token);
            if (recipient is null) db.NewsRecipients.Add(recipient = new NewsRecipient(item.Id, reader.PersonId, reader.BuildingId, reader.ClassName));
            recipient.Confirm(office.Now);
            foreach (var message in await db.Inbox.Where(m => m.PersonId == reader.PersonId && m.Subject == item.Number && m.ReadAt == null).ToListAsync(token))
                message.Read(office.Now);
            db.Announce(new KeyChanged(InboxService.Topic, reader.PersonId));
            db.Announce(new KeyChanged(NewsTopics.Readings, item.Id));
        }, ct);
    }

    private async Task<(BoardSnapshot Snapshot, ReaderFacts Reader)> ReaderAsync(CancellationToken ct) =>
        (await board.CurrentAsync(ct), await facts.OfAsync(user.Actor, ct) ?? throw new NotFound());

    private static BoardItem? Find(BoardSnapshot snapshot, string key) =>
        long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? snapshot.Find(id) : snapshot.Items.FirstOrDefault(i => string.Equals(i.Number, key, StringComparison.OrdinalIgnoreCase));

    /// <summary>What the reader has read, and whether they confirmed it.</summary>
    private async Task<IReadOnlyDictionary<long, bool>> SeenAsync(ReaderFacts reader, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.NewsRecipients.AsNoTracking().Where(r => r.PersonId == reader.PersonId && r.ReadAt != null)
            .ToDictionaryAsync(r => r.ItemId, r => r.ConfirmedAt != null, ct);
    }

    private NewsCard CardOf(BoardSnapshot snapshot, BoardItem item, ReaderFacts reader, IReadOnlyDictionary<long, bool> seen) => new(
        item, snapshot.Columns.First(c => c.Id == item.ColumnId).LocalName, seen.ContainsKey(item.Id) || _marks.Has(item.Id, reader.PersonId),
        seen.GetValueOrDefault(item.Id), item.IsCurrent && item.PinnedUntil >= office.Today);
}

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
    private readonly ReadingsCache _readings = services.GetRequiredService<ReadingsCache>();

    /// <summary>One page of what the reader may see: pinned first, then unread, then the newest.</summary>
    public async Task<NewsList> ListAsync(NewsFilter filter, CancellationToken ct = default)
    {
        var (snapshot, reader) = await ReaderAsync(0, ct);
        var seen = await _readings.OfAsync(reader.PersonId, ct);
        HashSet<long>? hits = null;
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            hits = (await db.SearchIds<NewsItem>(filter.Text).ToListAsync(ct)).ToHashSet();
        }
        var column = filter.Column is { Length: > 0 } code ? snapshot.Columns.FirstOrDefault(c => c.Code == code)?.Id ?? 0 : (long?)null;
        var (today, unread, columns) = (office.Today, 0, new HashSet<long>());

        // The items come the newest first, and stay so within each of these.
        List<BoardItem>[] ranks = [[], [], [], []];
        foreach (var item in snapshot.For(reader))
        {
            var isNew = item.IsCurrent && !IsRead(item, reader, seen);
            if (isNew) unread++;
            columns.Add(item.ColumnId);
            if (hits?.Contains(item.Id) == false || (filter.Kind is { } kind && item.Kind != kind) || (column is { } id && item.ColumnId != id)
                || (filter.UnreadOnly && !isNew))
            {
                continue;
            }
            ranks[(IsPinned(item, today) ? 0 : 2) + (isNew ? 0 : 1)].Add(item);
        }
        return new NewsList(
            [.. ranks.SelectMany(r => r).Skip((Math.Max(1, filter.Page) - 1) * NewsFilter.PageSize).Take(NewsFilter.PageSize)
                .Select(i => CardOf(snapshot, i, reader, seen))],
            ranks.Sum(r => r.Count), unread, [.. snapshot.Columns.Where(c => columns.Contains(c.Id))]);
    }

    /// <summary>
    /// Current urgent items that the reader has not confirmed, for the banner on every page; the newest first. They hold at least the changes of
    /// the feed up to <paramref name="since"/>.
    /// </summary>
    public async Task<IReadOnlyList<NewsCard>> UrgentAsync(long since = 0, CancellationToken ct = default)
    {
        var (snapshot, reader) = await ReaderAsync(since, ct);
        var urgent = snapshot.Items.Where(i => i is { IsUrgent: true, IsCurrent: true } && snapshot.Addresses(i, reader)).ToList();
        if (urgent.Count == 0) return [];
        var seen = await _readings.OfAsync(reader.PersonId, ct);
        return [.. urgent.Where(i => !seen.Confirmed.Contains(i.Id)).Select(i => CardOf(snapshot, i, reader, seen))];
    }

    /// <summary>The newest items that the reader has not opened, urgent ones first.</summary>
    public async Task<IReadOnlyList<NewsCard>> NewAsync(int most, CancellationToken ct = default)
    {
        var (snapshot, reader) = await ReaderAsync(0, ct);
        var seen = await _readings.OfAsync(reader.PersonId, ct);
        return [.. snapshot.For(reader).Where(i => i.IsCurrent && !IsRead(i, reader, seen)).OrderByDescending(i => i.IsUrgent).Take(most)
            .Select(i => CardOf(snapshot, i, reader, seen))];
    }

    /// <summary>How many current items the reader has not opened.</summary>
    public async Task<int> UnreadAsync(CancellationToken ct = default)
    {
        var (snapshot, reader) = await ReaderAsync(0, ct);
        var seen = await _readings.OfAsync(reader.PersonId, ct);
        return snapshot.For(reader).Count(i => i.IsCurrent && !IsRead(i, reader, seen));
    }

    /// <summary>Opens an item by its number or id and notes that the reader has read it, if it addresses them.</summary>
    /// <exception cref="NotFound">There is none, it is not published, or it does not address the reader.</exception>
    public async Task<NewsPage> OpenAsync(string key, CancellationToken ct = default)
    {
        var (snapshot, reader) = await ReaderAsync(0, ct);
        return await OpenAsync(snapshot, reader, key, ct);
    }

    /// <summary>As <see cref="OpenAsync(string, CancellationToken)"/>, with at least the changes of the feed up to <paramref name="since"/>.</summary>
    public async Task<NewsPage> OpenAsync(string key, long since, CancellationToken ct = default)
    {
        var (snapshot, reader) = await ReaderAsync(since, ct);
        return await OpenAsync(snapshot, reader, key, ct);
    }

    /// <summary>我知道了: stored at once, with the moment.</summary>
    public async Task ConfirmAsync(string key, CancellationToken ct = default)
    {
        var (snapshot, reader) = await ReaderAsync(0, ct);
        var item = Find(snapshot, key) ?? throw new NotFound();
        if (!snapshot.Addresses(item, reader)) throw new NotFound();
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            // Withdrawn or no longer asked for in the meantime.
            var current = await db.NewsItems.SingleAsync(i => i.Id == item.Id, token);
            if (!NewsAccess.IsReadable(current.State)) throw new NotFound();
            if (!current.AsksForConfirmation) throw Rejected.Because<NewsReadingText>("NoConfirmation");
            var recipient = await db.NewsRecipients.SingleOrDefaultAsync(r => r.ItemId == item.Id && r.PersonId == reader.PersonId, token);
            if (recipient is null) db.NewsRecipients.Add(recipient = new NewsRecipient(item.Id, reader.PersonId, reader.BuildingId, reader.ClassName));
            recipient.Confirm(office.Now);
            foreach (var message in await db.Inbox.Where(m => m.PersonId == reader.PersonId && m.Subject == item.Number && m.ReadAt == null).ToListAsync(token))
                message.Read(office.Now);
            db.Announce(new KeyChanged(InboxService.Topic, reader.PersonId));
            db.Announce(new KeyChanged(NewsTopics.Readings, item.Id));
        }, ct);
        _readings.Add([(item.Id, reader.PersonId, office.Now)], isConfirmed: true);
    }

    /// <summary>Whether the acting person may change notices and news, for the links to do so.</summary>
    public async Task<bool> MayWriteAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.MayPublishAsync(user.Actor, ct);
    }

    private async Task<NewsPage> OpenAsync(BoardSnapshot snapshot, ReaderFacts reader, string key, CancellationToken ct)
    {
        var item = Find(snapshot, key) ?? throw new NotFound();
        var isAddressed = snapshot.Addresses(item, reader);
        if (!isAddressed && !user.Actor.IsOffice) throw new NotFound();
        var seen = await _readings.OfAsync(reader.PersonId, ct);
        if (isAddressed && !seen.IsSettled(item)) _marks.Add(item.Id, reader);
        var text = await texts.OfAsync(item, Languages.Known(CultureInfo.CurrentUICulture.Name), ct) ?? throw new NotFound();
        var (newer, older) = isAddressed ? BesideOf(item, snapshot.For(reader)) : (null, null);
        return new NewsPage(
            CardOf(snapshot, item, reader, seen), text.Language, text.Title, text.Html, text.IsOtherLanguage, text.Attachments)
        {
            Buildings = snapshot.BuildingsOf(item),
            IsAddressed = isAddressed,
            Newer = newer,
            Older = older,
        };
    }

    private async Task<(BoardSnapshot Snapshot, ReaderFacts Reader)> ReaderAsync(long since, CancellationToken ct) =>
        (await board.CurrentAsync(since, ct), await facts.OfAsync(user.Actor, since, ct) ?? throw new NotFound());

    internal static BoardItem? Find(BoardSnapshot snapshot, string key) =>
        TypedId.Parse(key) is { } id ? snapshot.Find(id) : snapshot.Find(key);

    private static (BoardItem? Newer, BoardItem? Older) BesideOf(BoardItem item, IEnumerable<BoardItem> items)
    {
        BoardItem? before = null;
        var isFound = false;
        foreach (var one in items)
        {
            if (isFound) return (before, one);
            if (one.Id == item.Id) isFound = true;
            else before = one;
        }
        return (isFound ? before : null, null);
    }

    private bool IsRead(BoardItem item, ReaderFacts reader, Readings seen) => seen.Has(item.Id) || _marks.Has(item.Id, reader.PersonId);

    private static bool IsPinned(BoardItem item, DateOnly today) => item.IsCurrent && item.PinnedUntil >= today;

    private NewsCard CardOf(BoardSnapshot snapshot, BoardItem item, ReaderFacts reader, Readings seen) => new(
        item, snapshot.ColumnOf(item).LocalName, IsRead(item, reader, seen), seen.Confirmed.Contains(item.Id), IsPinned(item, office.Today));
}

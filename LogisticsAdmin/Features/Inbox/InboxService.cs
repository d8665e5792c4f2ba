using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Inbox;

/// <summary>The acting person's own messages. Another person's message is refused as NotFound.</summary>
public sealed class InboxService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, NotificationKinds kinds, TimeProvider clock, KeptReadings kept)
{
    public const string Topic = "inbox";
    public const int PageSize = 30;

    private static readonly LocalName UnknownKind = LocalName.Of<InboxText>("Unknown");

    /// <summary>
    /// The newest messages, or those older than the message <paramref name="before"/> or newer than <paramref name="after"/>. An id that is
    /// not one of the person's messages is ignored.
    /// </summary>
    public async Task<InboxView> ReadAsync(long? before = null, long? after = null, CancellationToken ct = default)
    {
        var reader = user.Actor;
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        var mine = db.Inbox.AsNoTracking().Where(i => i.PersonId == me);
        var page = await NewerAsync(mine, after, ct) ?? await OlderAsync(mine, before, ct) ?? await NewestAsync(mine, ct);
        var titles = await MessageTitles.ReadAsync(db, reader, page.Items.Select(i => (kinds.Find(i.Kind), i.Subject)), ct);
        return new InboxView(
            [.. page.Items.Select(i => LineOf(i, titles, reader))],
            await UnreadAsync(db, me, ct),
            page.MoreAfter ? page.Items[^1].Id : null,
            page.MoreBefore ? page.Items[0].Id : null);
    }

    /// <summary>All of the person's messages, the newest first, read page by page.</summary>
    public async IAsyncEnumerable<InboxLine> AllAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        long? before = null;
        do
        {
            var page = await ReadAsync(before, ct: ct);
            foreach (var line in page.Lines) yield return line;
            before = page.Older;
        }
        while (before is not null);
    }

    public async Task<int> UnreadAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        return await kept.OfAsync("Inbox.Unread", me, [RowsRead.Of<InboxItem>(me)], async token =>
        {
            await using var db = await databases.CreateDbContextAsync(token);
            return await UnreadAsync(db, me, token);
        }, ct);
    }

    /// <summary>Whether an urgent message sounds on the person's office pages.</summary>
    public async Task<bool> SoundsAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Users.Where(p => p.Id == me).Select(p => p.AlertSound).FirstAsync(ct);
    }

    public async Task SetSoundAsync(bool sounds, CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token => (await db.Users.FirstAsync(p => p.Id == me, token)).SetAlertSound(sounds), ct);
    }

    /// <summary>
    /// Returns the address of a message's subject, null when its kind is no longer registered, and marks the message as read if
    /// <paramref name="marksRead"/>.
    /// </summary>
    public async Task<string?> OpenAsync(long id, bool marksRead, CancellationToken ct = default)
    {
        var (reader, me) = (user.Actor, user.PersonId);
        await using var db = await databases.CreateDbContextAsync(ct);
        var message = await db.Inbox.AsNoTracking().FirstOrDefaultAsync(i => i.Id == id && i.PersonId == me, ct) ?? throw new NotFound();
        if (marksRead && message.ReadAt is null) await MarkReadAsync(id, ct);
        return kinds.Find(message.Kind)?.Address(reader, message.Subject);
    }

    /// <summary>Marks one message as read, or all when no id is given.</summary>
    public async Task MarkReadAsync(long? id = null, CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            var unread = await db.Inbox.Where(i => i.PersonId == me && i.ReadAt == null && (id == null || i.Id == id)).ToListAsync(token);
            foreach (var item in unread) item.Read(clock.GetUtcNow());
            db.Announce(new KeyChanged(Topic, me));
        }, ct);
    }

    private InboxLine LineOf(InboxItem item, MessageTitles titles, Actor reader)
    {
        var kind = kinds.Find(item.Kind);
        return new InboxLine(
            item.Id, item.Kind, kind?.TextFor(item.Detail) ?? UnknownKind, kind?.Icon, kind?.Address(reader, item.Subject),
            item.Subject, titles.Of(item.Kind, item.Subject, item.About), item.At, item.ReadAt is not null, kind is { IsUrgent: true });
    }

    private static async Task<Page<InboxItem>> NewestAsync(IQueryable<InboxItem> mine, CancellationToken ct)
    {
        var items = await NewestFirst(mine).Take(PageSize + 1).ToListAsync(ct);
        return new Page<InboxItem>([.. items.Take(PageSize)], MoreBefore: false, MoreAfter: items.Count > PageSize);
    }

    private static async Task<Page<InboxItem>?> OlderAsync(IQueryable<InboxItem> mine, long? before, CancellationToken ct)
    {
        if (await FindAsync(mine, before, ct) is not { } edge) return null;
        var items = await NewestFirst(mine.Where(i => i.At < edge.At || (i.At == edge.At && i.Id < edge.Id))).Take(PageSize + 1).ToListAsync(ct);
        return items.Count == 0 ? null : new Page<InboxItem>([.. items.Take(PageSize)], MoreBefore: true, MoreAfter: items.Count > PageSize);
    }

    /// <summary>Null when so few are newer that the page of the newest shows them all.</summary>
    private static async Task<Page<InboxItem>?> NewerAsync(IQueryable<InboxItem> mine, long? after, CancellationToken ct)
    {
        if (await FindAsync(mine, after, ct) is not { } edge) return null;
        var items = await mine.Where(i => i.At > edge.At || (i.At == edge.At && i.Id > edge.Id))
            .OrderBy(i => i.At).ThenBy(i => i.Id).Take(PageSize + 1).ToListAsync(ct);
        return items.Count <= PageSize ? null : new Page<InboxItem>([.. items.Take(PageSize).Reverse()], MoreBefore: true, MoreAfter: true);
    }

    private static async Task<InboxItem?> FindAsync(IQueryable<InboxItem> mine, long? id, CancellationToken ct) =>
        id is null ? null : await mine.FirstOrDefaultAsync(i => i.Id == id, ct);

    private static IQueryable<InboxItem> NewestFirst(IQueryable<InboxItem> items) => items.OrderByDescending(i => i.At).ThenByDescending(i => i.Id);

    private static Task<int> UnreadAsync(LogisticsDb db, long me, CancellationToken ct) =>
        db.Inbox.CountAsync(i => i.PersonId == me && i.ReadAt == null, ct);
}

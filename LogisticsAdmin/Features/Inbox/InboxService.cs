using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Inbox;

/// <summary>A person's own inbox: newest first, unread counted. Nobody reads another's; see <see cref="NoticesTold"/>.</summary>
public sealed class InboxService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock)
{
    public const string Topic = "inbox";
    private const int Shown = 30;

    public async Task<InboxView> ReadAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        var lines = await db.Inbox.AsNoTracking().Where(i => i.PersonId == me)
            .OrderByDescending(i => i.At).ThenByDescending(i => i.Id).Take(Shown)
            .Select(i => new InboxLine(i.Id, i.Kind, i.Subject, i.Detail, i.About, i.At, i.ReadAt != null)).ToListAsync(ct);
        return new InboxView(lines, await UnreadAsync(db, me, ct));
    }

    public async Task<int> UnreadAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await UnreadAsync(db, user.PersonId, ct);
    }

    /// <summary>Marks the given lines of one's own inbox as read, or all when none are named.</summary>
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

    private static Task<int> UnreadAsync(LogisticsDb db, long me, CancellationToken ct) =>
        db.Inbox.CountAsync(i => i.PersonId == me && i.ReadAt == null, ct);
}

public sealed record InboxView(IReadOnlyList<InboxLine> Lines, int Unread);

public sealed record InboxLine(long Id, InboxKind Kind, string Subject, string? Detail, string? About, DateTimeOffset At, bool Read);

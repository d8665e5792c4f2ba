using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Inbox;

/// <summary>
/// On a person's page, for administrators alone: which messages the person received and whether they have read them. What they are about is said as
/// far as the administrator may see it. Messages of private kinds are not there.
/// </summary>
internal sealed class ReceivedMessages(IDbContextFactory<LogisticsDb> databases, CurrentUser user, NotificationKinds kinds) : IPersonSection
{
    private static readonly LocalName Read = LocalName.Of<InboxText>("PersonSection.Read"), Unread = LocalName.Of<InboxText>("PersonSection.Unread");

    public LocalName Title { get; } = LocalName.Of<InboxText>("PersonSection.Title");
    public LocalName? EmptyText { get; } = LocalName.Of<InboxText>("PersonSection.None");

    public async Task<PageSection?> ReadAsync(long personId, int take, CancellationToken ct)
    {
        if (!user.Actor.Is(Role.Administrator)) return null;
        var hidden = kinds.Private;
        await using var db = await databases.CreateDbContextAsync(ct);
        var received = db.Inbox.AsNoTracking().Where(i => i.PersonId == personId && !hidden.Contains(i.Kind));
        var total = await received.CountAsync(ct);
        var newest = await received.OrderByDescending(i => i.At).ThenByDescending(i => i.Id).Take(take).ToListAsync(ct);
        var titles = await MessageTitles.ReadAsync(db, user.Actor, newest.Select(i => (kinds.Find(i.Kind), i.Subject)), ct);
        return new PageSection(total, [.. newest.Select(i => LineOf(i, titles))]);
    }

    private SectionLine LineOf(InboxItem item, MessageTitles titles) => new(
        item.At, item.Subject, titles.Of(item.Kind, item.Subject, item.About)?.ToString() ?? "",
        item.ReadAt is null ? Unread : Read, kinds.Find(item.Kind)?.Address(user.Actor, item.Subject));
}

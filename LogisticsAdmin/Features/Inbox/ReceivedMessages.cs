using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Inbox;

/// <summary>On a person's page, for administrators alone: which messages the person received and whether they have read them.</summary>
internal sealed class ReceivedMessages(IDbContextFactory<LogisticsDb> databases, CurrentUser user, NotificationKinds kinds) : IPersonSection
{
    private static readonly LocalName Read = LocalName.Of<InboxText>("PersonSection.Read"), Unread = LocalName.Of<InboxText>("PersonSection.Unread");

    public LocalName Title { get; } = LocalName.Of<InboxText>("PersonSection.Title");
    public LocalName? EmptyText { get; } = LocalName.Of<InboxText>("PersonSection.None");

    public async Task<PageSection?> ReadAsync(long personId, int take, CancellationToken ct)
    {
        if (!user.Actor.Is(Role.Administrator)) return null;
        await using var db = await databases.CreateDbContextAsync(ct);
        var received = db.Inbox.AsNoTracking().Where(i => i.PersonId == personId);
        var total = await received.CountAsync(ct);
        var newest = await received.OrderByDescending(i => i.At).ThenByDescending(i => i.Id).Take(take).ToListAsync(ct);
        return new PageSection(total, [.. newest.Select(LineOf)]);
    }

    private SectionLine LineOf(InboxItem item) => new(
        item.At, item.Subject, item.About ?? "", item.ReadAt is null ? Unread : Read, kinds.Find(item.Kind)?.Address(user.Actor, item.Subject));
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Inbox;

/// <summary>What somebody was told, and whether they have read it, on their sheet: so that an administrator can say that they knew. For nobody else.</summary>
internal sealed class NoticesTold(IDbContextFactory<LogisticsDb> databases, CurrentUser user) : IPersonStory
{
    private static readonly LocalName Read = LocalName.Of<InboxText>("Story.Read"), Unread = LocalName.Of<InboxText>("Story.Unread");

    public LocalName Title { get; } = LocalName.Of<InboxText>("Story.Title");
    public LocalName? Nothing { get; } = LocalName.Of<InboxText>("Story.None");

    public async Task<PersonStory?> TellAsync(long personId, int take, CancellationToken ct)
    {
        if (!user.Actor.Is(Role.Administrator)) return null;
        await using var db = await databases.CreateDbContextAsync(ct);
        var told = db.Inbox.AsNoTracking().Where(i => i.PersonId == personId);
        var total = await told.CountAsync(ct);
        var newest = await told.OrderByDescending(i => i.At).ThenByDescending(i => i.Id).Take(take)
            .Select(i => new { i.At, i.Subject, i.About, IsRead = i.ReadAt != null }).ToListAsync(ct);
        return new PersonStory(total, [.. newest.Select(i => new StoryLine(i.At, i.Subject, i.About ?? "", i.IsRead ? Read : Unread, $"/repairs/{i.Subject}"))]);
    }
}

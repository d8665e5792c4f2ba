using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.RoomChanges;

/// <summary>Messages about a request, written inside the write of what they are about.</summary>
internal static class RoomChangeNotices
{
    public static void Tell(LogisticsDb db, RoomChange change, int kind, IEnumerable<long> people, DateTimeOffset at)
    {
        foreach (var person in people.Distinct())
        {
            db.Inbox.Add(new InboxItem(person, kind, change.Number, null, at, change.Number));
            db.Announce(new KeyChanged(InboxService.Topic, person));
        }
    }

    /// <summary>Tells the dispatchers that a request waits for the office.</summary>
    public static async Task TellOfficeAsync(LogisticsDb db, RoomChange change, DateTimeOffset at, CancellationToken ct)
    {
        var dispatchers = db.UserRoles.Where(r => r.RoleId == (long)Role.Dispatcher).Select(r => r.UserId);
        var people = await db.Users.Where(p => p.RetiredAt == null && (p.Status == PersonStatus.Expected || p.Status == PersonStatus.Active)
            && dispatchers.Contains(p.Id)).Select(p => p.Id).ToListAsync(ct);
        Tell(db, change, RoomChangeNotificationKind.ToDecide, people, at);
    }
}

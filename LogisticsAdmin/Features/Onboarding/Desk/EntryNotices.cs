using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>Messages to freshmen, written inside the write of what they are about.</summary>
public sealed class EntryNotices(OfficeTime office)
{
    /// <summary>About a bed, one of <see cref="EntryNotificationKind.All"/>.</summary>
    public void Tell(LogisticsDb db, long personId, int kind, EntryBed bed)
    {
        db.Inbox.Add(new InboxItem(
            personId, kind, bed.Id.ToString(CultureInfo.InvariantCulture), null, office.Now, $"{bed.Building.Zh} {bed.Room.Zh}-{bed.Code}"));
        db.Announce(new KeyChanged(InboxService.Topic, personId));
    }

    /// <summary>
    /// A bed that was given at <paramref name="since"/> or later is taken back: the message is removed, and who has read it is told that the bed was
    /// taken back, or which bed they have <paramref name="again"/>.
    /// </summary>
    internal async Task TakeBackAsync(LogisticsDb db, long personId, long bedId, DateTimeOffset since, long? again, CancellationToken ct)
    {
        var subject = bedId.ToString(CultureInfo.InvariantCulture);
        var told = await db.Inbox.Where(i => i.PersonId == personId && i.Kind == EntryNotificationKind.BedGiven && i.Subject == subject && i.At >= since)
            .ToListAsync(ct);
        foreach (var unread in told.Where(i => i.ReadAt is null))
        {
            db.Inbox.Remove(unread);
            db.Announce(new KeyChanged(InboxService.Topic, personId));
        }
        if (!told.Exists(i => i.ReadAt is not null)) return;
        var kind = again is null ? EntryNotificationKind.BedTakenBack : EntryNotificationKind.BedGiven;
        Tell(db, personId, kind, await EntryBeds.FindAsync(db, again ?? bedId, ct));
    }
}

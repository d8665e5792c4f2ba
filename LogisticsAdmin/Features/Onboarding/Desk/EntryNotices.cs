using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;

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
}

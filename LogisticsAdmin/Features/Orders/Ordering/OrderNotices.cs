using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>Messages to who ordered, written inside the write of what they are about.</summary>
public sealed class OrderNotices(OfficeTime office)
{
    public void Tell(LogisticsDb db, PlacedOrder order, int kind)
    {
        db.Inbox.Add(new InboxItem(
            order.PersonId, kind, order.Number, order.TotalFen.ToString(CultureInfo.InvariantCulture), office.Now));
        db.Announce(new KeyChanged(InboxService.Topic, order.PersonId));
    }
}

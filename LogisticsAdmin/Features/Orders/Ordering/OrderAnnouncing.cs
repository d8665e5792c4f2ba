using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Live;

namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>Tells open pages that an order changed, once the write is committed.</summary>
internal static class OrderAnnouncing
{
    public static void AnnounceOrder(this LogisticsDb db, PlacedOrder order) =>
        db.Announce(new KeyChanged(OrdersTopics.Orders, order.Id) { Day = order.Day });
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>Orders as rows, with their lines; the caller says which and in which order.</summary>
internal static class OrderReading
{
    public static IQueryable<OrderRow> Rows(this LogisticsDb db, IQueryable<PlacedOrder> orders)
    {
        var (canteens, stalls, rooms) = (db.Set<Shelf.Canteen>(), db.Set<Shelf.Stall>(), db.Set<Places.Room>());
        return orders.Select(o => new OrderRow(
            o.Id, o.Number, o.Shelf, o.State, o.PersonId, db.Users.Where(p => p.Id == o.PersonId).Select(p => p.FullName).First(),
            canteens.Where(c => c.Id == o.CanteenId).Select(c => new LocalName(c.Name, c.NameEn)).FirstOrDefault(),
            stalls.Where(s => s.Id == o.StallId).Select(s => new LocalName(s.Name, s.NameEn)).FirstOrDefault(),
            o.Day, o.Meal, o.Slot, rooms.Where(r => r.Id == o.RoomId).Select(r => r.Building.Name + " " + r.Code).FirstOrDefault(), o.Wish,
            new Money(o.TotalFen), o.CreatedAt, o.ReadyAt, o.EndedAt, o.Because,
            o.Lines.OrderBy(l => l.Id).Select(l => new LineRow(l.Id, l.ItemId, new LocalName(l.Name, l.NameEn), l.Quantity, new Money(l.PriceFen))).ToList()));
    }
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Goods;

/// <summary>Packing and bringing goods, for everybody who works here, on the phone. Others get <see cref="Forbidden"/>.</summary>
public sealed class RoundService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, CodeGuesses guesses, OrderNotices notices, OfficeTime office, ILogger<RoundService> log)
{
    private const int MostOrders = 200;

    public async Task<RoundView> ReadAsync(CancellationToken ct = default)
    {
        user.Actor.DemandStaff();
        await using var db = await databases.CreateDbContextAsync(ct);
        var goods = db.PlacedOrders.AsNoTracking().Where(o => o.Shelf == ShelfKind.Goods);
        var pack = await db.Rows(goods.Where(o => o.State == PlacedOrderState.Paid).OrderBy(o => o.Id).Take(MostOrders)).ToListAsync(ct);
        var bring = await db.Rows(goods.Where(o => o.State == PlacedOrderState.Ready && o.RoomId != null).OrderBy(o => o.Id).Take(MostOrders)).ToListAsync(ct);
        var ids = bring.ConvertAll(o => o.Id);
        var rooms = db.Set<Room>();
        var places = await db.PlacedOrders.AsNoTracking().Where(o => ids.Contains(o.Id))
            .Join(rooms, o => o.RoomId, r => (long?)r.Id, (o, r) => new { o.Id, Building = r.Building.Name, r.Floor, r.Code }).ToDictionaryAsync(x => x.Id, ct);
        return new RoundView(
            [
                .. pack.SelectMany(o => o.Lines).GroupBy(l => l.ItemId).Select(g => new PickLine(g.Last().Name, g.Sum(l => l.Quantity)))
                    .OrderBy(p => p.Item.Zh, StringComparer.Ordinal),
            ],
            pack.ConvertAll(Row),
            [
                .. from order in bring
                   let place = places[order.Id]
                   orderby place.Building, place.Floor, place.Code
                   group order by (place.Building, place.Floor) into stop
                   select new RoundStop(stop.Key.Building, stop.Key.Floor, [.. stop.Select(Row)]),
            ]);
    }

    /// <summary>Packed: it is brought next, or can be picked up. Who ordered is told.</summary>
    public Task PackAsync(long id, CancellationToken ct = default) => ActAsync(id, OrderVerb.Prepare, (db, order, me) =>
    {
        order.Prepare(me, office.Now);
        notices.Tell(db, order, order.RoomId is null ? OrderNotificationKind.Ready : OrderNotificationKind.OnTheWay);
    }, ct);

    /// <summary>Hands an order over at the door, to who says its code. Wrong codes are counted as at the counter.</summary>
    public async Task DeliverAsync(long id, string? typed, CancellationToken ct = default)
    {
        user.Actor.DemandStaff();
        guesses.Demand(user.PersonId);
        var code = PickUpCode.Parse(typed);
        await using var db = await databases.CreateDbContextAsync(ct);
        if (code is null || !await db.PlacedOrders.AnyAsync(o => o.Id == id && o.Code == code, ct))
        {
            guesses.Wrong(user.PersonId);
            throw Rejected.At<OrdersText>("Code", "WrongCode");
        }
        await ActAsync(id, OrderVerb.HandOver, (_, order, me) => order.HandOver(me, office.Now), ct);
    }

    private static RoundOrder Row(OrderRow order) => new(order.Id, order.Number, order.Room, order.Person, order.Lines);

    private async Task ActAsync(long id, OrderVerb verb, Action<LogisticsDb, PlacedOrder, long> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandStaff();
            var order = await db.PlacedOrders.SingleOrDefaultAsync(o => o.Id == id && o.Shelf == ShelfKind.Goods, token) ?? throw new NotFound();
            work(db, order, user.PersonId);
            db.AnnounceOrder(order);
        }, ct);
        log.OrderDone(id, verb, user.ActorOrNull?.PersonId);
    }
}

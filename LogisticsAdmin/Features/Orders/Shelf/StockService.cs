using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>Stocks of goods and portions of meals, kept by the whole office; others get <see cref="Forbidden"/>.</summary>
public sealed class StockService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, ILogger<StockService> log)
{
    /// <summary>Movements that people type; the others come from orders.</summary>
    public static readonly IReadOnlyList<MovementKind> Typed = [MovementKind.Received, MovementKind.Counted, MovementKind.WrittenOff];

    /// <summary>The code of the refusal to count, with the stock of now.</summary>
    public const string Changed = "StockChanged";

    private const int ShownMovements = 100;

    private static readonly MovementFormValidator MovementRules = new();
    private static readonly PortionsFormValidator PortionsRules = new();

    /// <summary>
    /// Adds a movement. Counting stores the difference to the stock, and refuses when the stock changed since the person saw it.
    /// </summary>
    public async Task MoveAsync(long itemId, MovementForm form, CancellationToken ct = default)
    {
        MovementRules.Demand(form);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandOrders();
            var item = await db.ShelfItems.SingleOrDefaultAsync(i => i.Id == itemId && i.Shelf == ShelfKind.Goods, token) ?? throw new NotFound();
            if (form.Kind == MovementKind.Counted && form.SeenStock != item.Stock) throw Rejected.Because<OrdersText>(Changed, item.Stock);
            var quantity = form.Kind switch
            {
                MovementKind.Received => form.Quantity!.Value,
                MovementKind.Counted => form.Quantity!.Value - item.Stock,
                _ => -form.Quantity!.Value,
            };
            if (quantity != 0) db.StockMovements.Add(item.Move(form.Kind, quantity, null, form.Note, user.PersonId, office.Now));
            db.Announce(new KeyChanged(OrdersTopics.Shelf, itemId));
        }, ct);
        log.ShelfDone("stock moved", itemId, user.ActorOrNull?.PersonId);
    }

    /// <summary>The newest movements of an item, or of all goods.</summary>
    public async Task<IReadOnlyList<MovementRow>> MovementsAsync(long? itemId, CancellationToken ct = default)
    {
        user.Actor.DemandOrders();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Movements(db, itemId).Take(ShownMovements).ToListAsync(ct);
    }

    public async Task<IReadOnlyList<MovementRow>> AllMovementsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOrders();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Movements(db, null).ToListAsync(ct);
    }

    /// <summary>The dishes that a meal of a day serves, or that are sold for it, with their portions.</summary>
    public async Task<IReadOnlyList<PortionsRow>> PortionsAsync(DateOnly day, Meal meal, long? canteenId, CancellationToken ct = default)
    {
        user.Actor.DemandOrders();
        await using var db = await databases.CreateDbContextAsync(ct);
        var stalls = await db.Stalls.AsNoTracking().Where(s => canteenId == null || s.CanteenId == canteenId).ToDictionaryAsync(s => s.Id, ct);
        var stocks = await db.MealStocks.AsNoTracking().Where(s => s.Day == day && s.Meal == meal).ToDictionaryAsync(s => s.ItemId, ct);
        var waited = (await db.Set<PlacedOrder>()
            .Where(o => o.Day == day && o.Meal == meal
                && (o.State == PlacedOrderState.Awaiting || o.State == PlacedOrderState.Paid || o.State == PlacedOrderState.Ready))
            .SelectMany(o => o.Lines.Select(l => l.ItemId)).Distinct().ToListAsync(ct)).ToHashSet();
        var dishes = await db.ShelfItems.AsNoTracking().Where(i => i.Shelf == ShelfKind.Meals).OrderBy(i => i.StallId).ThenBy(i => i.Code).ToListAsync(ct);
        return
        [
            .. from dish in dishes
               where stalls.ContainsKey(dish.StallId!.Value)
               let stock = stocks.GetValueOrDefault(dish.Id)
               where stock is not null || (dish.RetiredAt is null && dish.IsServedAt(day, meal))
               select new PortionsRow(
                   dish.Id, dish.LocalName, stalls[dish.StallId!.Value].LocalName, stock?.Offered ?? dish.PortionsPerMeal, stock?.Sold ?? 0,
                   stock?.IsWithdrawn ?? false, waited.Contains(dish.Id)),
        ];
    }

    /// <summary>Sets the portions of a dish for one meal; not below what is sold.</summary>
    public async Task OfferAsync(long itemId, DateOnly day, Meal meal, PortionsForm form, CancellationToken ct = default)
    {
        PortionsRules.Demand(form);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandOrders();
            if (!await db.ShelfItems.AnyAsync(i => i.Id == itemId && i.Shelf == ShelfKind.Meals, token)) throw new NotFound();
            var stock = await db.MealStocks.SingleOrDefaultAsync(s => s.ItemId == itemId && s.Day == day && s.Meal == meal, token);
            if (stock is null) db.MealStocks.Add(stock = new MealStock(itemId, day, meal, 0));
            if (form.Portions < stock.Sold) throw Rejected.At<OrdersText>(nameof(PortionsForm.Portions), "SoldAlready", stock.Sold);
            stock.Offer(form.Portions!.Value);
            db.Announce(new KeyChanged(OrdersTopics.Shelf, itemId));
        }, ct);
        log.ShelfDone("portions set", itemId, user.ActorOrNull?.PersonId);
    }

    private static IQueryable<MovementRow> Movements(LogisticsDb db, long? itemId)
    {
        var (items, orders) = (db.ShelfItems, db.Set<PlacedOrder>());
        return db.StockMovements.AsNoTracking().Where(m => itemId == null || m.ItemId == itemId).OrderByDescending(m => m.Id)
            .Join(items, m => m.ItemId, i => i.Id, (m, i) => new MovementRow(
                m.At, i.Code, new LocalName(i.Name, i.NameEn), m.Kind, m.Quantity, m.Balance,
                orders.Where(o => o.Id == m.OrderId).Select(o => o.Number).FirstOrDefault(), m.Note,
                db.Users.Where(u => u.Id == m.ById).Select(u => u.FullName).FirstOrDefault()));
    }
}

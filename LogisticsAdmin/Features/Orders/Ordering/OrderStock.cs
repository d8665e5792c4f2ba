using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>Takes what an order needs, and gives it back: portions of a meal, or goods. Inside the caller's write; the database checks it again.</summary>
internal static class OrderStock
{
    /// <summary>Takes what the lines of the order say. The order has its id.</summary>
    /// <exception cref="Rejected">There is not enough; nothing of the write is kept.</exception>
    public static async Task TakeAsync(
        LogisticsDb db, PlacedOrder order, IReadOnlyDictionary<long, ShelfItem> items, long? by, DateTimeOffset at, CancellationToken ct)
    {
        foreach (var line in order.Lines)
        {
            var item = items[line.ItemId];
            if (order is { Shelf: ShelfKind.Meals, Day: { } day, Meal: { } meal })
            {
                var stock = await PortionsAsync(db, item, day, meal, ct);
                if (stock.Left < line.Quantity) throw Rejected.Because<OrdersText>("NotEnoughPortions", item.LocalName, Math.Max(0, stock.Left));
                stock.Take(line.Quantity);
            }
            else
            {
                db.StockMovements.Add(item.Move(MovementKind.Ordered, -line.Quantity, order.Id, null, by, at));
            }
        }
    }

    /// <summary>Gives back what the order took.</summary>
    public static async Task ReleaseAsync(LogisticsDb db, PlacedOrder order, MovementKind kind, long? by, DateTimeOffset at, CancellationToken ct)
    {
        order.Release();
        foreach (var line in order.Lines)
        {
            if (order is { Shelf: ShelfKind.Meals, Day: { } day, Meal: { } meal })
            {
                var stock = await db.MealStocks.SingleAsync(s => s.ItemId == line.ItemId && s.Day == day && s.Meal == meal, ct);
                stock.Release(line.Quantity);
            }
            else
            {
                var item = await db.ShelfItems.SingleAsync(i => i.Id == line.ItemId, ct);
                db.StockMovements.Add(item.Move(kind, line.Quantity, order.Id, null, by, at));
            }
        }
    }

    /// <summary>The row of a dish for a meal, made when it is needed first.</summary>
    public static async Task<MealStock> PortionsAsync(LogisticsDb db, ShelfItem item, DateOnly day, Meal meal, CancellationToken ct)
    {
        var stock = await db.MealStocks.SingleOrDefaultAsync(s => s.ItemId == item.Id && s.Day == day && s.Meal == meal, ct);
        if (stock is null) db.MealStocks.Add(stock = new MealStock(item.Id, day, meal, item.PortionsPerMeal));
        return stock;
    }
}

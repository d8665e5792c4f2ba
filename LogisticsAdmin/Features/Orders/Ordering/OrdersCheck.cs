using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Orders.Shelf;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>
/// Checks that sold portions are those of orders, that stocks of goods are the sums of their movements, and that the ledger took what was paid and gave
/// back what was cancelled or refunded.
/// </summary>
internal sealed class OrdersCheck : IStorageCheck
{
    public string Subject => "orders 订餐订物";

    public async IAsyncEnumerable<string> ProblemsAsync(LogisticsDb db, string directory, [EnumeratorCancellation] CancellationToken ct)
    {
        var (lines, orders) = (db.OrderLines, db.PlacedOrders);
        var sold = await (
            from line in lines
            join order in orders on line.OrderId equals order.Id
            where order.Shelf == ShelfKind.Meals && !order.IsReleased
            group line.Quantity by new { line.ItemId, order.Day, order.Meal } into all
            select new { all.Key, Sum = all.Sum() }).ToDictionaryAsync(x => (x.Key.ItemId, x.Key.Day, x.Key.Meal), x => x.Sum, ct);
        foreach (var stock in await db.MealStocks.AsNoTracking().ToListAsync(ct))
        {
            var expected = sold.GetValueOrDefault((stock.ItemId, stock.Day, stock.Meal));
            if (stock.Sold == expected) continue;
            yield return $"Dish {stock.ItemId} of {stock.Day:yyyy-MM-dd} {stock.Meal} has {stock.Sold} sold portions, not {expected}.";
        }
        var moved = await db.StockMovements.GroupBy(m => m.ItemId).Select(g => new { g.Key, Sum = g.Sum(m => m.Quantity) })
            .ToDictionaryAsync(x => x.Key, x => x.Sum, ct);
        foreach (var item in await db.ShelfItems.AsNoTracking().Select(i => new { i.Id, i.Stock }).ToListAsync(ct))
        {
            if (item.Stock != moved.GetValueOrDefault(item.Id))
                yield return $"Thing {item.Id} has a stock of {item.Stock}, and its movements add up to {moved.GetValueOrDefault(item.Id)}.";
        }
        await foreach (var problem in MoneyAsync(db, ct)) yield return problem;
    }

    private static async IAsyncEnumerable<string> MoneyAsync(LogisticsDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        const string charged = "charge:" + OrderPayments.References;
        var booked = await db.LedgerTransactions.AsNoTracking().Where(t => t.Reference.StartsWith(charged)).Select(t => t.Reference).ToListAsync(ct);
        var known = booked.ToHashSet();
        PlacedOrderState[] given = [PlacedOrderState.Cancelled, PlacedOrderState.Refunded];
        await foreach (var order in db.PlacedOrders.AsNoTracking().Where(o => o.TotalFen > 0)
            .Select(o => new { o.Id, o.Number, o.State, o.PaidAt }).AsAsyncEnumerable().WithCancellation(ct))
        {
            var reference = $"charge:{OrderPayments.ReferenceOf(order.Id)}";
            var (isCharged, isGivenBack) = (known.Contains(reference), known.Contains($"{reference}:refund"));
            var (wasPaid, wasGivenBack) = (order.PaidAt is not null, order.PaidAt is not null && given.Contains(order.State));
            if (isCharged != wasPaid) yield return $"Order {order.Number} is {order.State}, and the ledger says otherwise.";
            else if (isGivenBack != wasGivenBack) yield return $"The money of order {order.Number} is at the wrong place.";
        }
    }
}

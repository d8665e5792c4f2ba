using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Demo;

/// <summary>
/// A fortnight of orders of some residents, paid from their accounts; most were picked up. What they paid is booked today, because earlier days of the
/// ledger may be sealed. Kitchens recorded what they threw away. Loaded once; the same every time, except for the codes.
/// </summary>
internal sealed class DemoOrders(IDbContextFactory<LogisticsDb> databases, OfficeTime office)
{
    private const int Days = 14, People = 40, OrdersPerMeal = 6, Seed = 20261201, WasteSeed = 20261202;

    /// <summary>Most often more was cooked than needed; sometimes nobody says why.</summary>
    private static readonly IReadOnlyList<WasteReason?> Reasons =
        [WasteReason.Overproduced, WasteReason.Overproduced, WasteReason.Overproduced, WasteReason.Returned, WasteReason.Spoilt, null];

    public async Task LoadAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.PlacedOrders.AnyAsync(ct) || !await db.Canteens.AnyAsync(ct)) return;
        await db.WriteAsync(token => MakeAsync(db, token), ct);
    }

    private async Task MakeAsync(LogisticsDb db, CancellationToken ct)
    {
        var held = db.UserRoles;
        var people = await db.Users.Where(p => p.RoomId != null && held.Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Resident)).OrderBy(p => p.Id)
            .Select(p => p.Id).Take(People).ToListAsync(ct);
        if (people.Count == 0) return;
        var random = new Random(Seed);
        List<PlacedOrder> orders = [];
        var meals = await db.ServedMeals.AsNoTracking().OrderBy(m => m.Id).ToListAsync(ct);
        var stalls = await db.Stalls.AsNoTracking().OrderBy(s => s.Id).ToListAsync(ct);
        var dishes = await db.ShelfItems.Where(i => i.Shelf == ShelfKind.Meals).OrderBy(i => i.Id).ToListAsync(ct);
        var portions = new Dictionary<(long, DateOnly, Meal), MealStock>();
        for (var back = Days; back >= 0; back--)
        {
            var day = office.Today.AddDays(-back);
            var made = new List<PlacedOrder>();
            foreach (var meal in meals.Where(m => m.CutOff(day, office) < office.Now || back == 0))
            {
                for (var n = 0; n < OrdersPerMeal; n++)
                {
                    var stall = Pick(random, stalls.FindAll(s => s.CanteenId == meal.CanteenId));
                    var menu = dishes.FindAll(d => d.StallId == stall.Id && d.IsServedAt(day, meal.Meal));
                    if (menu.Count == 0) continue;
                    var placedAt = meal.CutOff(day, office).AddMinutes(-random.Next(10, 600));
                    if (placedAt > office.Now) placedAt = office.Now.AddMinutes(-random.Next(1, 30));
                    var number = await db.NextNumberAsync(OrdersLimits.Series, office.DayOf(placedAt), ct);
                    var order = new PlacedOrder(
                        number, ShelfKind.Meals, Pick(random, people), PickUpCode.New(), null, null, placedAt);
                    foreach (var dish in menu.OrderBy(_ => random.Next()).Take(random.Next(1, 3))) order.Add(dish, random.Next(10) == 0 ? 2 : 1);
                    order.OfMeal(stall, day, meal.Meal, Pick(random, [.. meal.Slots()]));
                    order.Pay(placedAt);
                    End(order, meal, day, random);
                    Sell(db, order, dishes, portions);
                    made.Add(order);
                }
            }
            orders.AddRange(made);
        }
        orders.AddRange(await GoodsAsync(db, people, random, ct));
        db.PlacedOrders.AddRange(orders);
        db.MealWastes.AddRange(Wastes(meals, stalls, dishes));
        await db.SaveChangesAsync(ct);
        await MoveGoodsAsync(db, orders, ct);
        Review(db, orders, random);
        await BookAsync(db, orders, ct);
    }

    // Most are picked up, some are cancelled, and some forgotten. Of today's, those whose slot has begun are ready or done.
    private void End(PlacedOrder order, ServedMeal meal, DateOnly day, Random random)
    {
        var (slot, chance, now) = (office.At(day, order.Slot!.Value), random.Next(100), office.Now);
        if (chance < 4 && slot < now)
        {
            order.Cancel(order.PersonId, meal.CutOff(day, office).AddMinutes(-5));
            order.Release();
            return;
        }
        if (slot > now.AddMinutes(20)) return;
        order.Prepare(null, slot.AddMinutes(-5) > now ? now : slot.AddMinutes(-5));
        if (meal.End(day, office) < now && chance < 9) order.Miss(meal.End(day, office));
        else if (slot.AddMinutes(15) < now) order.HandOver(null, slot.AddMinutes(random.Next(1, 15)));
    }

    private static void Sell(LogisticsDb db, PlacedOrder order, List<ShelfItem> dishes, Dictionary<(long, DateOnly, Meal), MealStock> portions)
    {
        if (order.IsReleased) return;
        foreach (var line in order.Lines)
        {
            var key = (line.ItemId, order.Day!.Value, order.Meal!.Value);
            if (!portions.TryGetValue(key, out var stock))
            {
                portions[key] = stock = new MealStock(line.ItemId, key.Item2, key.Item3, dishes.Find(d => d.Id == line.ItemId)!.PortionsPerMeal);
                db.MealStocks.Add(stock);
            }
            stock.Take(line.Quantity);
        }
    }

    private async Task<List<PlacedOrder>> GoodsAsync(LogisticsDb db, List<long> people, Random random, CancellationToken ct)
    {
        var goods = await db.ShelfItems.Where(i => i.Shelf == ShelfKind.Goods && i.LimitPerPerson == 0).OrderBy(i => i.Id).ToListAsync(ct);
        List<PlacedOrder> orders = [];
        if (goods.Count == 0) return orders;
        for (var n = 24; n > 0; n--)
        {
            var at = office.Now.AddHours(-n * 12 - random.Next(10));
            var day = office.DayOf(at);
            var (person, thing) = (Pick(random, people), Pick(random, goods));
            var order = new PlacedOrder(
                await db.NextNumberAsync(OrdersLimits.Series, day, ct), ShelfKind.Goods, person, PickUpCode.New(), null, null, at);
            order.Add(thing, random.Next(1, 3));
            var room = thing.IsDelivered ? await db.Users.Where(p => p.Id == person).Select(p => p.RoomId).SingleAsync(ct) : null;
            order.OfGoods(day, room);
            order.Pay(at);
            if (n > 3) order.Prepare(null, at.AddHours(2));
            if (n > 6) order.HandOver(null, at.AddHours(8));
            orders.Add(order);
        }
        return orders;
    }

    private async Task MoveGoodsAsync(LogisticsDb db, List<PlacedOrder> orders, CancellationToken ct)
    {
        var goods = await db.ShelfItems.Where(i => i.Shelf == ShelfKind.Goods).ToDictionaryAsync(i => i.Id, ct);
        foreach (var order in orders.Where(o => o.Shelf == ShelfKind.Goods).OrderBy(o => o.CreatedAt))
        {
            foreach (var line in order.Lines)
                db.StockMovements.Add(goods[line.ItemId].Move(MovementKind.Ordered, -line.Quantity, order.Id, null, order.PersonId, office.Now));
        }
    }

    private static void Review(LogisticsDb db, List<PlacedOrder> orders, Random random)
    {
        foreach (var order in orders.Where(o => o.State == PlacedOrderState.Done))
        {
            foreach (var line in order.Lines.Where(_ => random.Next(10) < 3))
            {
                var stars = random.Next(8) == 0 ? 2 : random.Next(4, 6);
                db.ItemReviews.Add(new ItemReview(line.Id, line.ItemId, order.PersonId, stars, null, order.EndedAt!.Value));
            }
        }
    }

    private async Task BookAsync(LogisticsDb db, List<PlacedOrder> orders, CancellationToken ct)
    {
        var (pool, cash) = (LedgerAccount.OfOffice(LedgerAccountKind.Orders), LedgerAccount.OfOffice(LedgerAccountKind.Cash));
        var payers = orders.Select(o => o.PersonId).Distinct().Order().ToList();
        var ledger = await LedgerBatch.BeginAsync(db, [.. payers.Select(LedgerAccount.OfPerson), pool, cash], office.Today, office.Now, ct);
        foreach (var payer in payers)
        {
            var (key, spent) = (LedgerAccount.PersonKey(payer), orders.Where(o => o.PersonId == payer).Sum(o => o.TotalFen));
            var paid = new Money((spent + 5_000 + 9_999) / 10_000 * 10_000);
            ledger.Post(TransactionKind.TopUp, $"demo:orders:{key}", null, (key, paid), (cash.Key, Money.Zero - paid));
        }
        foreach (var order in orders.OrderBy(o => o.CreatedAt))
        {
            var (key, reference) = (LedgerAccount.PersonKey(order.PersonId), $"charge:{order.Reference}");
            ledger.Post(TransactionKind.Charge, reference, null, (key, Money.Zero - order.Total), (pool.Key, order.Total));
            if (order.State == PlacedOrderState.Cancelled)
                ledger.Post(TransactionKind.Refund, $"{reference}:refund", null, (pool.Key, Money.Zero - order.Total), (key, order.Total));
        }
        using var bulk = new BulkWriter(db);
        ledger.Write(bulk, ct);
    }

    // Of some dishes of each meal that is over; by numbers of their own, so that the orders stay what they are.
    private IEnumerable<MealWaste> Wastes(List<ServedMeal> meals, List<Stall> stalls, List<ShelfItem> dishes)
    {
        var random = new Random(WasteSeed);
        var canteens = stalls.ToDictionary(s => s.Id, s => s.CanteenId);
        for (var back = Days; back >= 0; back--)
        {
            var day = office.Today.AddDays(-back);
            foreach (var meal in meals.Where(m => m.IsServedOn(day) && m.End(day, office) < office.Now))
            {
                foreach (var dish in dishes.Where(d => canteens[d.StallId!.Value] == meal.CanteenId && d.IsServedAt(day, meal.Meal)))
                {
                    var (chance, quantity, reason) = (random.Next(100), random.Next(1, 7), Pick(random, Reasons));
                    if (chance >= 25) continue;
                    var waste = new MealWaste(dish.Id, day, meal.Meal);
                    // Nothing was left of some, and the kitchen says so.
                    waste.Set(chance < 4 ? 0 : quantity, reason);
                    yield return waste;
                }
            }
        }
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Phone;

/// <summary>Menus, goods and own orders, for residents. Orders of others do not exist here.</summary>
public sealed class MyOrdersQueries(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, IPersonalAccounts accounts, ItemStars reviews, OfficeTime office, KeptReadings kept)
{
    private const int ShownOrders = 30;

    /// <summary>The menu of a canteen, day and meal; what is not given or not served is chosen as what can be ordered next.</summary>
    public async Task<MenuView> MenuAsync(long? canteenId, DateOnly? day, Meal? meal, CancellationToken ct = default)
    {
        user.Actor.DemandOrdering();
        await using var db = await databases.CreateDbContextAsync(ct);
        var rules = await db.RulesAsync(ct);
        var canteens = await db.Canteens.AsNoTracking().Living().OrderBy(c => c.Code).ToListAsync(ct);
        var days = Enumerable.Range(0, rules.DaysAhead + 1).Select(office.Today.AddDays).ToList();
        var pause = await OrderPause.UntilAsync(db, user.PersonId, rules, office, ct);
        var choices = canteens.ConvertAll(c => new MenuChoice(c.Id, c.LocalName));
        if ((canteens.Find(c => c.Id == canteenId) ?? canteens.FirstOrDefault()) is not { } canteen)
            return new MenuView(null, null, office.Today, null, [], days, [], null, false, pause, rules.MostPortions, []);
        var meals = await db.ServedMeals.AsNoTracking().Where(m => m.CanteenId == canteen.Id).OrderBy(m => m.From).ToListAsync(ct);
        var chosen = day is { } asked && days.Contains(asked) ? asked : days.Find(d => meals.Exists(m => IsOpen(m, d))) is var next && next != default ? next
            : office.Today;
        var served = meals.FindAll(m => m.IsServedOn(chosen));
        var now = served.Find(m => m.Meal == meal) ?? served.Find(m => IsOpen(m, chosen)) ?? served.LastOrDefault();
        return new MenuView(
            canteen.Id, canteen.LocalName, chosen, now?.Meal, choices, days, served.ConvertAll(m => m.Meal), now?.CutOff(chosen, office),
            now is not null && pause is null && IsOpen(now, chosen), pause, rules.MostPortions,
            now is null ? [] : await StallsAsync(db, canteen.Id, chosen, now.Meal, ct));
    }

    /// <summary>All goods that are offered, by category.</summary>
    public async Task<IReadOnlyList<MenuItem>> GoodsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOrdering();
        await using var db = await databases.CreateDbContextAsync(ct);
        var goods = await db.ShelfItems.AsNoTracking().Living().Where(i => i.Shelf == ShelfKind.Goods).OrderBy(i => i.Category).ThenBy(i => i.Code)
            .ToListAsync(ct);
        var stars = await reviews.FindAsync(db, null, ct);
        return goods.ConvertAll(i => Item(i, i.Stock, stars));
    }

    /// <summary>What these lines are and cost. Null when there is nothing in them that is offered.</summary>
    public async Task<BasketView?> BasketAsync(long? stallId, DateOnly? day, Meal? meal, IReadOnlyList<BasketLine> lines, CancellationToken ct = default)
    {
        user.Actor.DemandOrdering();
        await using var db = await databases.CreateDbContextAsync(ct);
        var ids = lines.Take(OrdersLimits.Lines).Select(l => l.ItemId).ToList();
        var shelf = stallId is null ? ShelfKind.Goods : ShelfKind.Meals;
        var items = await db.ShelfItems.AsNoTracking().Living().Where(i => ids.Contains(i.Id) && i.Shelf == shelf && i.StallId == stallId)
            .ToDictionaryAsync(i => i.Id, ct);
        List<LineRow> rows =
        [
            .. lines.Where(l => items.ContainsKey(l.ItemId) && l.Quantity is > 0 and <= OrdersLimits.Quantity)
                .Select(l => new LineRow(0, l.ItemId, items[l.ItemId].LocalName, l.Quantity, items[l.ItemId].Price)),
        ];
        if (rows.Count == 0) return null;
        var (balance, total) = (await accounts.BalanceAsync(db, user.PersonId, ct), rows.Sum(r => r.Amount));
        if (shelf == ShelfKind.Goods)
        {
            var rooms = db.Set<Room>();
            var me = user.PersonId;
            var room = await db.Users.Where(p => p.Id == me).Join(rooms, p => p.RoomId, r => (long?)r.Id, (_, r) => r.Building.Name + " " + r.Code)
                .SingleOrDefaultAsync(ct);
            return new BasketView(shelf, null, null, null, rows, total, balance, [], room is not null && items.Values.All(i => i.IsDelivered), room,
                accounts.CanAsk);
        }
        var stall = await db.Stalls.AsNoTracking().SingleOrDefaultAsync(s => s.Id == stallId, ct);
        if (stall is null || day is not { } date || meal is not { } which) return null;
        var served = await db.ServedMeals.AsNoTracking().SingleOrDefaultAsync(m => m.CanteenId == stall.CanteenId && m.Meal == which, ct);
        if (served is null) return null;
        var taken = await db.PlacedOrders.AsNoTracking()
            .Where(o => o.Day == date && o.Meal == which && o.CanteenId == stall.CanteenId && OrderMoves.Holding.Contains(o.State))
            .GroupBy(o => o.Slot).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        return new BasketView(
            shelf, stall.LocalName, date, which, rows, total, balance,
            [
                .. served.Slots().Select(s => new BasketSlot(
                    s, served.EndOf(s), Math.Max(0, served.SlotCapacity - (taken.Find(t => t.Key == s)?.Count ?? 0)))),
            ],
            false, null, accounts.CanAsk);
    }

    /// <summary>Own orders, the newest first.</summary>
    public async Task<IReadOnlyList<OrderRow>> MineAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Rows(db.PlacedOrders.AsNoTracking().Where(o => o.PersonId == me).OrderByDescending(o => o.Id).Take(ShownOrders)).ToListAsync(ct);
    }

    /// <summary>Own orders that need the person now, the newest first: ready ones with their code, and those that wait for their payment.</summary>
    public async Task<IReadOnlyList<HomeOrder>> HomeAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        // Lines of an order are stored with it and never change.
        return await kept.OfAsync(
            "Orders.Home", me,
            [
                RowsRead.Of<PlacedOrder>(me), RowsRead.Of<Person>(me), RowsRead.All<ServedMeal>(), RowsRead.All<Canteen>(), RowsRead.All<Stall>(),
                RowsRead.All<Room>(), RowsRead.All<Building>(),
            ],
            token => ReadHomeAsync(me, token), ct);
    }

    private async Task<IReadOnlyList<HomeOrder>> ReadHomeAsync(long me, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var mine = db.PlacedOrders.AsNoTracking()
            .Where(o => o.PersonId == me && (o.State == PlacedOrderState.Ready || o.State == PlacedOrderState.Awaiting));
        var rows = await db.Rows(mine.OrderByDescending(o => o.Id).Take(ShownOrders)).ToListAsync(ct);
        if (!rows.Exists(r => r.State == PlacedOrderState.Ready)) return rows.ConvertAll(r => new HomeOrder(r, null, null));
        var ready = await mine.Where(o => o.State == PlacedOrderState.Ready).Select(o => new { o.Id, o.Code, o.CanteenId }).ToDictionaryAsync(o => o.Id, ct);
        var canteens = ready.Values.Select(o => o.CanteenId).Distinct().ToList();
        var meals = await db.ServedMeals.AsNoTracking().Where(m => canteens.Contains(m.CanteenId)).ToListAsync(ct);
        return rows.ConvertAll(row =>
        {
            if (!ready.TryGetValue(row.Id, out var order)) return new HomeOrder(row, null, null);
            var served = meals.Find(m => m.CanteenId == order.CanteenId && m.Meal == row.Meal);
            return new HomeOrder(row, order.Code, served?.WaitsUntil(row.Day!.Value, row.Slot!.Value, office));
        });
    }

    /// <summary>An own order.</summary>
    /// <exception cref="NotFound">There is none with this number, or it is somebody else's.</exception>
    public async Task<MyOrder> FindAsync(string number, CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        var order = await db.PlacedOrders.AsNoTracking().SingleOrDefaultAsync(o => o.Number == number && o.PersonId == me, ct) ?? throw new NotFound();
        var row = await db.Rows(db.PlacedOrders.AsNoTracking().Where(o => o.Id == order.Id)).SingleAsync(ct);
        var canteen = await db.Canteens.AsNoTracking().SingleOrDefaultAsync(c => c.Id == order.CanteenId, ct);
        var served = await db.ServedMeals.AsNoTracking().SingleOrDefaultAsync(m => m.CanteenId == order.CanteenId && m.Meal == order.Meal, ct);
        var lines = row.Lines.Select(l => l.Id).ToList();
        var reviewed = await db.ItemReviews.AsNoTracking().Where(r => lines.Contains(r.LineId)).ToDictionaryAsync(r => r.LineId, r => r.Stars, ct);
        var mayCancel = OrderVerb.Cancel.Allows(order.State) && (served is null || office.Now < served.CutOff(order.Day!.Value, office));
        return new MyOrder(
            row, order.Code, order.PaymentNumber, order.HeldUntil, canteen is null ? null : new LocalName(canteen.Location, canteen.LocationEn), mayCancel,
            order.PaidAt is not null, reviewed);
    }

    private bool IsOpen(ServedMeal meal, DateOnly day) => meal.IsServedOn(day) && office.Now < meal.CutOff(day, office);

    private async Task<IReadOnlyList<MenuStall>> StallsAsync(LogisticsDb db, long canteen, DateOnly day, Meal meal, CancellationToken ct)
    {
        var stalls = await db.Stalls.AsNoTracking().Living().Where(s => s.CanteenId == canteen).OrderBy(s => s.Code).ToListAsync(ct);
        var ids = stalls.ConvertAll(s => (long?)s.Id);
        var dishes = (await db.ShelfItems.AsNoTracking().Living().Where(i => ids.Contains(i.StallId)).OrderBy(i => i.Code).ToListAsync(ct))
            .FindAll(i => i.IsServedAt(day, meal));
        var stocks = await db.MealStocks.AsNoTracking().Where(s => s.Day == day && s.Meal == meal).ToDictionaryAsync(s => s.ItemId, ct);
        var stars = await reviews.FindAsync(db, canteen, ct);
        return
        [
            .. from stall in stalls
               let menu = dishes.FindAll(d => d.StallId == stall.Id)
               where menu.Count > 0
               select new MenuStall(
                   stall.Id, stall.LocalName, stall.IsHalal,
                   menu.ConvertAll(d => Item(d, stocks.TryGetValue(d.Id, out var stock) ? stock.Left : d.PortionsPerMeal, stars))),
        ];
    }

    private static MenuItem Item(ShelfItem item, int left, IReadOnlyDictionary<long, decimal> stars) => new(
        item.Id, item.LocalName, item.Price, item.Category, item.Unit, item.Allergens, item.IsVegetarian, item.IsHalal, Math.Max(0, left),
        item.LimitPerPerson, item.IsDelivered, stars.TryGetValue(item.Id, out var given) ? given : null, item.PictureKey);
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>
/// What residents do with their own orders. Everything that decides - cut-off, slot, portions, price, rule of orders that were not picked up - is asked
/// inside the write that stores and charges the order, so that two never get the same portion and nobody pays for what they did not get.
/// </summary>
public sealed class OrderingService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, IPersonalAccounts accounts, OfficeTime office, ILogger<OrderingService> log)
{
    private static readonly OrderFormValidator Rules = new();
    private static readonly ReviewFormValidator ReviewRules = new();

    /// <summary>Places an order and pays it, or asks for its payment. A form sent twice is one order.</summary>
    /// <exception cref="Rejected">Too late, sold out, the slot is full, too many, the account has less, or the prices changed.</exception>
    public async Task<OrderAnswer> PlaceAsync(OrderForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        await using var db = await databases.CreateDbContextAsync(ct);
        var (id, answer) = await db.WriteAsync(async token =>
        {
            user.Actor.DemandOrdering();
            var me = user.PersonId;
            if (form.Key is { } key && await db.PlacedOrders.AsNoTracking().SingleOrDefaultAsync(o => o.PersonId == me && o.Key == key, token) is { } made)
                return (made.Id, AnswerOf(made));
            var (now, rules) = (office.Now, await db.RulesAsync(token));
            var lines = LinesOf(form);
            var items = await ItemsAsync(db, form, lines, token);
            var order = new PlacedOrder(
                await db.NextNumberAsync(OrdersLimits.Series, office.Today, token), form.Shelf, me, PickUpCode.New(), form.Key, me, now);
            foreach (var line in lines) order.Add(items[line.ItemId], line.Quantity);
            if (form.SeenFen is { } seen && seen != order.TotalFen) throw Rejected.Because<OrdersText>("PriceChanged", order.Total);
            if (form.PayWay == PayWay.Gateway && order.TotalFen > 0) await DemandMayPayLaterAsync(db, me, token);
            order.Ask(form.Wish);
            if (form.Shelf == ShelfKind.Meals) await ForMealAsync(db, order, form, items, rules, token);
            else await ForGoodsAsync(db, order, form, items, token);
            order.Hold(now.AddMinutes(rules.HoldMinutes));
            db.PlacedOrders.Add(order);
            await db.SaveChangesAsync(token);
            await OrderStock.TakeAsync(db, order, items, me, now, token);
            await PayAsync(db, order, form.PayWay, now, token);
            db.AnnounceOrder(order);
            return (order.Id, AnswerOf(order));
        }, ct);
        log.OrderDone(id, OrderVerb.Place, user.ActorOrNull?.PersonId);
        return answer;
    }

    /// <summary>
    /// Cancels an own order: meals until their cut-off, goods until they are packed. What was paid goes back to the account, once.
    /// </summary>
    public async Task CancelAsync(string number, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var id = await db.WriteAsync(async token =>
        {
            user.Actor.DemandOrdering();
            var me = user.PersonId;
            var order = await db.PlacedOrders.Include(o => o.Lines).SingleOrDefaultAsync(o => o.Number == number && o.PersonId == me, token)
                ?? throw new NotFound();
            if (order is { CanteenId: { } canteen, Day: { } day, Meal: { } meal } && OrderVerb.Cancel.Allows(order.State))
            {
                var served = await db.ServedMeals.AsNoTracking().SingleOrDefaultAsync(m => m.CanteenId == canteen && m.Meal == meal, token);
                if (served is not null && office.Now >= served.CutOff(day, office)) throw Rejected.Because<OrdersText>("TooLateToCancel");
            }
            order.Cancel(me, office.Now);
            await OrderStock.ReleaseAsync(db, order, MovementKind.Released, me, office.Now, token);
            await accounts.RefundAsync(db, order.Reference, token);
            db.AnnounceOrder(order);
            return order.Id;
        }, ct);
        log.OrderDone(id, OrderVerb.Cancel, user.ActorOrNull?.PersonId);
    }

    /// <summary>Stars and words about something that was picked up, once.</summary>
    public async Task ReviewAsync(string number, ReviewForm form, CancellationToken ct = default)
    {
        ReviewRules.Demand(form);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandOrdering();
            var me = user.PersonId;
            var order = await db.PlacedOrders.AsNoTracking().Include(o => o.Lines).SingleOrDefaultAsync(o => o.Number == number && o.PersonId == me, token);
            if (order?.Lines.FirstOrDefault(l => l.Id == form.LineId) is not { } line) throw new NotFound();
            if (order.State != PlacedOrderState.Done) throw Rejected.Because<OrdersText>("NotPickedUp");
            if (await db.ItemReviews.AnyAsync(r => r.LineId == line.Id, token)) return;
            db.ItemReviews.Add(new ItemReview(line.Id, line.ItemId, me, form.Stars!.Value, form.Text, office.Now));
        }, ct);
    }

    private static OrderAnswer AnswerOf(PlacedOrder order) =>
        new(order.Number, order.State == PlacedOrderState.Awaiting ? order.PaymentNumber : null);

    /// <summary>The lines of the form, each item once.</summary>
    private static List<BasketLine> LinesOf(OrderForm form)
    {
        var lines = form.Lines.Where(l => l.Quantity != 0).GroupBy(l => l.ItemId)
            .Select(g => new BasketLine(g.Key, (int)Math.Clamp(g.Sum(l => (long)l.Quantity), int.MinValue, int.MaxValue))).ToList();
        if (lines.Count == 0) throw Rejected.Because<OrdersText>("EmptyBasket");
        if (lines.Count > OrdersLimits.Lines || lines.Any(l => l.Quantity is < 0 or > OrdersLimits.Quantity)) throw Rejected.Because<OrdersText>("TooMany");
        return lines;
    }

    private static async Task<Dictionary<long, ShelfItem>> ItemsAsync(LogisticsDb db, OrderForm form, List<BasketLine> lines, CancellationToken ct)
    {
        var ids = lines.Select(l => l.ItemId).ToList();
        var items = await db.ShelfItems.Where(i => ids.Contains(i.Id) && i.Shelf == form.Shelf).ToDictionaryAsync(i => i.Id, ct);
        foreach (var id in ids)
        {
            if (!items.TryGetValue(id, out var item)) throw new NotFound();
            if (item.RetiredAt is not null) throw Rejected.Because<OrdersText>("NoLongerOffered", item.LocalName);
        }
        return items;
    }

    private async Task ForMealAsync(
        LogisticsDb db, PlacedOrder order, OrderForm form, Dictionary<long, ShelfItem> items, OrderingRules rules, CancellationToken ct)
    {
        if (form is not { StallId: { } stallId, Day: { } day, Meal: { } meal, Slot: { } slot }) throw new NotFound();
        var stall = await db.Stalls.AsNoTracking().Living().SingleOrDefaultAsync(s => s.Id == stallId, ct) ?? throw new NotFound();
        if (!await db.Canteens.Living().AnyAsync(c => c.Id == stall.CanteenId, ct)) throw new NotFound();
        var served = await db.ServedMeals.AsNoTracking().SingleOrDefaultAsync(m => m.CanteenId == stall.CanteenId && m.Meal == meal, ct);
        if (served is null || !served.IsServedOn(day) || day < office.Today || day > office.Today.AddDays(rules.DaysAhead))
            throw Rejected.Because<OrdersText>("NotServed");
        if (office.Now >= served.CutOff(day, office)) throw Rejected.Because<OrdersText>("TooLateToOrder");
        if (!served.Slots().Contains(slot)) throw Rejected.At<OrdersText>(nameof(OrderForm.Slot), "NoSuchSlot");
        var before = await BeforeAsync(db, user.PersonId, day, meal, ct);
        if (before.Values.Sum() + order.Lines.Sum(l => l.Quantity) > rules.MostPortions)
            throw Rejected.Because<OrdersText>("TooManyPortions", rules.MostPortions);
        foreach (var line in order.Lines)
        {
            var item = items[line.ItemId];
            if (item.StallId != stall.Id) throw new NotFound();
            if (!item.IsServedAt(day, meal)) throw Rejected.Because<OrdersText>("NoLongerOffered", item.LocalName);
            if (item.LimitPerPerson > 0 && before.GetValueOrDefault(item.Id) + line.Quantity > item.LimitPerPerson)
                throw Rejected.Because<OrdersText>("LimitOf", item.LocalName, item.LimitPerPerson);
        }
        if (await OrderPause.UntilAsync(db, user.PersonId, rules, office, ct) is { } until) throw Rejected.Because<OrdersText>("Paused", until);
        var taken = await db.PlacedOrders.CountAsync(
            o => o.Day == day && o.Meal == meal && o.CanteenId == stall.CanteenId && o.Slot == slot && OrderMoves.Holding.Contains(o.State), ct);
        if (taken >= served.SlotCapacity) throw Rejected.At<OrdersText>(nameof(OrderForm.Slot), "SlotIsFull");
        order.OfMeal(stall, day, meal, slot);
    }

    /// <summary>How many of each dish the person has for this meal.</summary>
    private static async Task<Dictionary<long, int>> BeforeAsync(LogisticsDb db, long me, DateOnly day, Meal meal, CancellationToken ct) => await (
        from o in db.PlacedOrders
        where o.PersonId == me && o.Day == day && o.Meal == meal && OrderMoves.Holding.Contains(o.State)
        join l in db.OrderLines on o.Id equals l.OrderId
        group l.Quantity by l.ItemId into all
        select new { all.Key, Sum = all.Sum() }).ToDictionaryAsync(x => x.Key, x => x.Sum, ct);

    /// <summary>One unpaid order of each person at a time, so that nobody holds portions and slots without paying.</summary>
    private async Task DemandMayPayLaterAsync(LogisticsDb db, long me, CancellationToken ct)
    {
        if (!accounts.CanAsk) throw Rejected.Because<OrdersText>("NoPayOnline");
        if (await db.PlacedOrders.AnyAsync(o => o.PersonId == me && o.State == PlacedOrderState.Awaiting, ct))
            throw Rejected.Because<OrdersText>("PayFirst");
    }

    private async Task ForGoodsAsync(LogisticsDb db, PlacedOrder order, OrderForm form, Dictionary<long, ShelfItem> items, CancellationToken ct)
    {
        var me = user.PersonId;
        var since = office.Today.AddDays(-GoodsLimitDays);
        foreach (var line in order.Lines)
        {
            var item = items[line.ItemId];
            if (item.LimitPerPerson == 0) continue;
            var before = await (
                from l in db.OrderLines
                where l.ItemId == item.Id
                join o in db.PlacedOrders on l.OrderId equals o.Id
                where o.PersonId == me && o.Day > since && OrderMoves.Holding.Contains(o.State)
                select l.Quantity).SumAsync(ct);
            if (before + line.Quantity > item.LimitPerPerson) throw Rejected.Because<OrdersText>("LimitOf", item.LocalName, item.LimitPerPerson);
        }
        long? room = null;
        if (form.IsDelivered)
        {
            if (items.Values.FirstOrDefault(i => !i.IsDelivered) is { } only) throw Rejected.Because<OrdersText>("NotDelivered", only.LocalName);
            room = await db.Users.Where(p => p.Id == me).Select(p => p.RoomId).SingleAsync(ct) ?? throw Rejected.Because<OrdersText>("NoRoom");
        }
        order.OfGoods(office.Today, room);
    }

    private async Task PayAsync(LogisticsDb db, PlacedOrder order, PayWay way, DateTimeOffset now, CancellationToken ct)
    {
        if (order.TotalFen == 0)
        {
            order.Pay(now);
        }
        else if (way == PayWay.Account)
        {
            await accounts.ChargeAsync(db, order.PersonId, order.Reference, order.Total, ct);
            order.Pay(now);
        }
        else
        {
            order.PayWith(await accounts.AskAsync(db, order.PersonId, order.Reference, order.Total, ct));
        }
    }

    /// <summary>Limits of goods count the orders of so many days.</summary>
    internal const int GoodsLimitDays = 30;
}

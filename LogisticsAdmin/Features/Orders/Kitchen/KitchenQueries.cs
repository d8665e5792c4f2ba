using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Kitchen;

/// <summary>Today's orders of meals, for kitchens and walls. For the office; nobody's name and no code is on them.</summary>
public sealed class KitchenQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office)
{
    public async Task<KitchenView> ReadAsync(KitchenFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOrders();
        await using var db = await databases.CreateDbContextAsync(ct);
        var (today, now) = (office.Today, office.Now);
        // What was paid is cooked although its canteen was retired, or its meal is no longer served on this day.
        var open = await db.PlacedOrders.AsNoTracking()
            .Where(o => o.Day == today && o.Shelf == ShelfKind.Meals && (o.State == PlacedOrderState.Paid || o.State == PlacedOrderState.Ready))
            .Select(o => new { o.CanteenId, o.Meal }).Distinct().ToListAsync(ct);
        var canteens = (await db.Canteens.AsNoTracking().OrderBy(c => c.Code).ToListAsync(ct))
            .FindAll(c => c.RetiredAt is null || open.Exists(o => o.CanteenId == c.Id));
        if ((canteens.Find(c => c.Id == filter.CanteenId) ?? canteens.FirstOrDefault()) is not { } canteen) return KitchenView.Empty;
        var served = (await db.ServedMeals.AsNoTracking().Where(m => m.CanteenId == canteen.Id).OrderBy(m => m.From).ToListAsync(ct))
            .FindAll(m => m.IsServedOn(today) || IsWaited(m));
        var meal = served.Find(m => m.Meal == filter.Meal) ?? served.Find(m => m.End(today, office) > now || IsWaited(m)) ?? served.LastOrDefault();
        var names = canteens.ConvertAll(c => new KitchenChoice(Key(c.Id), c.LocalName, 0));
        if (meal is null) return KitchenView.Empty with { Canteen = canteen.LocalName, Canteens = names };
        var stalls = await db.Stalls.AsNoTracking().Where(s => s.CanteenId == canteen.Id).OrderBy(s => s.Code).ToListAsync(ct);
        var orders = await db.PlacedOrders.AsNoTracking().Include(o => o.Lines)
            .Where(o => o.Day == today && o.Meal == meal.Meal && o.CanteenId == canteen.Id && Shown.Contains(o.State)).OrderBy(o => o.Id).ToListAsync(ct);
        var ofStall = orders.Where(o => filter.StallId is null || o.StallId == filter.StallId).ToList();
        var ofSlot = ofStall.Where(o => filter.Slot is null || o.Slot == filter.Slot).ToList();
        var later = filter.Slot is { } slot ? ofStall.Where(o => o.Slot > slot) : [];
        return new KitchenView(
            canteen.LocalName, meal.Meal, names,
            [
                .. stalls.Where(s => s.RetiredAt is null || orders.Exists(o => o.StallId == s.Id))
                    .Select(s => new KitchenChoice(Key(s.Id), s.LocalName, orders.Count(o => o.StallId == s.Id && o.State == PlacedOrderState.Paid))),
            ],
            [
                .. meal.Slots().Concat(ofStall.Select(o => o.Slot!.Value)).Distinct().Order()
                    .Select(s => new KitchenChoice(TypedTime.Show(s), SlotName(meal, s), ofStall.Count(o => o.Slot == s && IsOpen(o)))),
            ],
            Totals([.. ofSlot.Where(IsOpen)], [.. later.Where(IsOpen)]),
            [.. ofSlot.Where(IsOpen).OrderBy(o => o.Slot).ThenBy(o => o.Id).Select(o => Row(o, stalls))],
            [.. ofStall.Where(o => o.State == PlacedOrderState.Ready).OrderBy(o => o.ReadyAt).Select(o => Row(o, stalls))],
            ofStall.Count(o => o.State == PlacedOrderState.Done));

        bool IsWaited(ServedMeal one) => open.Exists(o => o.CanteenId == canteen.Id && o.Meal == one.Meal);
    }

    /// <summary>The wall of a canteen: the newest ready orders first.</summary>
    public async Task<WallView> WallAsync(long? canteenId, CancellationToken ct = default)
    {
        var view = await ReadAsync(new KitchenFilter { CanteenId = canteenId }, ct);
        return new WallView(
            view.Canteen, [.. view.Ready.OrderByDescending(o => o.ReadyAt).Select(o => new WallOrder(o.Id, o.Call, o.Stall))],
            [.. view.Cook.Select(o => new WallOrder(o.Id, o.Call, o.Stall))]);
    }

    private static readonly PlacedOrderState[] Shown = [PlacedOrderState.Paid, PlacedOrderState.Ready, PlacedOrderState.Done];

    private static bool IsOpen(PlacedOrder order) => order.State == PlacedOrderState.Paid;

    private static List<ToCook> Totals(List<PlacedOrder> now, List<PlacedOrder> later)
    {
        var afterwards = later.SelectMany(o => o.Lines).GroupBy(l => l.ItemId).ToDictionary(g => g.Key, g => g.Sum(l => l.Quantity));
        return
        [
            .. now.SelectMany(o => o.Lines).GroupBy(l => l.ItemId)
                .Select(g => new ToCook(new LocalName(g.Last().Name, g.Last().NameEn), g.Sum(l => l.Quantity), afterwards.GetValueOrDefault(g.Key)))
                .OrderByDescending(t => t.Now).ThenBy(t => t.Dish.Zh, StringComparer.Ordinal),
        ];
    }

    private KitchenOrder Row(PlacedOrder order, List<Stall> stalls)
    {
        var due = office.At(order.Day!.Value, order.Slot!.Value);
        var since = due > order.CreatedAt ? due : order.CreatedAt;
        return new KitchenOrder(
            order.Id, CallNumber.Of(order.Number, order.Day), order.State, stalls.Find(s => s.Id == order.StallId)!.LocalName, order.Slot!.Value,
            order.Wish,
            [.. order.Lines.OrderBy(l => l.Id).Select(l => new LineRow(l.Id, l.ItemId, new LocalName(l.Name, l.NameEn), l.Quantity, new Money(l.PriceFen)))],
            Math.Max(0, (int)(office.Now - since).TotalMinutes), order.ReadyAt);
    }

    private static LocalName SlotName(ServedMeal meal, TimeOnly slot)
    {
        var name = $"{TypedTime.Show(slot)}–{TypedTime.Show(meal.EndOf(slot))}";
        return new LocalName(name, name);
    }

    private static string Key(long id) => id.ToString(CultureInfo.InvariantCulture);
}

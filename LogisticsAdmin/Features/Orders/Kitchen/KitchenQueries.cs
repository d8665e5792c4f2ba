using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Kitchen;

/// <summary>Today's orders of meals, for kitchens and walls. For the office; nobody's name and no code is on them.</summary>
public sealed class KitchenQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user, KitchenBoard board, OfficeTime office)
{
    /// <summary>What a kitchen looks at, as it is now.</summary>
    public Task<KitchenView> ReadAsync(KitchenFilter filter, CancellationToken ct = default) => ReadAsync(filter, null, ct);

    /// <summary>
    /// What a kitchen looks at, with the changes of the feed up to <paramref name="since"/>: all screens that heard of a change get what was read once.
    /// </summary>
    public async Task<KitchenView> ReadAsync(KitchenFilter filter, long? since, CancellationToken ct = default)
    {
        user.Actor.DemandOrders();
        var (today, now, served) = (office.Today, office.Now, await board.ServedAsync(databases, since, ct));
        // What was paid is cooked although its canteen was retired, or its meal is no longer served on this day.
        var canteens = served.Canteens.Where(c => c.RetiredAt is null || served.Waiting.Any(w => w.Canteen == c.Id)).ToList();
        if ((canteens.Find(c => c.Id == filter.CanteenId) ?? canteens.FirstOrDefault()) is not { } canteen) return KitchenView.Empty;
        var meals = served.Meals.Where(m => m.CanteenId == canteen.Id && (m.IsServedOn(today) || IsWaited(m))).ToList();
        var meal = meals.Find(m => m.Meal == filter.Meal) ?? meals.Find(m => m.End(today, office) > now || IsWaited(m)) ?? meals.LastOrDefault();
        var names = canteens.ConvertAll(c => new KitchenChoice(Key(c.Id), c.LocalName, 0));
        if (meal is null) return KitchenView.Empty with { Canteen = canteen.LocalName, Canteens = names };
        var orders = await board.OrdersAsync(databases, canteen.Id, meal.Meal, since, ct);
        var stalls = orders.Stalls.ToDictionary(s => s.Id, s => s.LocalName);
        var ofStall = orders.Open.Where(o => filter.StallId is null || o.StallId == filter.StallId).ToList();
        var done = orders.Done.Where(o => filter.StallId is null || o.StallId == filter.StallId).ToList();
        var cook = ofStall.FindAll(IsToCook);
        var ofSlot = cook.FindAll(o => filter.Slot is null || o.Slot == filter.Slot);
        var later = filter.Slot is { } slot ? cook.FindAll(o => o.Slot > slot) : [];
        var (byStall, bySlot) = (orders.Open.Where(IsToCook).CountBy(o => o.StallId).ToDictionary(), cook.CountBy(o => o.Slot).ToDictionary());
        return new KitchenView(
            canteen.LocalName, meal.Meal, names,
            [
                .. orders.Stalls.Where(s => s.RetiredAt is null || orders.Open.Any(o => o.StallId == s.Id) || orders.Done.Any(o => o.StallId == s.Id))
                    .Select(s => new KitchenChoice(Key(s.Id), s.LocalName, byStall.GetValueOrDefault(s.Id))),
            ],
            [
                .. meal.Slots().Concat(ofStall.Select(o => o.Slot)).Concat(done.Select(o => o.Slot)).Distinct().Order()
                    .Select(s => new KitchenChoice(TypedTime.Show(s), SlotName(meal, s), bySlot.GetValueOrDefault(s))),
            ],
            Totals(ofSlot, later),
            [.. ofSlot.OrderBy(o => o.Slot).ThenBy(o => o.Id).Select(o => Row(o, stalls, now))],
            [.. ofStall.Where(o => o.State == PlacedOrderState.Ready).OrderBy(o => o.ReadyAt).Select(o => Row(o, stalls, now))],
            done.Sum(o => o.Count));

        bool IsWaited(ServedMeal one) => served.Waiting.Contains((canteen.Id, one.Meal));
    }

    /// <summary>The wall of a canteen as it is now: the newest ready orders first.</summary>
    public Task<WallView> WallAsync(long? canteenId, CancellationToken ct = default) => WallAsync(canteenId, null, ct);

    /// <summary>The wall of a canteen, with the changes of the feed up to <paramref name="since"/>.</summary>
    public async Task<WallView> WallAsync(long? canteenId, long? since, CancellationToken ct = default)
    {
        var view = await ReadAsync(new KitchenFilter { CanteenId = canteenId }, since, ct);
        return new WallView(
            view.Canteen, [.. view.Ready.OrderByDescending(o => o.ReadyAt).Select(o => new WallOrder(o.Id, o.Call, o.Stall))],
            [.. view.Cook.Select(o => new WallOrder(o.Id, o.Call, o.Stall))]);
    }

    private static bool IsToCook(BoardOrder order) => order.State == PlacedOrderState.Paid;

    private static List<ToCook> Totals(List<BoardOrder> now, List<BoardOrder> later)
    {
        var afterwards = later.SelectMany(o => o.Lines).GroupBy(l => l.ItemId).ToDictionary(g => g.Key, g => g.Sum(l => l.Quantity));
        return
        [
            .. now.SelectMany(o => o.Lines).GroupBy(l => l.ItemId)
                .Select(g => new ToCook(g.Last().Name, g.Sum(l => l.Quantity), afterwards.GetValueOrDefault(g.Key)))
                .OrderByDescending(t => t.Now).ThenBy(t => t.Dish.Zh, StringComparer.Ordinal),
        ];
    }

    private KitchenOrder Row(BoardOrder order, Dictionary<long, LocalName> stalls, DateTimeOffset now)
    {
        var due = office.At(order.Day, order.Slot);
        var since = due > order.CreatedAt ? due : order.CreatedAt;
        return new KitchenOrder(
            order.Id, order.Call, order.State, stalls[order.StallId], order.Slot, order.Wish, order.Lines,
            Math.Max(0, (int)(now - since).TotalMinutes), order.ReadyAt);
    }

    private static LocalName SlotName(ServedMeal meal, TimeOnly slot)
    {
        var name = $"{TypedTime.Show(slot)}–{TypedTime.Show(meal.EndOf(slot))}";
        return new LocalName(name, name);
    }

    private static string Key(long id) => id.ToString(CultureInfo.InvariantCulture);
}

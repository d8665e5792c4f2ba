using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>
/// Undo of changes to canteens, their stalls and meals, and the rules of ordering, for the management. What was added is removed again until something
/// belongs to it; orders keep their slot.
/// </summary>
public sealed class CanteensUndo(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStringLocalizer<OrdersText> words)
    : StepUndo(databases, user, clock)
{
    /// <summary>The values of what is not there.</summary>
    internal const string Nothing = "null";

    private const int Sorts = 4, Stalls = 1, Meals = 2, Rules = 3;

    private readonly CurrentUser _user = user;

    private sealed record Memento(string Code, string Name, string NameEn, string Location, string LocationEn, bool IsHalal, bool IsRetired);

    private sealed record MealMemento(int Days, TimeOnly From, TimeOnly Until, int CutOffMinutes, int SlotMinutes, int SlotCapacity);

    private sealed record RulesMemento(int HoldMinutes, int DaysAhead, int MostPortions, int NoShows, int NoShowDays, int PauseDays);

    internal static long OfCanteen(long id) => id * Sorts;

    internal static long OfStall(long id) => id * Sorts + Stalls;

    internal static long OfMeal(long id) => id * Sorts + Meals;

    internal static long OfRules(long id) => id * Sorts + Rules;

    protected override string Kind => "canteens";

    protected override void Demand(Actor actor) => actor.DemandShelf();

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var states = (await CanteensAsync(db, ids, ct)).ToDictionary(c => OfCanteen(c.Id), c => JsonSerializer.Serialize(new Memento(
            c.Code, c.Name, c.NameEn, c.Location, c.LocationEn, false, c.RetiredAt is not null)));
        foreach (var s in await StallsAsync(db, ids, ct))
            states[OfStall(s.Id)] = JsonSerializer.Serialize(new Memento(s.Code, s.Name, s.NameEn, "", "", s.IsHalal, s.RetiredAt is not null));
        foreach (var m in await MealsAsync(db, ids, ct))
            states[OfMeal(m.Id)] = JsonSerializer.Serialize(new MealMemento(m.Days, m.From, m.Until, m.CutOffMinutes, m.SlotMinutes, m.SlotCapacity));
        foreach (var r in await RulesAsync(db, ids, ct))
        {
            states[OfRules(r.Id)] = JsonSerializer.Serialize(new RulesMemento(
                r.HoldMinutes, r.DaysAhead, r.MostPortions, r.NoShows, r.NoShowDays, r.PauseDays));
        }
        return states;
    }

    protected override async Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var names = (await CanteensAsync(db, ids, ct)).ToDictionary(c => OfCanteen(c.Id), c => c.LocalName.ToString());
        foreach (var stall in await StallsAsync(db, ids, ct)) names[OfStall(stall.Id)] = stall.LocalName.ToString();
        var meals = await MealsAsync(db, ids, ct);
        var places = meals.ConvertAll(m => m.CanteenId);
        var canteens = await db.Canteens.AsNoTracking().Where(c => places.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.LocalName, ct);
        foreach (var meal in meals) names[OfMeal(meal.Id)] = $"{canteens[meal.CanteenId]} {words[$"Meal.{meal.Meal}"]}";
        foreach (var rules in await RulesAsync(db, ids, ct)) names[OfRules(rules.Id)] = words["Rules"];
        return names;
    }

    protected override string AddressOf(long id) => "orders/canteens";

    protected override string Did(string act) => words[$"CanteenAct.{act}"];

    protected override string Counted(int count) => words["UndoItems", count];

    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) => (id % Sorts) switch
    {
        Stalls => db.LastChangedByAsync<Stall>(id / Sorts, ct),
        Meals => db.LastChangedByAsync<ServedMeal>(id / Sorts, ct),
        Rules => db.LastChangedByAsync<OrderingRules>(id / Sorts, ct),
        _ => db.LastChangedByAsync<Canteen>(id / Sorts, ct),
    };

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var stored = id / Sorts;
        await ((id % Sorts) switch
        {
            Stalls => RestoreStallAsync(db, stored, JsonSerializer.Deserialize<Memento?>(before), now, ct),
            Meals => RestoreMealAsync(db, stored, JsonSerializer.Deserialize<MealMemento?>(before), ct),
            Rules => RestoreRulesAsync(db, stored, JsonSerializer.Deserialize<RulesMemento?>(before), ct),
            _ => RestoreCanteenAsync(db, stored, JsonSerializer.Deserialize<Memento?>(before), now, ct),
        });
        db.Announce(new KeyChanged(OrdersTopics.Shelf, stored));
    }

    private async Task RestoreCanteenAsync(LogisticsDb db, long id, Memento? was, DateTimeOffset now, CancellationToken ct)
    {
        var canteen = await db.Canteens.SingleAsync(c => c.Id == id, ct);
        if (was is null)
        {
            if (await db.Stalls.AnyAsync(s => s.CanteenId == id, ct) || await db.ServedMeals.AnyAsync(m => m.CanteenId == id, ct))
                throw Rejected.Because<OrdersText>("InUse", canteen.LocalName);
            db.Canteens.Remove(canteen);
            return;
        }
        await CanteenService.DemandFreeAsync(db.Canteens.Where(c => c.Code == was.Code && c.Id != id), was.Code, ct);
        canteen.Locate(new LocalName(was.Location, was.LocationEn));
        Restore(canteen, was, now);
    }

    private async Task RestoreStallAsync(LogisticsDb db, long id, Memento? was, DateTimeOffset now, CancellationToken ct)
    {
        var stall = await db.Stalls.SingleAsync(s => s.Id == id, ct);
        if (was is null)
        {
            if (await db.ShelfItems.AnyAsync(i => i.StallId == id, ct)) throw Rejected.Because<OrdersText>("InUse", stall.LocalName);
            db.Stalls.Remove(stall);
            return;
        }
        await CanteenService.DemandFreeAsync(
            db.Stalls.Where(s => s.CanteenId == stall.CanteenId && s.Code == was.Code && s.Id != id), was.Code, ct);
        stall.Mark(was.IsHalal);
        Restore(stall, was, now);
    }

    private static async Task RestoreMealAsync(LogisticsDb db, long id, MealMemento? was, CancellationToken ct)
    {
        var meal = await db.ServedMeals.SingleAsync(m => m.Id == id, ct);
        if (was is not null)
        {
            meal.Set(was.Days, was.From, was.Until, was.CutOffMinutes, was.SlotMinutes, was.SlotCapacity);
            return;
        }
        var (stalls, items, which, canteen) = (db.Stalls, db.ShelfItems, meal.Meal, meal.CanteenId);
        var isSold = await db.MealStocks.AnyAsync(s => s.Meal == which && s.Sold > 0
            && items.Any(i => i.Id == s.ItemId && stalls.Any(p => p.Id == i.StallId && p.CanteenId == canteen)), ct);
        if (isSold) throw Rejected.Because<OrdersText>("InUse", (await db.Canteens.SingleAsync(c => c.Id == canteen, ct)).LocalName);
        db.ServedMeals.Remove(meal);
    }

    private static async Task RestoreRulesAsync(LogisticsDb db, long id, RulesMemento? was, CancellationToken ct)
    {
        var rules = await db.OrderingRules.SingleAsync(r => r.Id == id, ct);
        if (was is null) db.OrderingRules.Remove(rules);
        else rules.Set(was.HoldMinutes, was.DaysAhead, was.MostPortions, was.NoShows, was.NoShowDays, was.PauseDays);
    }

    private void Restore(NamedEntity named, Memento was, DateTimeOffset now)
    {
        named.Recode(was.Code);
        named.Rename(was.Name, was.NameEn);
        if (was.IsRetired && named.RetiredAt is null) named.Retire(now, _user.PersonId, "");
        if (!was.IsRetired && named.RetiredAt is not null) named.Restore();
    }

    private static Task<List<Canteen>> CanteensAsync(LogisticsDb db, IEnumerable<long> ids, CancellationToken ct)
    {
        var canteens = Of(0, ids);
        return db.Canteens.AsNoTracking().Where(c => canteens.Contains(c.Id)).ToListAsync(ct);
    }

    private static Task<List<Stall>> StallsAsync(LogisticsDb db, IEnumerable<long> ids, CancellationToken ct)
    {
        var stalls = Of(Stalls, ids);
        return db.Stalls.AsNoTracking().Where(s => stalls.Contains(s.Id)).ToListAsync(ct);
    }

    private static Task<List<ServedMeal>> MealsAsync(LogisticsDb db, IEnumerable<long> ids, CancellationToken ct)
    {
        var meals = Of(Meals, ids);
        return db.ServedMeals.AsNoTracking().Where(m => meals.Contains(m.Id)).ToListAsync(ct);
    }

    private static Task<List<OrderingRules>> RulesAsync(LogisticsDb db, IEnumerable<long> ids, CancellationToken ct)
    {
        var rules = Of(Rules, ids);
        return db.OrderingRules.AsNoTracking().Where(r => rules.Contains(r.Id)).ToListAsync(ct);
    }

    private static List<long> Of(int sort, IEnumerable<long> ids) => [.. ids.Where(id => id % Sorts == sort).Select(id => id / Sorts)];
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Demo;

/// <summary>Two canteens with their menus, and goods, of seeds/demo-meals.json. Development only; loaded once, into empty lists.</summary>
internal sealed class DemoShelf(TimeProvider clock) : IReferenceRows
{
    private static readonly (Meal Meal, int From, int Until)[] Meals = [(Meal.Breakfast, 7, 9), (Meal.Lunch, 11, 13), (Meal.Dinner, 17, 19)];

    public bool IsDemo => true;

    public async Task LoadAsync(LogisticsDb db, CancellationToken ct)
    {
        if (await db.Canteens.AnyAsync(ct) || await db.ShelfItems.AnyAsync(ct)) return;
        var file = await Seeds.ReadAsync<SeedFile>("demo-meals.json", ct);
        await db.WriteAsync(async token =>
        {
            var now = clock.GetUtcNow();
            foreach (var canteen in file.Canteens)
            {
                var added = new Canteen(canteen.Code, new LocalName(canteen.Name, canteen.NameEn), new LocalName(canteen.Location, canteen.LocationEn));
                db.Canteens.Add(added);
                await db.SaveChangesAsync(token);
                foreach (var (meal, from, until) in Meals)
                {
                    var served = new ServedMeal(added.Id, meal);
                    served.Set(ServedDays.EveryDay, new TimeOnly(from, 0), new TimeOnly(until, 0), 60, 30, 120);
                    db.ServedMeals.Add(served);
                }
                foreach (var stall in canteen.Stalls) await AddStallAsync(db, added, stall, now, token);
            }
            foreach (var (goods, number) in file.Goods.Select((g, i) => (g, i + 1))) AddGoods(db, goods, number, now);
            await db.SaveChangesAsync(token);
            foreach (var item in await db.ShelfItems.Where(i => i.Shelf == ShelfKind.Goods).OrderBy(i => i.Id).ToListAsync(token))
                db.StockMovements.Add(item.Move(MovementKind.Received, 20 + (int)(item.Id * 7 % 60), null, null, null, now));
        }, ct);
    }

    private static async Task AddStallAsync(LogisticsDb db, Canteen canteen, StallRow row, DateTimeOffset now, CancellationToken ct)
    {
        var stall = new Stall(canteen.Id, row.Code, new LocalName(row.Name, row.NameEn), row.IsHalal);
        db.Stalls.Add(stall);
        await db.SaveChangesAsync(ct);
        foreach (var (dish, number) in row.Dishes.Select((d, i) => (d, i + 1)))
        {
            var code = FormattableString.Invariant($"{canteen.Code}-{row.Code}{number:00}");
            var item = ShelfItem.Dish(stall.Id, code, new LocalName(dish.Name, dish.NameEn), new Money(dish.Fen), null, now);
            item.Describe("", "", dish.Allergens ?? "", dish.IsVegetarian, row.IsHalal);
            // Every dish rests on two days, each on others, so that the menus of the days differ.
            var days = ServedDays.EveryDay & ~ServedDays.BitOf((DayOfWeek)(number % 7)) & ~ServedDays.BitOf((DayOfWeek)((number + 3) % 7));
            item.Serve(days, row.IsBreakfast ? (int)Meal.Breakfast : (int)(Meal.Lunch | Meal.Dinner), 60);
            db.ShelfItems.Add(item);
        }
    }

    private static void AddGoods(LogisticsDb db, GoodsRow row, int number, DateTimeOffset now)
    {
        var item = ShelfItem.Goods(
            FormattableString.Invariant($"W{number:000}"), new LocalName(row.Name, row.NameEn), new Money(row.Fen), null, now);
        item.Describe(row.Category, row.Unit, "", isVegetarian: false, isHalal: false);
        item.Offer(number % 3 == 0 ? 2 : 0, isDelivered: number % 4 != 0, threshold: 10);
        db.ShelfItems.Add(item);
    }

    private sealed record SeedFile(IReadOnlyList<CanteenRow> Canteens, IReadOnlyList<GoodsRow> Goods);

    private sealed record CanteenRow(string Code, string Name, string NameEn, string Location, string LocationEn, IReadOnlyList<StallRow> Stalls);

    private sealed record StallRow(string Code, string Name, string NameEn, bool IsHalal, bool IsBreakfast, IReadOnlyList<DishRow> Dishes);

    private sealed record DishRow(string Name, string NameEn, long Fen, bool IsVegetarian, string? Allergens);

    private sealed record GoodsRow(string Name, string NameEn, string Category, string Unit, long Fen);
}

using System.Globalization;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Orders;

/// <summary>Every act on canteens, stalls, meals and rules is taken back, as long as nobody did something else meanwhile.</summary>
public sealed class CanteensUndoTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_canteen_is_added_changed_retired_and_restored_and_each_is_taken_back()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (canteens, undo) = (manager.Get<CanteenService>(), manager.Get<CanteensUndo>());
        var id = await canteens.AddAsync(Form("U1", "二食堂", 0), Ct);
        var before = await RowAsync();

        await canteens.SaveAsync(id, Form("U2", "二餐厅", before.Version, "松园"), Ct);
        Assert.Equal(nameof(CanteenAct.Edit), (await undo.LatestAsync(Ct))?.Act);
        await TakeBackAsync();
        var again = await RowAsync();
        Assert.Equal((before.Code, before.Name, before.Location), (again.Code, again.Name, again.Location));

        await canteens.RetireAsync(id, Ct);
        Assert.True((await RowAsync()).IsRetired);
        await TakeBackAsync();
        Assert.False((await RowAsync()).IsRetired);
        await canteens.RetireAsync(id, Ct);
        await canteens.RestoreAsync(id, Ct);
        await TakeBackAsync();
        Assert.True((await RowAsync()).IsRetired);

        var other = await canteens.AddAsync(Form("U3", "三食堂", 0), Ct);
        await TakeBackAsync();
        Assert.DoesNotContain(await canteens.ListAsync(Ct), c => c.Id == other);
        Assert.Contains(await host.InDatabaseAsync(db => db.Audit.Where(a => a.Entity == nameof(Canteen) && a.EntityId == other).ToListAsync(Ct)),
            a => a.Field == nameof(Canteen.Code) && a.New is null && a.Old == "U3");

        async Task<CanteenRow> RowAsync() => (await canteens.ListAsync(Ct)).Single(c => c.Id == id);

        async Task TakeBackAsync() => Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
    }

    [Fact]
    public async Task A_stall_is_added_changed_and_retired_and_what_is_in_use_or_was_changed_by_others_stays()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (canteens, undo) = (manager.Get<CanteenService>(), manager.Get<CanteensUndo>());
        var stored = await StallAsync(shop.Stall);
        await canteens.SaveStallAsync(shop.Stall, new StallForm { Version = stored.Version, Code = "T9", Name = "清真档", IsHalal = true }, Ct);
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        var again = await StallAsync(shop.Stall);
        Assert.Equal((stored.Code, stored.Name, stored.IsHalal), (again.Code, again.Name, again.IsHalal));
        await canteens.RetireStallAsync(shop.Stall, Ct);
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.False((await StallAsync(shop.Stall)).IsRetired);

        var added = await canteens.AddStallAsync(shop.Canteen, new StallForm { Code = "T4", Name = "4 号档" }, Ct);
        var step = undo.Latest!.Value;
        var dish = new ItemForm { StallId = added, Shelf = ShelfKind.Meals, Code = "D9", Name = "炒饭", Price = 9 };
        await manager.Get<ItemService>().CreateAsync(dish, Ct);
        var left = Assert.Single((await undo.UndoAsync(step, Ct)).Left);
        Assert.Equal("InUse", Assert.IsType<Rejected>(left.Why).Code);
        Assert.Equal("4 号档", (await StallAsync(added)).Name.Zh);

        var empty = await canteens.AddStallAsync(shop.Canteen, new StallForm { Code = "T5", Name = "5 号档" }, Ct);
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.DoesNotContain((await canteens.ListAsync(Ct)).Single(c => c.Id == shop.Canteen).Stalls, s => s.Id == empty);

        await canteens.RetireStallAsync(added, Ct);
        step = undo.Latest!.Value;
        await (await host.AsAsync(TestUsers.Administrator)).Get<CanteenService>().RestoreStallAsync(added, Ct);
        Assert.IsType<Stale>(Assert.Single((await undo.UndoAsync(step, Ct)).Left).Why);
        await Assert.ThrowsAsync<Forbidden>(async () => await (await host.AsAsync(TestUsers.Dispatcher)).Get<CanteensUndo>().UndoAsync(step, Ct));
        await host.DemandOrdersSoundAsync();

        async Task<StallRow> StallAsync(long id) => (await canteens.ListAsync(Ct)).SelectMany(c => c.Stalls).Single(s => s.Id == id);
    }

    [Fact]
    public async Task Changed_times_of_a_meal_are_taken_back_and_a_meal_that_was_never_served_before_is_gone_again()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("100", PaymentTarget.Own);
        var manager = await host.AsAsync(TestUsers.Manager);
        var (canteens, undo) = (manager.Get<CanteenService>(), manager.Get<CanteensUndo>());
        var before = (await MealAsync(Meal.Dinner))!;
        var number = await host.OrderAsync(host.Dinner(shop));

        await canteens.ServeAsync(shop.Canteen, Meal.Dinner, Times("18:00", "20:00", before.Version, days: 2), Ct);
        Assert.Equal((nameof(CanteenAct.Edit), "一食堂 晚餐"), ((await undo.LatestAsync(Ct))!.Act, (await undo.LatestAsync(Ct))!.About));
        await TakeBackAsync();
        var again = (await MealAsync(Meal.Dinner))!;
        Assert.Equal(before with { Version = again.Version }, again);
        Assert.Equal(Shop.Slot, (await host.StoredAsync(number)).Slot);

        await canteens.ServeAsync(shop.Canteen, Meal.Lunch, Times("11:00", "13:00", 0), Ct);
        await TakeBackAsync();
        Assert.Null(await MealAsync(Meal.Lunch));
        await canteens.ServeAsync(shop.Canteen, Meal.Lunch, Times("11:30", "13:00", 0), Ct);
        Assert.Equal(new TimeOnly(11, 30), (await MealAsync(Meal.Lunch))!.From);

        var step = undo.Latest!.Value;
        var admin = await host.AsAsync(TestUsers.Administrator);
        await admin.Get<CanteenService>().ServeAsync(shop.Canteen, Meal.Lunch, Times("11:00", "12:00", (await MealAsync(Meal.Lunch))!.Version), Ct);
        Assert.IsType<Stale>(Assert.Single((await undo.UndoAsync(step, Ct)).Left).Why);
        Assert.Equal(new TimeOnly(12, 0), (await MealAsync(Meal.Lunch))!.Until);
        await host.DemandOrdersSoundAsync();

        async Task<ServedMealRow?> MealAsync(Meal meal) =>
            (await canteens.ListAsync(Ct)).Single(c => c.Id == shop.Canteen).Meals.SingleOrDefault(m => m.Meal == meal);

        async Task TakeBackAsync() => Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
    }

    [Fact]
    public async Task A_meal_that_somebody_ordered_since_it_was_added_stays()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("100", PaymentTarget.Own);
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            db.ServedMeals.RemoveRange(await db.ServedMeals.Where(m => m.CanteenId == shop.Canteen).ToListAsync(token));
            return 0;
        }, Ct));
        var manager = await host.AsAsync(TestUsers.Manager);
        var undo = manager.Get<CanteensUndo>();
        await manager.Get<CanteenService>().ServeAsync(shop.Canteen, Meal.Dinner, Times("17:00", "19:00", 0), Ct);
        await host.OrderAsync(host.Dinner(shop));

        var left = Assert.Single((await undo.UndoAsync(undo.Latest!.Value, Ct)).Left);

        Assert.Equal("InUse", Assert.IsType<Rejected>(left.Why).Code);
        Assert.Equal("一食堂 晚餐", left.Name);
        await host.DemandOrdersSoundAsync();
    }

    [Fact]
    public async Task Changed_rules_are_taken_back_also_to_those_that_applied_before_anybody_set_any()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (canteens, undo) = (manager.Get<CanteenService>(), manager.Get<CanteensUndo>());
        var first = await canteens.RulesAsync(Ct);
        Assert.Equal(0, first.Version);

        await SaveAsync(2);
        Assert.Equal("订餐规则", (await undo.LatestAsync(Ct))?.About);
        await TakeBackAsync();
        Assert.Equal((0L, first.DaysAhead), ((await canteens.RulesAsync(Ct)).Version, (await canteens.RulesAsync(Ct)).DaysAhead));

        await SaveAsync(3);
        await SaveAsync(5);
        await TakeBackAsync();
        Assert.Equal(3, (await canteens.RulesAsync(Ct)).DaysAhead);

        await SaveAsync(4);
        var step = undo.Latest!.Value;
        var (office, resident) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Resident));
        await Assert.ThrowsAsync<Forbidden>(() => office.Get<CanteensUndo>().UndoAsync(step, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => resident.Get<CanteensUndo>().UndoAsync(step, Ct));
        var audited = await host.InDatabaseAsync(db => db.Audit.Where(a => a.Entity == nameof(OrderingRules) && a.Field == nameof(OrderingRules.DaysAhead))
            .OrderBy(a => a.Id).Select(a => new { a.Old, a.New }).ToListAsync(Ct));
        Assert.Equal([(null, "2"), ("2", null), (null, "3"), ("3", "5"), ("5", "3"), ("3", "4")], audited.Select(a => (a.Old, a.New)));

        async Task SaveAsync(int daysAhead)
        {
            var form = await canteens.RulesAsync(Ct);
            form.DaysAhead = daysAhead;
            await canteens.SaveRulesAsync(form, Ct);
        }

        async Task TakeBackAsync() => Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
    }

    private static ServedMealForm Times(string from, string until, long version, int days = ServedDays.EveryDay) => new()
    {
        Version = version,
        Days = days,
        From = from,
        Until = until,
        CutOffMinutes = 60,
        SlotMinutes = 30,
        SlotCapacity = 40,
    };

    private static CanteenForm Form(string code, string name, long version, string? location = null) =>
        new() { Code = code, Name = name, NameEn = $"Canteen {code}", Location = location, Version = version };
}

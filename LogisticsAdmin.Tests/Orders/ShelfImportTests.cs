using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Imports;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Orders;

/// <summary>Dishes and goods from spreadsheets, and undo of changes to them.</summary>
public sealed class ShelfImportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dishes_are_added_changed_with_a_new_price_and_taken_back()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        var desk = await host.AsAsync(TestUsers.Manager);
        const string Head = "档口,编号,名称,价格（元）,素食,供应日,餐次,份数\n";
        const string File = Head + "T3,D1,番茄牛腩饭,13.50,,,,\nT3,N1,凉拌木耳,6,是,135,\"午餐,晚餐\",20\n"
            + "T3,N2,炒时蔬,x,,,,\n没有,N3,炒饭,8,,,,\nT3,N4,炒面,8,,89,,\n";
        await using (var session = await desk.CheckAsync("dishes", File))
        {
            Assert.Equal(new ImportCounts(1, 1, 0, 3), session.Counts);
            Assert.Equal(["item-stall: Import.UnknownStall"], session.Wrong(5));
            Assert.Equal(["item-days: Import.Days"], session.Wrong(6));
        }
        var (batch, _) = await desk.ImportAsync("dishes", File, goodRowsOnly: true);

        var added = await host.InDatabaseAsync(db => db.ShelfItems.AsNoTracking().SingleAsync(i => i.Code == "N1", Ct));
        Assert.Equal((600L, true, 20, (int)(Meal.Lunch | Meal.Dinner)), (added.PriceFen, added.IsVegetarian, added.PortionsPerMeal, added.Meals));
        Assert.Equal("135", ServedDays.ToDigits(added.Days));
        Assert.Equal([1_350L, 1_200L], (await desk.Get<ItemService>().PricesAsync(shop.Beef, Ct)).Select(p => p.Price.Fen));
        Assert.Single(await desk.Get<ItemService>().PricesAsync(added.Id, Ct));

        Assert.Empty((await desk.Imports.UndoAsync(batch, Ct)).Skipped);
        Assert.Equal([1_200L, 1_350L, 1_200L], (await desk.Get<ItemService>().PricesAsync(shop.Beef, Ct)).Select(p => p.Price.Fen));
        Assert.NotNull((await host.InDatabaseAsync(db => db.ShelfItems.AsNoTracking().SingleAsync(i => i.Code == "N1", Ct))).RetiredAt);
    }

    [Fact]
    public async Task What_a_file_calls_retired_stays_as_it_is_and_a_retired_stall_is_no_problem_for_its_own_dishes()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        var desk = await host.AsAsync(TestUsers.Manager);
        const string Head = "食堂,档口,编号,名称,价格（元）,状态\n";
        await DemandAsync("一食堂,T3,D1,番茄牛腩饭,12,已停用\n", new ImportCounts(0, 0, 0, 1), "item-state: Import.NotRetired");
        await desk.Get<ItemService>().RetireAsync(shop.Beef, Ct);
        await desk.Get<CanteenService>().RetireStallAsync(shop.Stall, Ct);

        await DemandAsync("一食堂,T3,D1,番茄牛腩饭,12,已停用\n一食堂,T3,D2,香菇青菜面,8.5,在售\n", new ImportCounts(0, 0, 2, 0));
        await DemandAsync("一食堂,T3,D1,番茄牛腩饭,13,Retired\n", new ImportCounts(0, 0, 0, 1), "item-code: Import.Retired");
        await DemandAsync("一食堂,T3,D1,番茄牛腩饭,12,\n", new ImportCounts(0, 0, 0, 1), "item-code: Import.Retired");
        await DemandAsync("一食堂,T3,D7,炒饭,12,热卖\n", new ImportCounts(0, 0, 0, 1), "item-stall: Import.UnknownStall");

        async Task DemandAsync(string rows, ImportCounts counts, params string[] wrong)
        {
            await using var session = await desk.CheckAsync("dishes", Head + rows);
            Assert.Equal(counts, session.Counts);
            Assert.Equal(wrong, session.Wrong(2));
        }
    }

    [Fact]
    public async Task Goods_are_imported_and_a_change_is_undone()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        var desk = await host.AsAsync(TestUsers.Manager);
        const string Head = "编号,名称,分类,价格（元）,单位,每人限购,可配送,补货线\n";
        await desk.ImportAsync("goods", Head + "G2,脸盆,日用,12,个,1,否,5\nG1,香皂,洗护,5,块,4,是,3\n");
        var basin = await host.InDatabaseAsync(db => db.ShelfItems.AsNoTracking().SingleAsync(i => i.Code == "G2" && i.Shelf == ShelfKind.Goods, Ct));
        Assert.Equal((1_200L, 1, false, 5), (basin.PriceFen, basin.LimitPerPerson, basin.IsDelivered, basin.Threshold));
        var soap = await host.InDatabaseAsync(db => db.ShelfItems.AsNoTracking().SingleAsync(i => i.Id == shop.Soap, Ct));
        Assert.Equal(("洗护", 10), (soap.Category, soap.Stock));

        await desk.Get<ItemService>().RetireAsync(basin.Id, Ct);
        var undo = desk.Get<ItemsUndo>();
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Null((await host.InDatabaseAsync(db => db.ShelfItems.AsNoTracking().SingleAsync(i => i.Id == basin.Id, Ct))).RetiredAt);
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync(TestUsers.Dispatcher)).ImportAsync("goods", "编号,名称\nG1,香皂\n"));
        await host.DemandOrdersSoundAsync();
    }
}

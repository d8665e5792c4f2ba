using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Orders;

/// <summary>Every act on canteens and stalls is taken back, as long as nobody did something else meanwhile.</summary>
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

    private static CanteenForm Form(string code, string name, long version, string? location = null) =>
        new() { Code = code, Name = name, NameEn = $"Canteen {code}", Location = location, Version = version };
}

using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Orders;

public sealed class LockedOrdersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_and_stock_wait_for_the_end_of_the_lock_and_nothing_is_charged_meanwhile()
    {
        await using var host = await LockedDatabase.OpenAsync(TestHost.Start);
        var shop = await host.ShopAsync();
        var who = (await host.RichAsync(1, 10_000))[0];
        var (first, second) = (await host.StoredAsync(await host.OrderAsync(host.Dinner(shop), who)), await host.OrderAsync(host.Dinner(shop), who));
        var (resident, manager) = (await host.AsAsync(who), await host.AsAsync(TestUsers.Manager));
        var (mine, work, stock) = (resident.Get<OrderingService>(), manager.Get<OrderWork>(), manager.Get<StockService>());
        var (canteens, wastes) = (manager.Get<CanteenService>(), manager.Get<WasteService>());
        var form = host.Dinner(shop, beef: 2);
        (string Name, Func<Task> Act)[] verbs =
        [
            ("place", () => mine.PlaceAsync(form, Ct)),
            ("cancel", () => mine.CancelAsync(second, Ct)),
            ("prepare", () => work.PrepareAsync(first.Id, Ct)),
            ("not ready yet", () => work.UnprepareAsync(first.Id, Ct)),
            ("hand over", () => work.HandOverAsync(first.Code, Ct)),
            ("take back", () => work.TakeBackAsync(first.Id, Ct)),
            ("refund", () => work.RefundAsync(first.Id, new OrderRefundForm { Reason = "做错了" }, Ct)),
            ("receive goods", () => stock.MoveAsync(shop.Soap, new MovementForm { Quantity = 5 }, Ct)),
            ("set portions", () => stock.OfferAsync(shop.Beef, host.Today, Meal.Dinner, new PortionsForm { Portions = 20 }, Ct)),
            ("add a stall", () => canteens.AddStallAsync(shop.Canteen, new StallForm { Code = "T4", Name = "4 号档" }, Ct)),
            ("record waste", () => wastes.RecordAsync(shop.Beef, host.Today, Meal.Dinner, new WasteForm { Quantity = 2 }, Ct)),
            ("withdraw", () => work.WithdrawAsync(shop.Noodles, host.Today, Meal.Dinner, new OrderRefundForm { Reason = "停气" }, Ct)),
        ];
        var key = $"person:{resident.PersonId}";
        Assert.Equal(10_000 - (2 * Shop.BeefFen), await host.BalanceAsync(key));

        await LockedDatabase.RefusedAsync(host, verbs);
        Assert.Equal(10_000 - (2 * Shop.BeefFen), await host.BalanceAsync(key));
        Assert.Equal((PlacedOrderState.Paid, 2), ((await host.StoredAsync(first.Number)).State, (await host.PortionsAsync(shop.Beef)).Sold));

        await LockedDatabase.GoesAsync(verbs);
        // The form that was refused is sent again by somebody who does not know that it was accepted meanwhile.
        await mine.PlaceAsync(form, Ct);
        Assert.Equal(10_000 - (2 * Shop.BeefFen), await host.BalanceAsync(key));
        Assert.Equal(3, await host.InDatabaseAsync(db => db.PlacedOrders.CountAsync(Ct)));
        await host.DemandSoundAsync();
    }
}

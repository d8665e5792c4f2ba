using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Orders;

/// <summary>A dish with many orders that is not there after all.</summary>
public sealed class WithdrawnDishTests
{
    private const int Orders = OrderWork.Batch * 2 + 5;
    private const long Fen = 5_000;

    private static readonly OrderRefundForm Reason = new() { Reason = "炉灶坏了" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_orders_get_the_money_back_once_and_what_was_picked_up_is_left_alone()
    {
        await using var host = await TestHost.OpenAsync();
        var (shop, orders) = await OrderedAsync(host);
        var kitchen = (await host.AsAsync(TestUsers.Dispatcher)).Get<OrderWork>();
        await kitchen.HandOverAsync(orders[0].Code, Ct);
        await kitchen.PrepareAsync(orders[1].Id, Ct);

        Assert.Equal(Orders - 1, await kitchen.WithdrawAsync(shop.Beef, host.Today, Meal.Dinner, Reason, Ct));
        Assert.Equal(0, await kitchen.WithdrawAsync(shop.Beef, host.Today, Meal.Dinner, Reason, Ct));

        Assert.Equal(PlacedOrderState.Done, (await host.StoredAsync(orders[0].Number)).State);
        Assert.Equal(Orders - 1, await CountAsync(host, PlacedOrderState.Refunded));
        Assert.Equal(Shop.BeefFen, await host.BalanceAsync("orders"));
        await host.DemandOrdersSoundAsync();
    }

    [Fact]
    public async Task Orders_that_are_picked_up_while_others_are_refunded_keep_what_they_are()
    {
        await using var host = await TestHost.OpenAsync();
        var (shop, orders) = await OrderedAsync(host);
        var (one, other) = ((await host.AsAsync(TestUsers.Dispatcher)).Get<OrderWork>(), (await host.AsAsync(TestUsers.Manager)).Get<OrderWork>());

        var withdrawing = Task.Run(() => one.WithdrawAsync(shop.Beef, host.Today, Meal.Dinner, Reason, Ct), Ct);
        var given = 0;
        foreach (var order in orders.Reverse())
        {
            try
            {
                await other.HandOverAsync(order.Code, Ct);
                given++;
            }
            catch (Rejected)
            {
                // It was refunded first.
            }
        }

        Assert.Equal(Orders - given, await withdrawing);
        Assert.Equal((given, Orders - given), (await CountAsync(host, PlacedOrderState.Done), await CountAsync(host, PlacedOrderState.Refunded)));
        Assert.Equal(given * Shop.BeefFen, await host.BalanceAsync("orders"));
        await host.DemandOrdersSoundAsync();
    }

    [Fact]
    public async Task Refunds_that_were_interrupted_are_offered_again_and_go_on_where_they_ended()
    {
        await using var host = await TestHost.OpenAsync();
        var (shop, orders) = await OrderedAsync(host);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        // As after a stop between the first write and the last: the sale has ended, and some are refunded.
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            (await db.MealStocks.SingleAsync(s => s.ItemId == shop.Beef, token)).Withdraw();
            return 0;
        }, Ct));
        foreach (var order in orders.Take(3)) await desk.Get<OrderWork>().RefundAsync(order.Id, Reason, Ct);
        Assert.True(await IsWaitedAsync());

        Assert.Equal(Orders - 3, await desk.Get<OrderWork>().WithdrawAsync(shop.Beef, host.Today, Meal.Dinner, Reason, Ct));

        Assert.False(await IsWaitedAsync());
        Assert.Equal(Orders, await CountAsync(host, PlacedOrderState.Refunded));
        Assert.Equal((0, true), ((await host.PortionsAsync(shop.Beef)).Sold, (await host.PortionsAsync(shop.Beef)).IsWithdrawn));
        await host.DemandOrdersSoundAsync();

        async Task<bool> IsWaitedAsync() =>
            (await desk.Get<StockService>().PortionsAsync(host.Today, Meal.Dinner, shop.Canteen, Ct)).Single(r => r.ItemId == shop.Beef).IsWaited;
    }

    private static async Task<(Shop Shop, IReadOnlyList<PlacedOrder> Orders)> OrderedAsync(TestHost host)
    {
        var shop = await host.ShopAsync(portions: 100, capacity: 1_000);
        List<PlacedOrder> orders = [];
        foreach (var person in await host.RichAsync(Orders, Fen)) orders.Add(await host.StoredAsync(await host.OrderAsync(host.Dinner(shop), person)));
        return (shop, orders);
    }

    private static Task<int> CountAsync(TestHost host, PlacedOrderState state) =>
        host.InDatabaseAsync(db => db.PlacedOrders.CountAsync(o => o.State == state, Ct));
}

using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Features.Places.Beds;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Orders;

/// <summary>Open orders hold up a check-out, and ended ones don't.</summary>
public sealed class OrderCheckOutTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_holds_up_until_it_is_handed_over_or_cancelled()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("50", PaymentTarget.Own);
        var me = (await host.AsAsync(TestUsers.Resident)).PersonId;
        var beds = (await host.AsAsync(TestUsers.Dispatcher)).Get<BedService>();
        Assert.Empty(await beds.HoldsAsync(me, Ct));

        var number = await host.OrderAsync(host.Dinner(shop));
        var hold = Assert.Single(await beds.HoldsAsync(me, Ct));
        Assert.Equal(($"订单 {number} 未完成", $"orders?q={number}"), (hold.What.Zh, hold.Address));
        await Assert.ThrowsAsync<Rejected>(() => beds.CheckOutAsync(me, ct: Ct));

        await (await host.AsAsync(TestUsers.Resident)).Get<OrderingService>().CancelAsync(number, Ct);
        Assert.Empty(await beds.HoldsAsync(me, Ct));
        await beds.CheckOutAsync(me, ct: Ct);
    }

    [Theory]
    [InlineData(PlacedOrderState.Awaiting, true)]
    [InlineData(PlacedOrderState.Paid, true)]
    [InlineData(PlacedOrderState.Ready, true)]
    [InlineData(PlacedOrderState.Done, false)]
    [InlineData(PlacedOrderState.Cancelled, false)]
    [InlineData(PlacedOrderState.Expired, false)]
    [InlineData(PlacedOrderState.Refunded, false)]
    [InlineData(PlacedOrderState.Missed, false)]
    public async Task Each_state_holds_up_or_does_not(PlacedOrderState state, bool holds)
    {
        await using var host = await TestHost.OpenAsync();
        var me = (await host.AsAsync(TestUsers.Resident)).PersonId;
        await host.InDatabaseAsync(db => db.WriteAsync(_ =>
        {
            var order = new PlacedOrder("DC20261122-0009", ShelfKind.Goods, me, PickUpCode.New(), null, me, TestHost.Start);
            order.OfGoods(new DateOnly(2026, 11, 22), null);
            db.Entry(order).Property(o => o.State).CurrentValue = state;
            db.PlacedOrders.Add(order);
            return Task.FromResult(0);
        }, Ct));
        Assert.Equal(holds, (await (await host.AsAsync(TestUsers.Dispatcher)).Get<BedService>().HoldsAsync(me, Ct)).Count > 0);
    }
}

using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Data;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Orders;

/// <summary>Many at once, and kills among orders: a portion is never sold twice, and an order is charged exactly once.</summary>
[Collection(nameof(KillTests))]
public sealed class OrderRaceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_hundred_people_for_the_last_hundred_portions_at_once()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync(portions: 100, capacity: 1_000);
        var people = await host.RichAsync(300, 5_000);
        Assert.Equal(300, people.Count);
        List<OrderingService> desks = [];
        foreach (var person in people) desks.Add((await host.AsAsync(person)).Get<OrderingService>());

        var answers = await Task.WhenAll(desks.Select(desk => Task.Run(() => TriedAsync(() => desk.PlaceAsync(host.Dinner(shop), Ct)), Ct)));

        Assert.Equal(100, answers.Count(a => a is null));
        Assert.All(answers.OfType<Rejected>(), refusal => Assert.Equal("NotEnoughPortions", refusal.Code));
        var stock = await host.PortionsAsync(shop.Beef);
        Assert.Equal((100, 100), (stock.Offered, stock.Sold));
        Assert.Equal(100 * Shop.BeefFen, await host.BalanceAsync("orders"));
        Assert.Equal(100, await host.InDatabaseAsync(db => db.PlacedOrders.Select(o => o.Code).Distinct().CountAsync(Ct)));
        await host.DemandOrdersSoundAsync();
    }

    [Fact]
    public async Task Cancelled_and_prepared_handed_over_and_refunded_at_once_only_one_of_them_happens()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync(portions: 100, mostPortions: OrdersLimits.Quantity);
        await host.PaidAsync("500", PaymentTarget.Own);
        var (resident, one, other) = (
            (await host.AsAsync(TestUsers.Resident)).Get<OrderingService>(), (await host.AsAsync(TestUsers.Dispatcher)).Get<OrderWork>(),
            (await host.AsAsync(TestUsers.Manager)).Get<OrderWork>());
        for (var round = 0; round < 8; round++)
        {
            var number = await host.OrderAsync(host.Dinner(shop));
            var order = await host.StoredAsync(number);
            await BothAsync(() => resident.CancelAsync(number, Ct), () => one.PrepareAsync(order.Id, Ct));

            order = await host.StoredAsync(await host.OrderAsync(host.Dinner(shop)));
            var done = await BothAsync(() => one.HandOverAsync(order.Code, Ct), () => other.HandOverAsync(order.Code, Ct));
            Assert.Equal(1, done);

            order = await host.StoredAsync(await host.OrderAsync(host.Dinner(shop)));
            var refund = new OrderRefundForm { Reason = "重复" };
            Assert.Equal(1, await BothAsync(() => one.RefundAsync(order.Id, refund, Ct), () => other.RefundAsync(order.Id, refund, Ct)));
        }
        await host.DemandOrdersSoundAsync();
    }

    [Fact]
    public async Task Killed_among_orders_payments_and_refunds_everything_adds_up()
    {
        var directory = await TestHost.NewStorageAsync();
        foreach (var lines in new[] { 2, 9, 5 }) await KillableOrders.KillAsync(directory, lines, Ct);
        TestHost.DropStorage(directory);
    }

    private static async Task<int> BothAsync(Func<Task> one, Func<Task> other) =>
        (await Task.WhenAll(Task.Run(() => TriedAsync(one), Ct), Task.Run(() => TriedAsync(other), Ct))).Count(e => e is null);

    private static async Task<Exception?> TriedAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (Refusal refusal)
        {
            return refusal;
        }
    }
}

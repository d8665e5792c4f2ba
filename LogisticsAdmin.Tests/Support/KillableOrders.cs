using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Tests.Fees;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Support;

/// <summary>Entry of <c>order-until-killed DIR</c>: orders, pays, cancels, prepares, refunds and withdraws, and prints what is done.</summary>
internal static class KillableOrders
{
    public static async Task<int> RunAsync(string directory)
    {
        await using var host = await TestHost.StartAsync(directory);
        if (!await host.InDatabaseAsync(db => db.Canteens.AnyAsync(c => c.Code == "T1")))
            await host.ShopAsync(portions: 9_000, capacity: 9_000, mostPortions: OrdersLimits.Quantity);
        var shop = await host.InDatabaseAsync(async db => new Shop(
            (await db.Canteens.SingleAsync(c => c.Code == "T1")).Id, (await db.Stalls.SingleAsync(s => s.Code == "T3")).Id,
            (await db.ShelfItems.SingleAsync(i => i.Code == "D1")).Id, (await db.ShelfItems.SingleAsync(i => i.Code == "D2")).Id,
            (await db.ShelfItems.SingleAsync(i => i.Code == "G1")).Id));
        await host.PaidAsync("5000", PaymentTarget.Own);
        var resident = (await host.AsAsync(TestUsers.Resident)).Get<OrderingService>();
        var kitchen = (await host.AsAsync(TestUsers.Dispatcher)).Get<OrderWork>();
        // The order of a payment that was killed would stop the next one.
        var unpaid = await host.InDatabaseAsync(
            db => db.PlacedOrders.Where(o => o.State == PlacedOrderState.Awaiting).Select(o => o.Number).ToListAsync());
        foreach (var number in unpaid) await resident.CancelAsync(number);
        for (var n = Random.Shared.Next(6); ; n++)
        {
            var way = n % 3 == 0 ? PayWay.Gateway : PayWay.Account;
            var placed = await resident.PlaceAsync(host.Dinner(shop, way: way));
            var order = await host.InDatabaseAsync(db => db.PlacedOrders.AsNoTracking().SingleAsync(o => o.Number == placed.Number));
            if (placed.PaymentNumber is { } payment) await host.HearAsync(await host.SaidAsync(await host.OpenAsync(payment)));
            switch (n % 4)
            {
                case 0:
                    await resident.CancelAsync(placed.Number);
                    break;
                case 1:
                    await kitchen.PrepareAsync(order.Id);
                    break;
                case 2:
                    await kitchen.RefundAsync(order.Id, new OrderRefundForm { Reason = "试" });
                    break;
                default:
                    await kitchen.HandOverAsync(order.Code);
                    break;
            }
            Console.WriteLine($"{placed.Number};");
        }
    }

    /// <summary>Kills it after some lines; then what it said to be done is there, and everything adds up.</summary>
    public static async Task KillAsync(string directory, int lines, CancellationToken ct)
    {
        List<string> done = [];
        await using (var ordering = AppProcess.Order(directory))
        {
            var error = ordering.Process.StandardError.ReadToEndAsync(ct);
            for (var read = 0; read < lines; read++)
            {
                if (await ordering.Process.StandardOutput.ReadLineAsync(ct) is not { } line) Assert.Fail($"It ended by itself: {await error}");
                else done.Add(line);
            }
            ordering.Process.Kill();
            while (await ordering.Process.StandardOutput.ReadLineAsync(ct) is { } line)
            {
                if (line.EndsWith(';')) done.Add(line);
            }
        }
        await using var host = await TestHost.StartAsync(directory);
        var stored = await host.InDatabaseAsync(db => db.PlacedOrders.Select(o => o.Number).ToListAsync(ct));
        Assert.DoesNotContain(done, d => !stored.Contains(d.TrimEnd(';')));
        await host.DemandOrdersSoundAsync();
    }
}

using System.Globalization;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Orders.Kitchen;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Orders;

/// <summary>Screens of kitchens share what is read of a meal, and miss nothing.</summary>
public sealed class KitchenBoardTests
{
    private const int Screens = 20;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_screens_that_hear_of_an_order_get_what_was_read_once()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("100", PaymentTarget.Own);
        var (board, feed, filter) = (
            host.Services.GetRequiredService<KitchenBoard>(), host.Services.GetRequiredService<IChangeFeed>(), new KitchenFilter { CanteenId = shop.Canteen });
        List<KitchenQueries> screens = [];
        for (var n = 0; n < Screens; n++) screens.Add((await host.AsAsync(TestUsers.Dispatcher)).Get<KitchenQueries>());
        for (var orders = 1; orders <= 3; orders++)
        {
            await host.OrderAsync(host.Dinner(shop));
            var (reads, since) = (board.Reads, feed.Sequence);

            var views = await Task.WhenAll(screens.Select(s => Task.Run(() => s.ReadAsync(filter, since, Ct), Ct)));

            Assert.Equal(reads + 1, board.Reads);
            Assert.All(views, v => Assert.Equal((orders, orders), (v.Cook.Count, v.Totals.Single().Now)));
        }
        // Rights are asked for each screen, whoever read.
        var resident = (await host.AsAsync(TestUsers.Resident)).Get<KitchenQueries>();
        await Assert.ThrowsAsync<Forbidden>(() => resident.ReadAsync(filter, feed.Sequence, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => resident.WallAsync(shop.Canteen, feed.Sequence, Ct));
    }

    [Fact]
    public async Task An_order_that_did_not_change_stays_equal_and_one_that_did_moves()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("100", PaymentTarget.Own);
        var (feed, kitchen) = (host.Services.GetRequiredService<IChangeFeed>(), await host.AsAsync(TestUsers.Dispatcher));
        var (first, second) = (await PlacedAsync(), await PlacedAsync());
        var before = await SeenAsync();
        Assert.Equal([first.Id, second.Id], before.Cook.Select(o => o.Id));

        var third = await PlacedAsync();
        await kitchen.Get<OrderWork>().PrepareAsync(second.Id, Ct);
        var after = await SeenAsync();
        Assert.Equal([first.Id, third.Id], after.Cook.Select(o => o.Id));
        // Equal values are not rendered again.
        Assert.Equal(before.Cook[0], after.Cook[0]);
        Assert.Same(before.Cook[0].Lines, after.Cook[0].Lines);
        Assert.Equal((second.Id, PlacedOrderState.Ready), (after.Ready.Single().Id, after.Ready.Single().State));

        await kitchen.Get<OrderWork>().UnprepareAsync(second.Id, Ct);
        await kitchen.Get<OrderWork>().HandOverAsync(first.Code, Ct);
        after = await SeenAsync();
        Assert.Equal([second.Id, third.Id], after.Cook.Select(o => o.Id));
        Assert.Equal((0, 1, 2), (after.Ready.Count, after.Done, after.Stalls.Single(s => s.Name.Zh == "3 号档 盖饭").Open));

        async Task<PlacedOrder> PlacedAsync() => await host.StoredAsync(await host.OrderAsync(host.Dinner(shop)));

        Task<KitchenView> SeenAsync() => kitchen.Get<KitchenQueries>().ReadAsync(new KitchenFilter { CanteenId = shop.Canteen }, feed.Sequence, Ct);
    }

    [Fact]
    public async Task Who_opens_a_screen_sees_what_was_stored_without_a_notice_and_the_next_day_begins_anew()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("100", PaymentTarget.Own);
        var (kitchen, filter) = ((await host.AsAsync(TestUsers.Dispatcher)).Get<KitchenQueries>(), new KitchenFilter { CanteenId = shop.Canteen });
        var order = await host.StoredAsync(await host.OrderAsync(host.Dinner(shop)));
        Assert.Single((await kitchen.ReadAsync(filter, Ct)).Cook);

        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            (await db.PlacedOrders.SingleAsync(o => o.Id == order.Id, token)).Prepare(null, TestHost.Start);
            return 0;
        }, Ct));
        Assert.Single((await kitchen.ReadAsync(filter, Ct)).Ready);
        Assert.Single((await kitchen.WallAsync(shop.Canteen, Ct)).Ready);

        host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty((await kitchen.ReadAsync(filter, 0, Ct)).Ready);
    }

    [Fact]
    public async Task What_changes_during_a_reading_leads_to_another_one_and_after_a_fault_the_next_reads_again()
    {
        await using var host = await TestHost.OpenAsync();
        var feed = host.Services.GetRequiredService<IChangeFeed>();
        SharedReading<string> reading = new();
        var (goes, readings) = (new TaskCompletionSource(), 0);
        var first = reading.GetAsync(feed, null, ReadAsync, Ct);
        feed.Publish([new KeyChanged("test", 1)]);

        var (heard, asked) = (reading.GetAsync(feed, feed.Sequence, ReadAsync, Ct), reading.GetAsync(feed, null, ReadAsync, Ct));
        goes.SetResult();

        Assert.Equal(["1", "2", "2"], await Task.WhenAll(first, heard, asked));
        // Nothing changed since.
        Assert.Equal("2", await reading.GetAsync(feed, feed.Sequence, ReadAsync, Ct));
        Assert.Equal("3", await reading.GetAsync(feed, null, ReadAsync, Ct));

        goes = new TaskCompletionSource();
        feed.Publish([new KeyChanged("test", 2)]);
        var (failing, waiting) = (reading.GetAsync(feed, feed.Sequence, FailAsync, Ct), reading.GetAsync(feed, feed.Sequence, ReadAsync, Ct));
        goes.SetResult();
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        Assert.Equal("4", await waiting);

        async Task<string> ReadAsync(string? before, CancellationToken ct)
        {
            var number = ++readings;
            await goes.Task.WaitAsync(ct);
            return number.ToString(CultureInfo.InvariantCulture);
        }

        async Task<string> FailAsync(string? before, CancellationToken ct)
        {
            await goes.Task.WaitAsync(ct);
            throw new InvalidOperationException("planted");
        }
    }
}

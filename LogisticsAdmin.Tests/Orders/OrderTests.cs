using System.Globalization;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Orders.Goods;
using LogisticsAdmin.Features.Orders.Kitchen;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Phone;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Orders;

/// <summary>One order from the basket to the hand-over, and the ways in which it ends.</summary>
public sealed class OrderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_is_charged_once_prepared_and_handed_over_to_who_says_its_code()
    {
        await using var host = await TestHost.OpenAsync();
        var (shop, me) = (await host.ShopAsync(), await host.KeyOfAsync());
        await host.PaidAsync("50", PaymentTarget.Own);
        var form = host.Dinner(shop, beef: 2, noodles: 1);
        form.SeenFen = 2 * Shop.BeefFen + Shop.NoodlesFen;

        var number = await host.OrderAsync(form);
        Assert.Equal(number, await host.OrderAsync(form));

        var order = await host.StoredAsync(number);
        Assert.StartsWith(OrdersLimits.Series, number, StringComparison.Ordinal);
        Assert.Equal((PlacedOrderState.Paid, 3_250L), (order.State, order.TotalFen));
        Assert.Equal((5_000L - 3_250, 3_250L), (await host.BalanceAsync(me), await host.BalanceAsync("orders")));
        Assert.Equal((10, 2), ((await host.PortionsAsync(shop.Beef)).Offered, (await host.PortionsAsync(shop.Beef)).Sold));

        var kitchen = (await host.AsAsync(TestUsers.Dispatcher)).Get<OrderWork>();
        await kitchen.PrepareAsync(order.Id, Ct);
        await Assert.ThrowsAsync<Rejected>(() => kitchen.PrepareAsync(order.Id, Ct));
        Assert.Contains(await host.InDatabaseAsync(db => db.Inbox.Select(i => new { i.Kind, i.Subject }).ToListAsync(Ct)),
            i => i.Kind == OrderNotificationKind.Ready && i.Subject == number);
        await Assert.ThrowsAsync<Rejected>(async () => await (await host.AsAsync(TestUsers.Resident)).Get<OrderingService>().CancelAsync(number, Ct));
        var typed = PickUpCode.Show(order.Code).ToLowerInvariant();
        Assert.Equal(number, (await kitchen.LookUpAsync(typed, Ct)).Number);
        Assert.Equal(order.Id, await kitchen.HandOverAsync(typed, Ct));
        await Assert.ThrowsAsync<Rejected>(() => kitchen.HandOverAsync(typed, Ct));
        await kitchen.TakeBackAsync(order.Id, Ct);
        await kitchen.HandOverAsync(typed, Ct);
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("TakeBackTooLate", (await Assert.ThrowsAsync<Rejected>(() => kitchen.TakeBackAsync(order.Id, Ct))).Code);

        var verbs = (await host.StoredAsync(number)).Events.Select(e => e.Verb);
        Assert.Equal([OrderVerb.Place, OrderVerb.Pay, OrderVerb.Prepare, OrderVerb.HandOver, OrderVerb.TakeBack, OrderVerb.HandOver], verbs);
        await host.DemandOrdersSoundAsync();
    }

    [Fact]
    public async Task Cancelled_until_the_cut_off_the_money_and_the_portions_come_back_once()
    {
        await using var host = await TestHost.OpenAsync();
        var (shop, me) = (await host.ShopAsync(), await host.KeyOfAsync());
        await host.PaidAsync("50", PaymentTarget.Own);
        var resident = await host.AsAsync(TestUsers.Resident);
        var number = await host.OrderAsync(host.Dinner(shop, beef: 3));

        await resident.Get<OrderingService>().CancelAsync(number, Ct);
        await Assert.ThrowsAsync<Rejected>(() => resident.Get<OrderingService>().CancelAsync(number, Ct));
        Assert.Equal(5_000, await host.BalanceAsync(me));
        Assert.Equal(0, (await host.PortionsAsync(shop.Beef)).Sold);

        number = await host.OrderAsync(host.Dinner(shop, beef: 3));
        host.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("TooLateToCancel", (await Assert.ThrowsAsync<Rejected>(() => resident.Get<OrderingService>().CancelAsync(number, Ct))).Code);
        Assert.False((await resident.Get<MyOrdersQueries>().FindAsync(number, Ct)).MayCancel);
        Assert.Equal("TooLateToOrder", (await Assert.ThrowsAsync<Rejected>(() => host.OrderAsync(host.Dinner(shop)))).Code);
        await host.DemandOrdersSoundAsync();
    }

    [Fact]
    public async Task A_payment_that_is_asked_for_holds_the_portions_for_a_while_and_stays_on_the_account_when_it_is_late()
    {
        await using var host = await TestHost.OpenAsync();
        var (shop, me) = (await host.ShopAsync(), await host.KeyOfAsync());
        var others = (await host.RichAsync(5, 1_000)).Where(p => p != TestUsers.Resident).ToList();
        var (had, theirs, resident) = (await host.BalanceAsync(me), await host.KeyOfAsync(others[0]), await host.AsAsync(TestUsers.Resident));
        var paid = await resident.Get<OrderingService>().PlaceAsync(host.Dinner(shop, beef: 6, way: PayWay.Gateway), Ct);
        var late = await (await host.AsAsync(others[0])).Get<OrderingService>().PlaceAsync(host.Dinner(shop, beef: 4, way: PayWay.Gateway), Ct);
        Assert.Equal("PayFirst", (await Assert.ThrowsAsync<Rejected>(() => host.OrderAsync(host.Dinner(shop, 0, 1, way: PayWay.Gateway)))).Code);
        Assert.Equal("TooManyPortions", (await Assert.ThrowsAsync<Rejected>(() => host.OrderAsync(host.Dinner(shop, 0, 5)))).Code);
        Assert.Equal(
            "NotEnoughPortions", (await Assert.ThrowsAsync<Rejected>(() => host.OrderAsync(host.Dinner(shop, way: PayWay.Gateway), others[1]))).Code);

        var said = await host.SaidAsync(await host.OpenAsync(paid.PaymentNumber!));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => host.HearAsync(said), Ct)));
        Assert.Equal(PlacedOrderState.Paid, (await host.StoredAsync(paid.Number)).State);
        Assert.Equal((had, 6 * Shop.BeefFen), (await host.BalanceAsync(me), await host.BalanceAsync("orders")));

        var request = await host.OpenAsync(late.PaymentNumber!, others[0]);
        host.Clock.Advance(TimeSpan.FromMinutes(14));
        await host.RunOrdersAsync();
        Assert.Equal(PlacedOrderState.Awaiting, (await host.StoredAsync(late.Number)).State);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.RunOrdersAsync();
        await host.RunOrdersAsync();
        Assert.Equal(PlacedOrderState.Expired, (await host.StoredAsync(late.Number)).State);
        Assert.Equal(6, (await host.PortionsAsync(shop.Beef)).Sold);
        Assert.Equal("NoLongerWanted", (await Assert.ThrowsAsync<Rejected>(() => host.OpenAsync(late.PaymentNumber!, others[0]))).Code);
        await host.HearAsync(await host.SaidAsync(request));
        Assert.Equal((1_000 + 4 * Shop.BeefFen, 6 * Shop.BeefFen), (await host.BalanceAsync(theirs), await host.BalanceAsync("orders")));
        Assert.Equal([OrderNotificationKind.Expired, OrderNotificationKind.PaidTooLate], await MessagesAsync(host));
        await host.DemandOrdersSoundAsync();
    }

    [Fact]
    public async Task A_slot_takes_so_many_orders_and_an_order_keeps_its_price()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync(capacity: 2);
        await host.PaidAsync("100", PaymentTarget.Own);
        var manager = await host.AsAsync(TestUsers.Manager);
        var first = await host.OrderAsync(host.Dinner(shop));
        await host.OrderAsync(host.Dinner(shop));
        Assert.Equal("SlotIsFull", (await Assert.ThrowsAsync<Rejected>(() => host.OrderAsync(host.Dinner(shop)))).Code);
        await host.OrderAsync(host.Dinner(shop, slot: Shop.Later));
        Assert.Equal("NoSuchSlot", (await Assert.ThrowsAsync<Rejected>(() => host.OrderAsync(host.Dinner(shop, slot: new TimeOnly(17, 10))))).Code);

        var menu = await manager.Get<ItemService>().ListAsync(new ItemFilter(ShelfKind.Meals) { StallId = shop.Stall }, Ct);
        var row = menu.Items.Single(i => i.Id == shop.Beef);
        await manager.Get<ItemService>().SaveAsync(shop.Beef, FormOf(row, 15), Ct);
        await Assert.ThrowsAsync<Stale>(() => manager.Get<ItemService>().SaveAsync(shop.Beef, FormOf(row, 16), Ct));
        var dear = host.Dinner(shop, slot: Shop.Later);
        dear.SeenFen = Shop.BeefFen;
        Assert.Equal("PriceChanged", (await Assert.ThrowsAsync<Rejected>(() => host.OrderAsync(dear))).Code);
        Assert.Equal(Shop.BeefFen, (await host.StoredAsync(first)).TotalFen);
        Assert.Equal([1_500L, 1_200L], (await manager.Get<ItemService>().PricesAsync(shop.Beef, Ct)).Select(p => p.Price.Fen));
        await host.DemandOrdersSoundAsync();
    }

    [Fact]
    public async Task A_dish_that_is_withdrawn_gives_everybody_the_money_back_and_a_retired_one_is_still_handed_over()
    {
        await using var host = await TestHost.OpenAsync();
        var (shop, me) = (await host.ShopAsync(), await host.KeyOfAsync());
        await host.PaidAsync("100", PaymentTarget.Own);
        var both = await host.OrderAsync(host.Dinner(shop, beef: 1, noodles: 1));
        var noodles = await host.OrderAsync(host.Dinner(shop, beef: 0, noodles: 1));
        var unpaid = await host.OrderAsync(host.Dinner(shop, beef: 1, way: PayWay.Gateway));
        var kitchen = (await host.AsAsync(TestUsers.Dispatcher)).Get<OrderWork>();

        Assert.Equal(2, await kitchen.WithdrawAsync(shop.Beef, host.Today, Meal.Dinner, new OrderRefundForm { Reason = "炉灶坏了" }, Ct));
        Assert.Equal(
            (PlacedOrderState.Refunded, PlacedOrderState.Paid, PlacedOrderState.Expired),
            ((await host.StoredAsync(both)).State, (await host.StoredAsync(noodles)).State, (await host.StoredAsync(unpaid)).State));
        Assert.Equal(10_000 - Shop.NoodlesFen, await host.BalanceAsync(me));
        Assert.Equal("NotEnoughPortions", (await Assert.ThrowsAsync<Rejected>(() => host.OrderAsync(host.Dinner(shop)))).Code);

        await (await host.AsAsync(TestUsers.Manager)).Get<ItemService>().RetireAsync(shop.Noodles, Ct);
        Assert.Equal("NoLongerOffered", (await Assert.ThrowsAsync<Rejected>(() => host.OrderAsync(host.Dinner(shop, 0, 1)))).Code);
        await kitchen.HandOverAsync((await host.StoredAsync(noodles)).Code, Ct);
        await host.DemandOrdersSoundAsync();
    }

    [Fact]
    public async Task Meals_that_nobody_picked_up_are_missed_and_several_of_them_pause_ordering()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync(portions: 50);
        await host.PaidAsync("100", PaymentTarget.Own);
        for (var missed = 0; missed < 3; missed++)
        {
            var number = await host.OrderAsync(host.Dinner(shop));
            host.Clock.Advance(TimeSpan.FromHours(5) + ServedMeal.Grace - TimeSpan.FromMinutes(1));
            await host.RunOrdersAsync();
            Assert.Equal(PlacedOrderState.Paid, (await host.StoredAsync(number)).State);
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            await host.RunOrdersAsync();
            Assert.Equal(PlacedOrderState.Missed, (await host.StoredAsync(number)).State);
            host.Clock.Advance(TimeSpan.FromHours(19) - ServedMeal.Grace);
        }
        Assert.Equal("Paused", (await Assert.ThrowsAsync<Rejected>(() => host.OrderAsync(host.Dinner(shop)))).Code);
        Assert.NotNull((await (await host.AsAsync(TestUsers.Resident)).Get<MyOrdersQueries>().MenuAsync(null, null, null, Ct)).PausedUntil);
        host.Clock.Advance(TimeSpan.FromDays(6));
        await host.OrderAsync(host.Dinner(shop));
        await host.DemandOrdersSoundAsync();
    }

    [Fact]
    public async Task Goods_are_limited_per_person_brought_to_the_room_and_returned_to_the_shelf()
    {
        await using var host = await TestHost.OpenAsync();
        var (shop, me) = (await host.ShopAsync(), await host.KeyOfAsync());
        await host.PaidAsync("100", PaymentTarget.Own);
        var resident = (await host.AsAsync(TestUsers.Resident)).Get<OrderingService>();
        var number = (await resident.PlaceAsync(Soap(3, isDelivered: true), Ct)).Number;
        Assert.Equal("LimitOf", (await Assert.ThrowsAsync<Rejected>(() => resident.PlaceAsync(Soap(2), Ct))).Code);
        await resident.PlaceAsync(Soap(1), Ct);
        var order = await host.StoredAsync(number);
        Assert.NotNull(order.RoomId);

        var round = (await host.AsAsync(TestUsers.Technician)).Get<RoundService>();
        Assert.Equal(4, Assert.Single((await round.ReadAsync(Ct)).Pick).Quantity);
        await round.PackAsync(order.Id, Ct);
        var stop = Assert.Single((await round.ReadAsync(Ct)).Stops);
        Assert.Equal((number, 5), (Assert.Single(stop.Orders).Number, stop.Floor));
        Assert.Equal("WrongCode", (await Assert.ThrowsAsync<Rejected>(() => round.DeliverAsync(order.Id, "00000000", Ct))).Code);
        await round.DeliverAsync(order.Id, order.Code, Ct);

        var office = await host.AsAsync(TestUsers.Dispatcher);
        var wrong = new OrderRefundForm { Reason = "拿错了", PutsBack = true };
        await Assert.ThrowsAsync<Forbidden>(() => office.Get<OrderWork>().RefundAsync(order.Id, wrong, Ct));
        await (await host.AsAsync(TestUsers.Manager)).Get<OrderWork>().RefundAsync(order.Id, wrong, Ct);
        await office.Get<StockService>().MoveAsync(shop.Soap, new MovementForm { Kind = MovementKind.WrittenOff, Quantity = 2 }, Ct);
        await office.Get<StockService>().MoveAsync(shop.Soap, new MovementForm { Kind = MovementKind.Counted, Quantity = 3, SeenStock = 7 }, Ct);
        await Assert.ThrowsAsync<Rejected>(() => office.Get<StockService>().MoveAsync(
            shop.Soap, new MovementForm { Kind = MovementKind.Counted, Quantity = 9, SeenStock = 7 }, Ct));
        await Assert.ThrowsAsync<Rejected>(() => office.Get<StockService>().MoveAsync(
            shop.Soap, new MovementForm { Kind = MovementKind.WrittenOff, Quantity = 4 }, Ct));
        Assert.Equal(
            [-4, -2, 3, -1, -3, 10], (await office.Get<StockService>().MovementsAsync(shop.Soap, Ct)).Select(m => m.Quantity));
        var restock = await office.Get<ItemService>().ListAsync(new ItemFilter(ShelfKind.Goods) { State = ItemState.Restock, Text = "G1" }, Ct);
        Assert.Equal(shop.Soap, Assert.Single(restock.Items).Id);
        Assert.Equal(10_000 - Shop.SoapFen, await host.BalanceAsync(me));
        await host.DemandOrdersSoundAsync();

        OrderForm Soap(int quantity, bool isDelivered = false) => new()
        {
            Shelf = ShelfKind.Goods,
            Lines = [new BasketLine(shop.Soap, quantity)],
            IsDelivered = isDelivered,
            Key = Guid.NewGuid(),
        };
    }

    [Fact]
    public async Task Wrong_codes_are_counted_and_a_review_is_written_once()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("50", PaymentTarget.Own);
        var number = await host.OrderAsync(host.Dinner(shop));
        var (order, resident) = (await host.StoredAsync(number), await host.AsAsync(TestUsers.Resident));
        var (line, kitchen) = (order.Lines.Single().Id, (await host.AsAsync(TestUsers.Dispatcher)).Get<OrderWork>());
        var review = new ReviewForm { LineId = line, Stars = 4, Text = "香" };
        await Assert.ThrowsAsync<Rejected>(() => resident.Get<OrderingService>().ReviewAsync(number, review, Ct));
        for (var guess = 0; guess < CodeGuesses.Most; guess++) await Assert.ThrowsAsync<NotFound>(() => kitchen.LookUpAsync("ZZZZZZZZ", Ct));
        Assert.Equal("TooManyGuesses", (await Assert.ThrowsAsync<Rejected>(() => kitchen.LookUpAsync(order.Code, Ct))).Code);
        host.Clock.Advance(TimeSpan.FromMinutes(6));
        await kitchen.HandOverAsync(order.Code, Ct);

        await resident.Get<OrderingService>().ReviewAsync(number, review, Ct);
        await resident.Get<OrderingService>().ReviewAsync(number, new ReviewForm { LineId = line, Stars = 1 }, Ct);
        Assert.Equal(4, Assert.Single(await host.InDatabaseAsync(db => db.ItemReviews.ToListAsync(Ct))).Stars);
        Assert.Equal(4m, await StarsAsync());
        await host.InDatabaseAsync(db => db.ItemReviews.Where(r => r.LineId == line).ExecuteDeleteAsync(Ct));
        // Not read again for each visitor.
        Assert.Equal(4m, await StarsAsync());

        async Task<decimal?> StarsAsync() => (await resident.Get<MyOrdersQueries>().MenuAsync(shop.Canteen, host.Today, Meal.Dinner, Ct)).Stalls.Single()
            .Dishes.Single(d => d.Id == shop.Beef).Stars;
    }

    [Fact]
    public async Task What_was_paid_is_cooked_and_handed_over_although_its_meal_was_moved_and_its_canteen_retired()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("50", PaymentTarget.Own);
        var order = await host.StoredAsync(await host.OrderAsync(host.Dinner(shop, slot: Shop.Later)));
        var (canteens, kitchen) = ((await host.AsAsync(TestUsers.Manager)).Get<CanteenService>(), await host.AsAsync(TestUsers.Dispatcher));
        var version = await host.InDatabaseAsync(db => db.ServedMeals.Where(m => m.CanteenId == shop.Canteen).Select(m => m.Version).SingleAsync(Ct));
        await canteens.ServeAsync(shop.Canteen, Meal.Dinner, new ServedMealForm
        {
            Version = version,
            Days = 0,
            From = "11:00",
            Until = "12:00",
            CutOffMinutes = 0,
            SlotMinutes = 30,
            SlotCapacity = 1,
        }, Ct);
        await canteens.RetireAsync(shop.Canteen, Ct);

        await host.RunOrdersAsync();
        var view = await kitchen.Get<KitchenQueries>().ReadAsync(new KitchenFilter { CanteenId = shop.Canteen }, Ct);
        Assert.Equal((Meal.Dinner, order.Id), (view.Meal, Assert.Single(view.Cook).Id));
        Assert.Equal(("17:30", "17:30–18:00"), (view.Slots[^1].Key, view.Slots[^1].Name.Zh));
        host.Clock.Advance(TimeSpan.FromHours(4.5) - TimeSpan.FromMinutes(1));
        await host.RunOrdersAsync();
        Assert.Equal(PlacedOrderState.Paid, (await host.StoredAsync(order.Number)).State);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.RunOrdersAsync();
        Assert.Equal(PlacedOrderState.Missed, (await host.StoredAsync(order.Number)).State);
        await kitchen.Get<OrderWork>().HandOverAsync(order.Code, Ct);
        Assert.Equal(PlacedOrderState.Done, (await host.StoredAsync(order.Number)).State);
        await host.DemandOrdersSoundAsync();
    }

    [Fact]
    public async Task Who_was_missed_yesterday_is_not_handed_anything_today()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("50", PaymentTarget.Own);
        var order = await host.StoredAsync(await host.OrderAsync(host.Dinner(shop)));
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.RunOrdersAsync();
        var kitchen = (await host.AsAsync(TestUsers.Dispatcher)).Get<OrderWork>();
        Assert.Equal("AnotherDay", (await Assert.ThrowsAsync<Rejected>(() => kitchen.HandOverAsync(order.Code, Ct))).Code);
    }

    [Fact]
    public async Task Limits_of_a_meal_count_all_orders_of_a_person_and_nothing_is_paid_online_without_a_way()
    {
        await using var host = await TestHost.OpenAsync(services => services.AddSingleton(new PaymentGateways([])));
        var shop = await host.ShopAsync();
        var people = await host.RichAsync(5, 20_000);
        var (one, manager) = ((await host.AsAsync(people[0])).Get<OrderingService>(), (await host.AsAsync(TestUsers.Manager)).Get<ItemService>());
        var row = (await manager.ListAsync(new ItemFilter(ShelfKind.Meals) { StallId = shop.Stall }, Ct)).Items.Single(i => i.Id == shop.Beef);
        var limited = FormOf(row, 12);
        limited.Limit = 2;
        await manager.SaveAsync(shop.Beef, limited, Ct);

        await one.PlaceAsync(host.Dinner(shop, beef: 1), Ct);
        await one.PlaceAsync(host.Dinner(shop, beef: 1, noodles: 6), Ct);
        Assert.Equal("LimitOf", (await Assert.ThrowsAsync<Rejected>(() => one.PlaceAsync(host.Dinner(shop, beef: 1), Ct))).Code);
        Assert.Equal("TooManyPortions", (await Assert.ThrowsAsync<Rejected>(() => one.PlaceAsync(host.Dinner(shop, 0, 3), Ct))).Code);
        await one.PlaceAsync(host.Dinner(shop, 0, 2), Ct);

        var other = await host.AsAsync(people[1]);
        var online = await Assert.ThrowsAsync<Rejected>(() => other.Get<OrderingService>().PlaceAsync(host.Dinner(shop, way: PayWay.Gateway), Ct));
        Assert.Equal("NoPayOnline", online.Code);
        var form = host.Dinner(shop);
        var basket = await other.Get<MyOrdersQueries>().BasketAsync(shop.Stall, form.Day, form.Meal, form.Lines, Ct);
        Assert.False(basket!.CanPayOnline);
        await host.DemandOrdersSoundAsync();
    }

    [Theory]
    [InlineData("DC20261122-0007", "2026-11-22", "0007")]
    [InlineData("DC20261121-0007", "2026-11-22", "21-0007")]
    [InlineData("DC20261122-12345", "2026-11-22", "12345")]
    [InlineData("DC20261122-0007", null, "0007")]
    public void Numbers_that_are_called_differ_among_the_orders_of_a_day(string number, string? day, string call) =>
        Assert.Equal(call, CallNumber.Of(number, day is null ? null : DateOnly.Parse(day, CultureInfo.InvariantCulture)));

    private static async Task<List<int>> MessagesAsync(TestHost host) =>
        await host.InDatabaseAsync(db => db.Inbox.Where(i => i.Kind >= 100).OrderBy(i => i.Id).Select(i => i.Kind).ToListAsync(Ct));

    private static ItemForm FormOf(ItemRow row, decimal price) => new()
    {
        Version = row.Version,
        Shelf = row.Shelf,
        StallId = row.StallId,
        Code = row.Code,
        Name = row.Name.Zh,
        Price = price,
        Portions = row.Portions,
        Meals = row.Meals,
        Days = row.Days,
    };
}

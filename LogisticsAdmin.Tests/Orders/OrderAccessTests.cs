using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Orders.Desk;
using LogisticsAdmin.Features.Orders.Goods;
using LogisticsAdmin.Features.Orders.Kitchen;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Phone;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Orders;

/// <summary>Who may do what in which state, with own orders and those of others; a hand-written table.</summary>
public sealed class OrderAccessTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Of each verb the states from which it is possible.</summary>
    private static readonly Dictionary<OrderVerb, PlacedOrderState[]> Possible = new()
    {
        [OrderVerb.Pay] = [PlacedOrderState.Awaiting],
        [OrderVerb.Prepare] = [PlacedOrderState.Paid],
        [OrderVerb.Unprepare] = [PlacedOrderState.Ready],
        [OrderVerb.HandOver] = [PlacedOrderState.Paid, PlacedOrderState.Ready, PlacedOrderState.Missed],
        [OrderVerb.TakeBack] = [PlacedOrderState.Done],
        [OrderVerb.Cancel] = [PlacedOrderState.Awaiting, PlacedOrderState.Paid],
        [OrderVerb.Expire] = [PlacedOrderState.Awaiting],
        [OrderVerb.Refund] = [PlacedOrderState.Paid, PlacedOrderState.Ready, PlacedOrderState.Done, PlacedOrderState.Missed],
        [OrderVerb.Miss] = [PlacedOrderState.Paid, PlacedOrderState.Ready],
    };

    [Fact]
    public void Each_verb_is_possible_in_its_states_only_and_says_why_not()
    {
        foreach (var (verb, from) in Possible)
        {
            foreach (var state in Enum.GetValues<PlacedOrderState>())
            {
                var order = InState(state);
                if (from.Contains(state)) Do(order, verb);
                else Assert.Equal($"NotPossible.{state}", Assert.Throws<Rejected>(() => Do(order, verb)).Code);
            }
        }
    }

    [Theory]
    [InlineData(TestUsers.Resident, false, false, false)]
    [InlineData(TestUsers.Technician, false, false, true)]
    [InlineData(TestUsers.Dispatcher, true, false, true)]
    [InlineData(TestUsers.Manager, true, true, true)]
    [InlineData(TestUsers.Administrator, true, true, true)]
    public async Task Kitchen_and_lists_are_of_the_office_menus_of_the_management_and_rounds_of_all_who_work_here(
        string who, bool isOffice, bool isManagement, bool isStaff)
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("50", PaymentTarget.Own);
        var number = await host.OrderAsync(host.Dinner(shop));
        var order = await host.StoredAsync(number);
        var person = await host.AsAsync(who);
        var work = person.Get<OrderWork>();
        var refund = new OrderRefundForm { Reason = "试" };
        var lunch = new ServedMealForm { From = "11:00", Until = "13:00", CutOffMinutes = 60, SlotMinutes = 30, SlotCapacity = 50 };
        var rules = new OrderingRulesForm { HoldMinutes = 15, DaysAhead = 7, MostPortions = 10, NoShows = 3, NoShowDays = 30, PauseDays = 7 };

        await MayAsync(isOffice, () => person.Get<KitchenQueries>().ReadAsync(new KitchenFilter(), Ct));
        await MayAsync(isOffice, () => person.Get<KitchenQueries>().ReadAsync(new KitchenFilter(), 0, Ct));
        await MayAsync(isOffice, () => person.Get<KitchenQueries>().WallAsync(null, Ct));
        await MayAsync(isOffice, () => person.Get<KitchenQueries>().WallAsync(null, 0, Ct));
        await MayAsync(isOffice, () => person.Get<OrderDeskQueries>().ListAsync(new OrderFilter(), Ct));
        await MayAsync(isOffice, () => person.Get<StockService>().MovementsAsync(null, Ct));
        await MayAsync(isOffice, () => person.Get<StockService>().OfferAsync(shop.Noodles, host.Today, Meal.Dinner, new PortionsForm { Portions = 3 }, Ct));
        await MayAsync(isOffice, () => person.Get<WasteService>().ReadAsync(host.Today, Meal.Dinner, Ct));
        await MayAsync(isOffice, () => person.Get<WasteService>().RecordAsync(shop.Beef, host.Today, Meal.Dinner, new WasteForm { Quantity = 1 }, Ct));
        await MayAsync(isOffice, () => person.Get<WasteUndo>().RecentAsync(Ct));
        await MayAsync(isOffice, () => work.PrepareAsync(order.Id, Ct));
        await MayAsync(isOffice, () => work.HandOverAsync(order.Code, Ct));
        await MayAsync(isManagement, () => work.RefundAsync(order.Id, refund, Ct));
        await MayAsync(isOffice, () => work.WithdrawAsync(shop.Beef, host.Today, Meal.Dinner, refund, Ct));
        await MayAsync(isManagement, () => person.Get<ItemService>().RetireAsync(shop.Beef, Ct));
        await MayAsync(isManagement, () => person.Get<CanteenService>().AddAsync(new CanteenForm { Code = "T2", Name = "二食堂" }, Ct));
        await MayAsync(isManagement, () => person.Get<CanteenService>().RetireAsync(shop.Canteen, Ct));
        await MayAsync(isManagement, () => person.Get<CanteenService>().RestoreAsync(shop.Canteen, Ct));
        await MayAsync(isManagement, () => person.Get<CanteenService>().AddStallAsync(shop.Canteen, new StallForm { Code = "T4", Name = "四档" }, Ct));
        await MayAsync(isManagement, () => person.Get<CanteenService>().RetireStallAsync(shop.Stall, Ct));
        await MayAsync(isManagement, () => person.Get<CanteenService>().RestoreStallAsync(shop.Stall, Ct));
        await MayAsync(isManagement, () => person.Get<CanteenService>().ServeAsync(shop.Canteen, Meal.Lunch, lunch, Ct));
        await MayAsync(isManagement, () => person.Get<CanteenService>().SaveRulesAsync(rules, Ct));
        await MayAsync(isManagement, () => person.Get<CanteensUndo>().RecentAsync(Ct));
        await MayAsync(isStaff, () => person.Get<RoundService>().ReadAsync(Ct));
        await MayAsync(who == TestUsers.Resident, () => person.Get<MyOrdersQueries>().GoodsAsync(Ct));
        // Orders of others do not exist, also for the office.
        if (who != TestUsers.Resident)
        {
            await Assert.ThrowsAsync<NotFound>(() => person.Get<MyOrdersQueries>().FindAsync(number, Ct));
            await Assert.ThrowsAsync<Forbidden>(() => person.Get<OrderingService>().CancelAsync(number, Ct));
        }
        await host.DemandOrdersSoundAsync();
    }

    [Fact]
    public async Task Nobody_refunds_an_own_order_and_a_withdrawn_dish_is_refunded_to_everybody()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        var (dispatcher, manager) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Manager));
        var order = await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var stall = await db.Stalls.SingleAsync(s => s.Id == shop.Stall, token);
            var beef = await db.ShelfItems.SingleAsync(i => i.Id == shop.Beef, token);
            (await OrderStock.PortionsAsync(db, beef, host.Today, Meal.Dinner, token)).Take(1);
            var own = new PlacedOrder("DC20261122-9999", ShelfKind.Meals, dispatcher.PersonId, PickUpCode.New(), null, null, TestHost.Start);
            own.Add(beef, 1);
            own.OfMeal(stall, host.Today, Meal.Dinner, Shop.Slot);
            own.Pay(TestHost.Start);
            db.PlacedOrders.Add(own);
            return own;
        }, Ct));
        var refund = new OrderRefundForm { Reason = "试" };

        Assert.False(dispatcher.Get<OrderWork>().MayRefund(order.PersonId, order.State));
        await Assert.ThrowsAsync<Forbidden>(() => dispatcher.Get<OrderWork>().RefundAsync(order.Id, refund, Ct));
        Assert.True(manager.Get<OrderWork>().MayRefund(order.PersonId, order.State));
        Assert.Equal(1, await dispatcher.Get<OrderWork>().WithdrawAsync(shop.Beef, host.Today, Meal.Dinner, refund, Ct));
        Assert.Equal(PlacedOrderState.Refunded, (await host.StoredAsync(order.Number)).State);
    }

    [Fact]
    public async Task The_list_finds_orders_by_number_name_and_number_of_the_person_and_never_by_code()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("50", PaymentTarget.Own);
        var number = await host.OrderAsync(host.Dinner(shop));
        var (order, office) = (await host.StoredAsync(number), await host.AsAsync(TestUsers.Dispatcher));
        var person = await host.InDatabaseAsync(db => db.Users.SingleAsync(p => p.Id == order.PersonId, Ct));

        foreach (var typed in new[] { number, number[..^2].ToLowerInvariant(), person.FullName, person.Number! })
            Assert.Equal(number, Assert.Single((await FindAsync(typed)).Items).Number);
        foreach (var typed in new[] { order.Code, "DC2026-", "DC_", "%", "'" }) Assert.Empty((await FindAsync(typed)).Items);
        for (var typed = 0; typed < 2 * CodeGuesses.Most; typed++) await FindAsync("ZZZZZZZZ");
        Assert.Equal(number, (await office.Get<OrderWork>().LookUpAsync(order.Code, Ct)).Number);

        Task<OrderWindow> FindAsync(string typed) => office.Get<OrderDeskQueries>().ListAsync(new OrderFilter { Text = typed }, Ct);
    }

    [Fact]
    public async Task Other_residents_neither_see_nor_cancel_nor_review_an_order()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("50", PaymentTarget.Own);
        var number = await host.OrderAsync(host.Dinner(shop));
        var line = (await host.StoredAsync(number)).Lines.Single().Id;
        var other = await host.AsAsync((await host.RichAsync(5, 1_000)).First(p => p != TestUsers.Resident));

        await Assert.ThrowsAsync<NotFound>(() => other.Get<MyOrdersQueries>().FindAsync(number, Ct));
        await Assert.ThrowsAsync<NotFound>(() => other.Get<OrderingService>().CancelAsync(number, Ct));
        await Assert.ThrowsAsync<NotFound>(() => other.Get<OrderingService>().ReviewAsync(number, new ReviewForm { LineId = line, Stars = 5 }, Ct));
        Assert.Empty(await other.Get<MyOrdersQueries>().MineAsync(ct: Ct));
        Assert.Equal("BalanceTooLow", (await Assert.ThrowsAsync<Rejected>(() => other.Get<OrderingService>().PlaceAsync(host.Dinner(shop, beef: 2), Ct))).Code);
        Assert.Empty(await other.Get<MyOrdersQueries>().MineAsync(ct: Ct));
        Assert.Empty(await other.Get<MyOrdersQueries>().HomeAsync(Ct));
        Assert.Equal(1, (await host.PortionsAsync(shop.Beef)).Sold);
        await host.DemandOrdersSoundAsync();
    }

    [Fact]
    public async Task Strange_baskets_are_refused_and_take_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("50", PaymentTarget.Own);
        var resident = (await host.AsAsync(TestUsers.Resident)).Get<OrderingService>();
        await RefusedAsync<Rejected>(f => f.Lines = []);
        await RefusedAsync<Rejected>(f => f.Lines = [new BasketLine(shop.Beef, -1), new BasketLine(shop.Noodles, 2)]);
        await RefusedAsync<Rejected>(f => f.Lines = [new BasketLine(shop.Beef, int.MaxValue), new BasketLine(shop.Beef, int.MaxValue)]);
        await RefusedAsync<Rejected>(f => f.Lines = [new BasketLine(shop.Beef, 11)]);
        await RefusedAsync<NotFound>(f => f.Lines = [new BasketLine(shop.Soap, 1)]);
        await RefusedAsync<NotFound>(f => f.Lines = [new BasketLine(9_999_999, 1)]);
        await RefusedAsync<NotFound>(f => f.StallId = 9_999_999);
        await RefusedAsync<Rejected>(f => f.Day = host.Today.AddDays(-1));
        await RefusedAsync<Rejected>(f => f.Day = host.Today.AddDays(8));
        await RefusedAsync<Rejected>(f => f.Meal = Meal.Breakfast);
        await RefusedAsync<Rejected>(f => f.Slot = null);
        await RefusedAsync<Rejected>(f => f.PayWay = (PayWay)9);
        await RefusedAsync<Rejected>(f => f.Wish = new string('辣', 61));
        await RefusedAsync<Rejected>(f => f.SeenFen = 1);
        Assert.Equal(0, await host.InDatabaseAsync(db => db.PlacedOrders.CountAsync(Ct)));
        var hostile = host.Dinner(shop);
        hostile.Wish = "<script>alert(1)</script> \u202E';--";
        await resident.PlaceAsync(hostile, Ct);
        await host.DemandOrdersSoundAsync();

        async Task RefusedAsync<T>(Action<OrderForm> spoil) where T : Refusal
        {
            var form = host.Dinner(shop);
            spoil(form);
            await Assert.ThrowsAsync<T>(() => resident.PlaceAsync(form, Ct));
        }
    }

    // What a state does not allow is another matter: only who is forbidden counts here.
    private static async Task MayAsync(bool may, Func<Task> act)
    {
        var refusal = await Record.ExceptionAsync(act);
        if (may) Assert.True(refusal is null or Rejected, refusal?.ToString());
        else Assert.IsType<Forbidden>(refusal);
    }

    private static void Do(PlacedOrder order, OrderVerb verb)
    {
        var at = TestHost.Start.AddMinutes(5);
        switch (verb)
        {
            case OrderVerb.Pay:
                order.Pay(at);
                break;
            case OrderVerb.Prepare:
                order.Prepare(1, at);
                break;
            case OrderVerb.Unprepare:
                order.Unprepare(1, at);
                break;
            case OrderVerb.HandOver:
                order.HandOver(1, at);
                break;
            case OrderVerb.TakeBack:
                order.TakeBack(1, at);
                break;
            case OrderVerb.Cancel:
                order.Cancel(1, at);
                break;
            case OrderVerb.Expire:
                order.Expire(at);
                break;
            case OrderVerb.Refund:
                order.Refund(1, at, "试");
                break;
            case OrderVerb.Miss:
                order.Miss(at);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(verb), verb, null);
        }
    }

    private static PlacedOrder InState(PlacedOrderState state)
    {
        var order = new PlacedOrder("DC20261122-0001", ShelfKind.Meals, 1, PickUpCode.New(), null, 1, TestHost.Start);
        OrderVerb[] path = state switch
        {
            PlacedOrderState.Awaiting => [],
            PlacedOrderState.Paid => [OrderVerb.Pay],
            PlacedOrderState.Ready => [OrderVerb.Pay, OrderVerb.Prepare],
            PlacedOrderState.Done => [OrderVerb.Pay, OrderVerb.HandOver],
            PlacedOrderState.Cancelled => [OrderVerb.Cancel],
            PlacedOrderState.Expired => [OrderVerb.Expire],
            PlacedOrderState.Refunded => [OrderVerb.Pay, OrderVerb.Refund],
            _ => [OrderVerb.Pay, OrderVerb.Miss],
        };
        foreach (var verb in path) Do(order, verb);
        return order;
    }
}

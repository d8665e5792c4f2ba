using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>A hungry student on a phone, and a kitchen that is worked by keys.</summary>
public sealed class OrdersTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Viewport.Chinese)]
    [InlineData(Viewport.English)]
    public async Task A_student_orders_on_a_phone_gets_a_code_and_cancels(string language)
    {
        await Fixture.App.TopUpAsync(TestUsers.Resident, 50_000);
        var phone = await SignInAsync(TestUsers.Resident, new Viewport(language, Width: Viewport.Phone));
        await phone.GoAsync("/my/orders/menu");
        await phone.DemandAccessibleAsync("the menu");
        await phone.Page.Locator("form[data-stall] select").First.SelectOptionAsync("2");
        await phone.Page.Locator("form[data-stall] button").First.ClickAsync();
        await Expect(phone.Page.Locator(".total")).ToContainTextAsync("¥");
        await phone.DemandAccessibleAsync("the basket");
        await phone.Page.FillAsync("#order-Wish", "少油");
        await phone.Page.ClickAsync("button[value=Account]");
        await Expect(phone.Page.Locator("[data-state=Paid] .code .num")).ToContainTextAsync(" ");
        await Expect(phone.Page.Locator("h1")).ToHaveTextAsync(Text(language, PlacedOrderState.Paid));
        await phone.DemandAccessibleAsync("the order");
        await HasNoDraftAsync();
        await phone.PictureAsync("my-order");
        await phone.Page.ClickAsync("button.danger");
        await Expect(phone.Page.Locator("[data-state=Cancelled]")).ToHaveCountAsync(1);
        await HasNoDraftAsync();
        await Expect(phone.Page.Locator("h1")).ToHaveTextAsync(Text(language, PlacedOrderState.Cancelled));
        Assert.Empty(phone.Problems);

        Task HasNoDraftAsync() => phone.Page.WaitForFunctionAsync("() => !Object.keys(localStorage).some(key => key.startsWith('draft:'))");
    }

    [Theory]
    [InlineData(Viewport.Chinese, "Z8")]
    [InlineData(Viewport.English, "Z9")]
    public async Task A_kitchen_says_that_an_order_is_ready_and_hands_it_over_by_keys_alone(string language, string canteen)
    {
        var order = await PaidTodayAsync(canteen);
        var call = order.Number[^4..];
        var kitchen = await SignInAsync(TestUsers.Dispatcher, new Viewport(language, Width: Viewport.Phone));
        var wall = await SignInAsync(TestUsers.Manager, new Viewport(language));
        await kitchen.GoAsync(FormattableString.Invariant($"/orders/kitchen?canteen={order.CanteenId}"));
        await wall.GoAsync(FormattableString.Invariant($"/orders/wall?canteen={order.CanteenId}"));
        await Expect(kitchen.Page.Locator($"[data-call='{call}'][aria-current=true]")).ToHaveCountAsync(1);
        await kitchen.DemandAccessibleAsync("the kitchen");
        await kitchen.PictureAsync("kitchen");

        await kitchen.Page.Keyboard.PressAsync("Space");
        await Expect(kitchen.Page.Locator($"[data-ready='{call}']")).ToHaveCountAsync(1);
        await Expect(wall.Page.Locator($"[data-wall='{call}']")).ToHaveCountAsync(1);
        await Expect(wall.Page.Locator("#wall-ready")).ToHaveTextAsync(LocalizedText.Of<OrdersText>(language, "Wall.Ready"));
        await wall.DemandAccessibleAsync("the wall");
        // A scan ends with Enter, and the next one replaces it.
        await kitchen.Page.Keyboard.TypeAsync("ZZZZZZZZ");
        await kitchen.Page.Keyboard.PressAsync("Enter");
        await Expect(kitchen.Page.Locator(".match.no p")).ToHaveTextAsync(LocalizedText.Of<OrdersText>(language, "Kitchen.NoSuchCode"));
        await kitchen.Page.Keyboard.TypeAsync(order.Code.ToLowerInvariant());
        await Expect(kitchen.Page.Locator(".match b")).ToHaveTextAsync(
            LocalizedText.Of<OrdersText>(language, "Kitchen.Found", call, Text(language, PlacedOrderState.Ready)));
        await kitchen.Page.Keyboard.PressAsync("Enter");
        await Expect(kitchen.Page.Locator($"[data-ready='{call}']")).ToHaveCountAsync(0);
        await Expect(kitchen.Page.Locator(".match")).ToContainTextAsync(LocalizedText.Of<OrdersText>(language, "Kitchen.Given", call));
        await Expect(wall.Page.Locator($"[data-wall='{call}']")).ToHaveCountAsync(0);
        Assert.Equal(PlacedOrderState.Done, await StateAsync(order.Id));
        await kitchen.Page.Keyboard.PressAsync("Control+z");
        await Expect(kitchen.Page.Locator($"[data-ready='{call}']")).ToHaveCountAsync(1);
        Assert.Equal(PlacedOrderState.Ready, await StateAsync(order.Id));
        Assert.Empty(kitchen.Problems.Concat(wall.Problems));
    }

    private static string Text(string language, PlacedOrderState state) => LocalizedText.Of<OrdersText>(language, $"PlacedOrderState.{state}");

    private Task<PlacedOrderState> StateAsync(long order) =>
        Fixture.App.InDatabaseAsync(db => db.PlacedOrders.Where(o => o.Id == order).Select(o => o.State).SingleAsync(Ct));

    /// <summary>An order of today in a canteen that is open all day, whatever the time is.</summary>
    private async Task<PlacedOrder> PaidTodayAsync(string code) => await Fixture.App.InDatabaseAsync(db => db.WriteAsync(async token =>
    {
        var office = Fixture.App.Services.GetRequiredService<OfficeTime>();
        var canteen = new Canteen(code, new LocalName("夜食堂", "Night canteen"), new LocalName("", ""));
        db.Canteens.Add(canteen);
        await db.SaveChangesAsync(token);
        var served = new ServedMeal(canteen.Id, Meal.Night);
        served.Set(ServedDays.EveryDay, TimeOnly.MinValue, new TimeOnly(23, 59), 0, 240, 100);
        db.ServedMeals.Add(served);
        var stall = new Stall(canteen.Id, "1", new LocalName("烧烤档", "Grill"), isHalal: true);
        db.Stalls.Add(stall);
        await db.SaveChangesAsync(token);
        var dish = ShelfItem.Dish(stall.Id, $"{code}-1", new LocalName("烤串", "Skewers"), new Money(900), null, office.Now);
        db.ShelfItems.Add(dish);
        await db.SaveChangesAsync(token);
        var person = await db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Id).SingleAsync(token);
        var order = new PlacedOrder(
            await db.NextNumberAsync(OrdersLimits.Series, office.Today, token), ShelfKind.Meals, person, PickUpCode.New(), null, person, office.Now);
        order.Add(dish, 1);
        order.OfMeal(stall, office.Today, Meal.Night, TimeOnly.MinValue);
        order.Ask("少辣");
        order.Pay(office.Now);
        db.PlacedOrders.Add(order);
        return order;
    }, Ct));
}

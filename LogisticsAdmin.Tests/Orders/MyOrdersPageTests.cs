using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Phone;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LogisticsAdmin.Tests.Orders;

/// <summary>The resident's pages over HTTP, as a browser without scripts uses them.</summary>
public sealed class MyOrdersPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_can_be_complained_about_by_who_ordered_it()
    {
        await using var app = await TestApp.StartAsync();
        await app.InDatabaseAsync(OrderSteps.AddFirstOrderAsync);
        var student = await app.SignInAsync(TestUsers.Resident);
        var link = (await student.PageAsync($"/my/orders/{OrderSteps.FirstOrder}")).QuerySelector("[data-complain]")!.GetAttribute("href")!;

        Assert.Contains(OrderSteps.FirstOrder, (await student.PageAsync($"/{link}")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var other = await (await app.SignInAsync(TestUsers.Technician)).PageAsync($"/{link}");
        Assert.DoesNotContain(OrderSteps.FirstOrder, other.QuerySelector("main")!.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_home_page_shows_the_code_of_an_order_that_is_ready()
    {
        await using var app = await TestApp.StartAsync(clock: new FakeTimeProvider(TestHost.Start));
        await app.InDatabaseAsync(OrderSteps.AddFirstOrderAsync);
        var code = await app.InDatabaseAsync(db => db.PlacedOrders.Where(o => o.Number == OrderSteps.FirstOrder).Select(o => o.Code).SingleAsync(Ct));

        var card = (await (await app.SignInAsync(TestUsers.Resident)).PageAsync("/my")).QuerySelector($"[data-order-card='{OrderSteps.FirstOrder}']")!;

        Assert.Equal(PickUpCode.Show(code), card.QuerySelector(".pick-up b")!.TextContent);
        Assert.Equal($"my/orders/{OrderSteps.FirstOrder}", card.GetAttribute("href"));
        var other = await (await app.SignInAsync(await OtherAsync(app))).PageAsync("/my");
        Assert.DoesNotContain(PickUpCode.Show(code), other.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_meal_that_is_ready_says_its_code_stall_and_until_when_it_waits_and_one_to_be_paid_says_no_code()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("100", PaymentTarget.Own);
        var mine = (await host.AsAsync(TestUsers.Resident)).Get<MyOrdersQueries>();
        var kitchen = (await host.AsAsync(TestUsers.Dispatcher)).Get<OrderWork>();
        var meal = await host.StoredAsync(await host.OrderAsync(host.Dinner(shop)));
        Assert.Empty(await mine.HomeAsync(Ct));

        await kitchen.PrepareAsync(meal.Id, Ct);
        var unpaid = await host.OrderAsync(host.Dinner(shop, way: PayWay.Gateway));

        var home = await mine.HomeAsync(Ct);
        Assert.Equal([unpaid, meal.Number], home.Select(o => o.Row.Number));
        Assert.Equal((null, null), (home[0].Code, home[0].WaitsUntil));
        // Dinner ends at seven, and orders wait half an hour longer.
        Assert.Equal((meal.Code, TestHost.Start.AddHours(5.5)), (home[1].Code, home[1].WaitsUntil));
        Assert.Equal("3 号档 盖饭", home[1].Row.Stall!.Zh);
        await kitchen.HandOverAsync(meal.Code, Ct);
        Assert.Equal([unpaid], (await mine.HomeAsync(Ct)).Select(o => o.Row.Number));
    }

    [Fact]
    public async Task A_meal_is_chosen_confirmed_paid_shown_with_its_code_and_cancelled_without_scripts()
    {
        await using var app = await TestApp.StartAsync(clock: new FakeTimeProvider(TestHost.Start));
        var student = await app.SignInAsync(TestUsers.Resident);
        var menu = await student.PageAsync("/my/orders/menu");
        var stall = menu.Forms.First(f => f.QuerySelector("select[name^=i]") is not null);
        var dish = (IHtmlSelectElement)stall.QuerySelector("select[name^=i]")!;
        string Hidden(string name) => ((IHtmlInputElement)stall.QuerySelector($"input[name={name}]")!).Value;
        var basket = $"/my/orders/basket?stall={Hidden("stall")}&day={Hidden("day")}&meal={Hidden("meal")}&{dish.Name}=2";

        using var poor = await student.PostFormAsync(basket, ("Input.Way", nameof(PayWay.Account)));
        Assert.Equal(HttpStatusCode.OK, poor.StatusCode);
        Assert.Contains("余额", (await poor.PageAsync()).QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);

        using var asked = await student.PostFormAsync(basket, ("Input.Way", nameof(PayWay.Gateway)), ("Input.Wish", "<b>少油</b>"));
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        // What is accepted says so in the address, and the script of the page forgets what it kept of the form.
        Assert.Matches("my/pay\\?order=[^&]+&ok=sent$", asked.Headers.Location!.ToString());
        var order = await app.InDatabaseAsync(db => db.PlacedOrders.AsNoTracking().SingleAsync(Ct));
        Assert.Equal((PlacedOrderState.Awaiting, "<b>少油</b>"), (order.State, order.Wish));
        await app.InDatabaseAsync(async db => await db.WriteAsync(async token =>
        {
            (await db.PlacedOrders.SingleAsync(token)).Pay(TestHost.Start);
            return 0;
        }, Ct));

        var page = await student.PageAsync($"/my/orders/{order.Number}");
        Assert.Contains(PickUpCode.Show(order.Code), page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector(".code svg path"));
        Assert.Null(page.QuerySelector("bdi b"));
        var other = await app.SignInAsync(await OtherAsync(app));
        using var guessed = await other.GetAsync($"/my/orders/{order.Number}", Ct);
        Assert.Equal(HttpStatusCode.NotFound, guessed.StatusCode);

        using var cancelled = await student.SendFormAsync(page.Forms.First(f => f.QuerySelector("button.danger") is not null), $"/my/orders/{order.Number}");
        Assert.Equal(HttpStatusCode.Redirect, cancelled.StatusCode);
        Assert.EndsWith($"/my/orders/{order.Number}?ok=sent", cancelled.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(PlacedOrderState.Cancelled, await app.InDatabaseAsync(db => db.PlacedOrders.Select(o => o.State).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_basket_sent_twice_is_one_order_and_sent_again_with_another_slot_it_is_a_second_one()
    {
        await using var app = await TestApp.StartAsync(clock: new FakeTimeProvider(TestHost.Start));
        var student = await app.SignInAsync(TestUsers.Resident);
        var stall = (await student.PageAsync("/my/orders/menu")).Forms.First(f => f.QuerySelector("select[name^=i]") is not null);
        var dish = (IHtmlSelectElement)stall.QuerySelector("select[name^=i]")!;
        string Hidden(string name) => ((IHtmlInputElement)stall.QuerySelector($"input[name={name}]")!).Value;
        var basket = $"/my/orders/basket?stall={Hidden("stall")}&day={Hidden("day")}&meal={Hidden("meal")}&{dish.Name}=1";
        var form = (await student.PageAsync(basket)).Forms.First(f => f.QuerySelector("select[name='Input.Slot']") is not null);
        var slots = form.QuerySelectorAll("select[name='Input.Slot'] option:not([disabled])").OfType<IHtmlOptionElement>().Select(o => o.Value).ToList();

        var (first, again) = (await SendAsync(slots[0]), await SendAsync(slots[0]));
        Assert.Equal(first, again);
        await app.InDatabaseAsync(async db => await db.WriteAsync(async token =>
        {
            (await db.PlacedOrders.SingleAsync(token)).Pay(TestHost.Start);
            return 0;
        }, Ct));

        var second = await SendAsync(slots[^1]);
        Assert.NotEqual(first, second);
        var stored = await app.InDatabaseAsync(db => db.PlacedOrders.AsNoTracking().OrderBy(o => o.Id).Select(o => o.Slot!.Value).ToListAsync(Ct));
        Assert.Equal([slots[0], slots[^1]], stored.Select(s => TypedTime.Show(s)));

        async Task<string> SendAsync(string slot)
        {
            using var sent = await student.SendFormAsync(form, basket, ("Input.Slot", slot), ("Input.Way", nameof(PayWay.Gateway)));
            Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
            return sent.Headers.Location!.ToString();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancelled_order_says_that_the_money_went_back_only_when_it_was_paid(bool isPaid)
    {
        await using var app = await TestApp.StartAsync(clock: new FakeTimeProvider(TestHost.Start));
        const string Number = "DC20261122-0002";
        await app.InDatabaseAsync(async db =>
        {
            var me = await db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Id).SingleAsync(Ct);
            return await db.WriteAsync(_ =>
            {
                var order = new PlacedOrder(Number, ShelfKind.Goods, me, PickUpCode.New(), null, me, TestHost.Start);
                order.OfGoods(new DateOnly(2026, 11, 22), null);
                if (isPaid) order.Pay(TestHost.Start);
                order.Cancel(me, TestHost.Start);
                db.PlacedOrders.Add(order);
                return Task.FromResult(0);
            }, Ct);
        });

        var page = await (await app.SignInAsync(TestUsers.Resident)).PageAsync($"/my/orders/{Number}");

        Assert.Equal(nameof(PlacedOrderState.Cancelled), page.QuerySelector("[data-order]")!.GetAttribute("data-state"));
        Assert.Equal(isPaid ? 1 : 0, page.QuerySelectorAll("[data-money-back]").Length);
    }

    [Fact]
    public async Task Pages_of_residents_are_small_and_have_no_inline_styles()
    {
        await using var app = await TestApp.StartAsync(clock: new FakeTimeProvider(TestHost.Start));
        var student = await app.SignInAsync(TestUsers.Resident);
        string[] addresses = ["/my/orders", "/my/orders/menu", "/my/orders/goods", "/my/orders/basket", "/my/orders/basket?i1=1&ix=2&i2=999999999999"];
        foreach (var address in addresses)
        {
            using var response = await student.GetAsync(address, Ct);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var text = await response.Content.ReadAsStringAsync(Ct);
            Assert.True(Encoding.UTF8.GetByteCount(text) < 100_000, $"{address} has {Encoding.UTF8.GetByteCount(text)} bytes.");
            Assert.DoesNotContain(" style=", text, StringComparison.Ordinal);
        }
        using var none = await student.GetAsync("/my/orders/DC20261122-9999", Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        var technician = await app.SignInAsync(TestUsers.Technician);
        using var round = await technician.GetAsync("/jobs/deliveries", Ct);
        Assert.Equal(HttpStatusCode.OK, round.StatusCode);
        using var menu = await technician.GetAsync("/my/orders/menu", Ct);
        Assert.Equal(HttpStatusCode.NotFound, menu.StatusCode);
    }

    private static async Task<string> OtherAsync(TestApp app) => await app.InDatabaseAsync(db =>
    {
        var held = db.UserRoles;
        return db.Users.Where(p => p.UserName != TestUsers.Resident && held.Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Resident))
            .OrderBy(p => p.Id).Select(p => p.UserName!).FirstAsync(Ct);
    });
}

using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Features.Reports.Dashboard;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Orders;

/// <summary>Orders, sales and the share that nobody picked up, on the dashboard.</summary>
public sealed class OrderDashboardTests
{
    private static readonly DashboardFilter Month = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_step_of_an_order_is_followed_and_thirteen_months_are_drawn()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("100", PaymentTarget.Own);
        var service = (await host.AsAsync(TestUsers.Manager)).Get<DashboardService>();
        using var watch = service.Watch(Month);
        var before = await ViewAsync(service, watch, Month, _ => true);
        Assert.Equal([0, 0, 0], Counts(before));

        var number = await host.OrderAsync(host.Dinner(shop, beef: 1, noodles: 2));
        var ordered = await ViewAsync(service, watch, Month, v => Of(v, "meal-orders").Counted == 1);
        Assert.Equal((Shop.BeefFen + 2 * Shop.NoodlesFen) / 100m, Of(ordered, "meal-sales").Value);
        Assert.Equal(1, ordered.Keys.Single(k => k.Figure.Code == "orders.meal-orders").Today?.Counted);
        Assert.All(ordered.Keys.Where(k => k.Figure.Code.StartsWith("orders.", StringComparison.Ordinal)), k => Assert.False(k.IsOfTickets));

        await (await host.AsAsync(TestUsers.Resident)).Get<OrderingService>().CancelAsync(number, Ct);
        Assert.Equal(0m, Of(await ViewAsync(service, watch, Month, v => Of(v, "meal-orders").Counted == 0), "meal-sales").Value ?? 0);

        await host.OrderAsync(host.Dinner(shop));
        host.Clock.Advance(TimeSpan.FromHours(6));
        await host.RunOrdersAsync();
        var missed = Of(await ViewAsync(service, watch, Month, v => Of(v, "missed-rate").Counted == 1), "missed-rate");
        Assert.Equal((1m, 1), (missed.Value, missed.Base));

        var view = await service.WithHistoryAsync(await ViewAsync(service, watch, Month, _ => true, host), Ct);
        var section = view.Sections.Single(s => s.Layout.Code == "orders");
        Assert.Equal(["orders", "sales", "missed"], section.Layout.Trends.Select(t => t.Code));
        Assert.Equal(13, section.History.Count);
        Assert.Equal(1, section.History[^1].Values["orders.meal-orders"].Counted);
    }

    [Fact]
    public async Task An_order_for_tomorrow_counts_from_tomorrow_on()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("100", PaymentTarget.Own);
        var service = (await host.AsAsync(TestUsers.Manager)).Get<DashboardService>();
        using var watch = service.Watch(Month);
        var form = host.Dinner(shop);
        form.Day = host.Today.AddDays(1);
        await host.OrderAsync(form);
        await host.OrderAsync(host.Dinner(shop));
        await ViewAsync(service, watch, Month, v => Of(v, "meal-orders").Counted == 1);

        host.Clock.Advance(TimeSpan.FromHours(10));

        await ViewAsync(service, watch, Month, v => Of(v, "meal-orders").Counted == 2, host);
    }

    [Theory]
    [InlineData(TestUsers.Manager)]
    [InlineData(TestUsers.Dispatcher)]
    public async Task While_a_crew_or_campus_is_chosen_they_are_left_out_because_they_belong_to_none(string userName)
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync();
        var service = (await host.AsAsync(userName)).Get<DashboardService>();
        foreach (var (filter, isShown) in new[] { (Month, true), (Month with { CrewId = 1 }, false), (Month with { CampusId = 1 }, false) })
        {
            using var watch = service.Watch(filter);
            var view = await ViewAsync(service, watch, filter, _ => true);
            Assert.Equal(isShown, view.Keys.Any(k => k.Figure.Code == "orders.meal-sales"));
            Assert.Equal(isShown, view.Sections.Any(s => s.Layout.Code == "orders"));
            Assert.Contains(view.Keys, k => k.Figure.Code == "repairs.intake");
        }
    }

    [Fact]
    public async Task A_change_names_its_order_or_record_of_waste_and_leaves_earlier_days_alone()
    {
        await using var host = await TestHost.OpenAsync();
        var section = host.AsSystem().Get<IEnumerable<IReportSection>>().Single(s => s.Code == "orders");
        var office = host.Services.GetRequiredService<OfficeTime>();
        var day = new DateOnly(2026, 11, 20);

        Assert.Equal(new FactsChange(7, office.At(day, TimeOnly.MinValue)), section.ChangedBy(new KeyChanged(OrdersTopics.Orders, 7) { Day = day }));
        Assert.Equal(new FactsChange(7, null), section.ChangedBy(new KeyChanged(OrdersTopics.Orders, 7)));
        Assert.Equal(new FactsChange(-7, office.At(day, TimeOnly.MinValue)), section.ChangedBy(new KeyChanged(OrdersTopics.Waste, 7) { Day = day }));
        Assert.Null(section.ChangedBy(new KeyChanged(OrdersTopics.Shelf, 7)));
    }

    /// <summary>The first view that fulfils the condition. With a host, its clock goes on minute by minute.</summary>
    private static async Task<DashboardView> ViewAsync(
        DashboardService service, BoardWatch watch, DashboardFilter filter, Func<DashboardView, bool> isIt, TestHost? host = null)
    {
        while (true)
        {
            host?.Clock.Advance(TimeSpan.FromMinutes(1));
            if (await NextAsync(watch, host is not null) is not { } snapshot) continue;
            Assert.False(snapshot.HasFailed);
            if (await service.ReadAsync(snapshot, filter, Ct) is { } view && isIt(view)) return view;
        }
    }

    /// <summary>The next snapshot; null when none comes soon, because the clock went on before the board waited for it.</summary>
    private static async Task<BoardSnapshot?> NextAsync(BoardWatch watch, bool isImpatient)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        if (isImpatient) patience.CancelAfter(TimeSpan.FromMilliseconds(300));
        try
        {
            return await watch.NextAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!Ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private static FigureReading Of(DashboardView view, string figure) => view.Keys.Single(k => k.Figure.Code == $"orders.{figure}").Reading;

    private static IEnumerable<int> Counts(DashboardView view) =>
        new[] { "meal-orders", "meal-sales", "missed-rate" }.Select(f => Of(view, f).Counted);
}

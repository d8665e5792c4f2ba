using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Orders;

/// <summary>Portions that the kitchen records as thrown away, apart from those that nobody picked up.</summary>
public sealed class WasteTests
{
    private static readonly ReportPeriod November = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Waste_is_recorded_corrected_audited_and_taken_back()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        var kitchen = await host.AsAsync(TestUsers.Dispatcher);
        var (wastes, undo) = (kitchen.Get<WasteService>(), kitchen.Get<WasteUndo>());

        await wastes.RecordAsync(shop.Beef, host.Today, Meal.Dinner, Form(3, WasteReason.Overproduced), Ct);
        var first = (await ReadAsync())!;
        Assert.Equal((3, WasteReason.Overproduced), (first.Quantity, first.Reason));
        await Assert.ThrowsAsync<Stale>(() => wastes.RecordAsync(shop.Beef, host.Today, Meal.Dinner, Form(4), Ct));
        await wastes.RecordAsync(shop.Beef, host.Today, Meal.Dinner, Form(5, WasteReason.Spoilt, first.Version), Ct);
        Assert.Equal(nameof(WasteAct.Correct), (await undo.LatestAsync(Ct))?.Act);
        var audited = await host.InDatabaseAsync(db => db.Audit.Where(a => a.Entity == nameof(MealWaste) && a.Field == nameof(MealWaste.Quantity))
            .OrderBy(a => a.Id).ToListAsync(Ct));
        Assert.Equal([(null, "3"), ("3", "5")], audited.Select(a => (a.Old, a.New)));
        Assert.All(audited, a => Assert.Equal(kitchen.PersonId, a.ActorId));

        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Equal((3, WasteReason.Overproduced), ((await ReadAsync())!.Quantity, (await ReadAsync())!.Reason));
        await wastes.RecordAsync(shop.Noodles, host.Today, Meal.Dinner, Form(1), Ct);
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Equal([shop.Beef], (await wastes.ReadAsync(host.Today, Meal.Dinner, Ct)).Keys);

        var early = await Assert.ThrowsAsync<Rejected>(() => wastes.RecordAsync(shop.Beef, host.Today.AddDays(1), Meal.Dinner, Form(1), Ct));
        Assert.Equal("WasteTooEarly", early.Code);
        await Assert.ThrowsAsync<NotFound>(() => wastes.RecordAsync(shop.Soap, host.Today, Meal.Dinner, Form(1), Ct));
        await Assert.ThrowsAsync<NotFound>(() => wastes.RecordAsync(shop.Beef, host.Today, (Meal)3, Form(1), Ct));
        await Assert.ThrowsAsync<Rejected>(() => wastes.RecordAsync(shop.Noodles, host.Today, Meal.Dinner, Form(-1), Ct));
        await Assert.ThrowsAsync<Rejected>(() => wastes.RecordAsync(shop.Noodles, host.Today, Meal.Dinner, Form(1, (WasteReason)9), Ct));
        // Neither portions nor stock change by it.
        await host.DemandOrdersSoundAsync();

        async Task<WasteRow?> ReadAsync() => (await wastes.ReadAsync(host.Today, Meal.Dinner, Ct)).GetValueOrDefault(shop.Beef);
    }

    [Fact]
    public async Task The_report_shows_recorded_waste_apart_from_what_nobody_picked_up()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("100", PaymentTarget.Own);
        var kitchen = await host.AsAsync(TestUsers.Dispatcher);
        var order = await host.StoredAsync(await host.OrderAsync(host.Dinner(shop, beef: 2)));
        await kitchen.Get<OrderWork>().PrepareAsync(order.Id, Ct);
        var day = host.Today;
        var wastes = kitchen.Get<WasteService>();
        await wastes.RecordAsync(shop.Beef, day, Meal.Dinner, Form(3, WasteReason.Overproduced), Ct);
        await wastes.RecordAsync(shop.Noodles, day, Meal.Dinner, Form(4), Ct);
        await wastes.RecordAsync(shop.Noodles, day.AddMonths(-1), Meal.Dinner, Form(50), Ct);
        await wastes.RecordAsync(shop.Noodles, day, Meal.Lunch, Form(0), Ct);
        host.Clock.Advance(TimeSpan.FromHours(6));
        await host.RunOrdersAsync();

        var section = host.AsSystem().Get<IEnumerable<IReportSection>>().Single(s => s.Code == "orders");
        var facts = await section.ReadAsync(November, null, Ct);

        Assert.Equal((2m, 7m, 2m), (Value("waste"), Value("recorded-waste"), Value("portions")));
        var lines = new SectionSnapshot(SectionLayout.Of(section), facts).Lines(section.Tables.Single(t => t.Code == "waste"));
        Assert.Equal([shop.Noodles, shop.Beef], lines.Select(l => l.Key!.Value));
        var things = await section.DescribeAsync([.. facts.Rows.Select(r => r.Id)], Ct);
        Assert.Equal(facts.Rows.Select(r => r.Id).Order(), things.Select(t => t.Id).Order());
        Assert.Contains(things, t => t.Address == "orders/portions?day=2026-11-22&meal=Dinner" && t.About == "番茄牛腩饭 ×3");
        var found = await section.FindAsync([.. facts.Rows.Select(r => r.Id)], "香菇", Ct);
        Assert.Equal("香菇青菜面 ×4", Assert.Single(await section.DescribeAsync([.. found], Ct)).About);
        var only = await section.ReadAsync(November, [.. found], Ct);
        Assert.Equal(found.Single(), Assert.Single(only.Rows).Id);

        decimal? Value(string figure) => FigureCalculator.Compute(
            SectionLayout.Of(section), section.Figures.Single(f => f.Code == $"orders.{figure}"), facts.Rows).Value;
    }

    private static WasteForm Form(int quantity, WasteReason? reason = null, long version = 0) =>
        new() { Quantity = quantity, Reason = reason, Version = version };
}

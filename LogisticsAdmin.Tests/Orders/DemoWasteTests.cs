using LogisticsAdmin.Features.Orders.Demo;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Orders;

/// <summary>The example data has waste for the report, always the same and without entries of the audit log.</summary>
public sealed class DemoWasteTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Waste_of_two_weeks_is_loaded_once_the_same_every_time_and_shown_by_the_report()
    {
        await using var host = await TestHost.OpenAsync();
        await host.AsSystem().Get<DemoOrders>().LoadAsync(Ct);
        await host.AsSystem().Get<DemoOrders>().LoadAsync(Ct);
        var wastes = await WastesAsync(host);

        Assert.InRange(wastes.Count, 50, 500);
        Assert.Equal(wastes.Count, wastes.Select(w => (w.ItemId, w.Day, w.Meal)).Distinct().Count());
        var reasons = wastes.Where(w => w.Quantity > 0).Select(w => w.Reason).ToHashSet();
        Assert.True(reasons.SetEquals([.. Enum.GetValues<WasteReason>().Cast<WasteReason?>(), null]));
        Assert.Contains(wastes, w => w.Quantity == 0);
        Assert.All(wastes, w => Assert.InRange(w.Day, host.Today.AddDays(-14), host.Today));
        // It is two in the afternoon: dinner is still to come.
        Assert.DoesNotContain(wastes, w => w.Day == host.Today && w.Meal == Meal.Dinner);
        Assert.False(await host.InDatabaseAsync(db => db.Audit.AnyAsync(a => a.Entity == nameof(MealWaste), Ct)));

        await using var again = await TestHost.OpenAsync();
        await again.AsSystem().Get<DemoOrders>().LoadAsync(Ct);
        Assert.Equal(
            wastes.Select(w => (w.ItemId, w.Day, w.Meal, w.Quantity, w.Reason)),
            (await WastesAsync(again)).Select(w => (w.ItemId, w.Day, w.Meal, w.Quantity, w.Reason)));

        var section = host.AsSystem().Get<IEnumerable<IReportSection>>().Single(s => s.Code == "orders");
        var facts = await section.ReadAsync(ReportPeriod.MonthOf(host.Today), null, Ct);
        var lines = new SectionSnapshot(SectionLayout.Of(section), facts).Lines(section.Tables.Single(t => t.Code == "waste"));
        Assert.Equal(10, lines.Count);
        Assert.All(lines, l => Assert.True(l.Values[0].Value > 0));
    }

    private static async Task<List<MealWaste>> WastesAsync(TestHost host) =>
        await host.InDatabaseAsync(db => db.MealWastes.AsNoTracking().OrderBy(w => w.Id).ToListAsync(Ct));
}

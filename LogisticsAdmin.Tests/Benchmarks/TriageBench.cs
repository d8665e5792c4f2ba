using System.Diagnostics;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs;
using LogisticsAdmin.Features.Repairs.Views;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>What the triage page asks among 100,000 tickets, and the same SQL through Microsoft.Data.Sqlite alone.</summary>
internal static class TriageBench
{
    private const int Tickets = 100_000, Deep = Tickets / 2, Rows = 50, WarmUp = 30, Rounds = 200;

    public static async Task RunAsync()
    {
        using var store = await BenchStore.WithTicketsAsync(Tickets);
        var recorded = new RecordedSql();
        await using var house = new WorkedApp(await TestApp.StartAsync(storage: store.Directory,
            change: services => services.ConfigureDbContext<LogisticsDb>(db => db.AddInterceptors(recorded))));
        var queries = (await house.AsAsync(Cast.Dispatcher)).Queries;
        var choices = await queries.ChoicesAsync();
        var filter = new RepairFilter { View = RepairView.All };
        var middle = RowEdge.Of((await queries.WindowAsync(filter, Deep)).Items[^1]);

        var table = new Table("question", "p50 ms", "p95 ms", "max ms", "bare p50", "ratio", "target");
        await MeasureAsync("window of 50, new", () => queries.WindowAsync(filter with { View = RepairView.New }, Rows), "≤ 3");
        await MeasureAsync("window of 50, all, first", () => queries.WindowAsync(filter, Rows), "≤ 3");
        await MeasureAsync("window of 50, all, behind row 50,000", () => queries.WindowAsync(filter, Rows, after: middle), "≤ 3");
        await MeasureAsync("window of 50, all, in front of row 50,000", () => queries.WindowAsync(filter, Rows, before: middle), "≤ 3");
        foreach (var sort in Enum.GetValues<DeskSort>().Except([DeskSort.Pressing]))
        {
            var edge = RowEdge.Of((await queries.WindowAsync(filter, Deep, sort: sort)).Items[^1], sort);
            await MeasureAsync($"window of 50, all, {sort}, behind row 50,000", () => queries.WindowAsync(filter, Rows, after: edge, sort: sort), "≤ 3");
            await MeasureAsync($"window of 50, on hold, {sort}", () => queries.WindowAsync(filter with { View = RepairView.OnHold }, Rows, sort: sort), "≤ 3");
            await MeasureAsync($"window of 50, one building, {sort}", () => queries.WindowAsync(filter with { BuildingId = choices.Buildings[0].Id }, Rows, sort: sort), "≤ 3");
        }
        await MeasureAsync("window of 50, one building", () => queries.WindowAsync(filter with { BuildingId = choices.Buildings[0].Id }, Rows), "≤ 3");
        await MeasureAsync("window of 50, one category and crew", () => queries.WindowAsync(
            filter with { CategoryId = choices.Categories[0].Id, CrewId = choices.Crews[0].Id }, Rows), "≤ 3");
        await MeasureAsync("window of 50, text 水", () => queries.WindowAsync(filter with { Text = "水" }, Rows), "≤ 3");
        await MeasureAsync("counts of all views", () => queries.CountsAsync(filter), "");
        foreach (var typed in new[] { "水", "空调", "水龙头", "BX2026", "512" })
            await MeasureAsync($"search box: {typed}", () => queries.SearchAsync(typed), "30 ms");

        async Task MeasureAsync(string what, Func<Task> ask, string target)
        {
            using var bare = await recorded.RecordAsync(ask, store.ConnectionString);
            for (var i = 0; i < WarmUp; i++)
            {
                await ask();
                bare.Run();
            }
            List<double> ours = [], least = [];
            for (var i = 0; i < Rounds; i++)
            {
                ours.Add(await WorkedApp.TimeAsync(ask));
                var start = Stopwatch.GetTimestamp();
                bare.Run();
                least.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            var (took, floor) = (Percentiles.Of(ours), Percentiles.Of(least));
            table.Row(what, took.P50, took.P95, took.Max, floor.P50, took.P50 / floor.P50, target);
        }
    }
}

using System.Diagnostics;
using LogisticsAdmin.Features.Reports.Dashboard;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>
/// One change while dashboards are open, among 100,000 tickets of two years: how long the writer takes, and how much processor time it is until every
/// dashboard has what it shows. The board gathers for a second, which is not counted.
/// </summary>
internal static class DashboardBench
{
    private const int Tickets = 100_000, WarmUp = 5, Changes = 20;

    public static async Task RunAsync()
    {
        using var store = await BenchStore.WithTicketsAsync(Tickets);
        await using var app = new AppWithUsers(await TestApp.StartAsync(storage: store.Directory));
        var (resident, manager) = (await app.AsAsync(TestUsers.Resident), await app.AsAsync(TestUsers.Manager));
        var report = await app.FormAsync();
        var (service, board) = (manager.Get<DashboardService>(), app.Services.GetRequiredService<DashboardBoard>());
        var table = new Table("open dashboards", "write p50 ms", "write p95 ms", "CPU ms per change", "first view ms", "target");
        foreach (var open in new[] { 0, 1, 50 })
        {
            var filter = new DashboardFilter();
            var began = Stopwatch.GetTimestamp();
            var watches = Enumerable.Range(0, open).Select(_ => service.Watch(filter)).ToList();
            foreach (var watch in watches) await ViewAsync(service, watch, filter);
            var first = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            List<double> took = [];
            var processor = TimeSpan.Zero;
            for (var i = -WarmUp; i < Changes; i++)
            {
                var (published, used) = (board.Published, Environment.CpuUsage.TotalTime);
                var time = await AppWithUsers.TimeAsync(() => resident.Intake.SubmitAsync(report));
                foreach (var watch in watches) await ViewAsync(service, watch, filter);
                if (i < 0) continue;
                took.Add(time);
                processor += Environment.CpuUsage.TotalTime - used;
                if (open > 0 && board.Published == published) throw new InvalidOperationException("No dashboard was told of the change.");
            }
            foreach (var watch in watches) watch.Dispose();
            var writes = Percentiles.Of(took);
            table.Row($"{open}", writes.P50, writes.P95, processor.TotalMilliseconds / Changes, first, open == 50 ? "the writer as without" : "");
        }
    }

    private static async Task ViewAsync(DashboardService service, BoardWatch watch, DashboardFilter filter)
    {
        while (await service.ReadAsync(await watch.NextAsync(CancellationToken.None), filter) is null)
        {
        }
    }
}

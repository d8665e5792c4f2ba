using LogisticsAdmin.Features.People;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;

namespace LogisticsAdmin.Tests.Benchmarks;

internal static partial class ReportBench
{
    private const int OpenPages = 200, WarmUpRounds = 40, Rounds = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// One change until each of 200 open triage pages shows it: alone, and while ten exports of a month with some 5,000 tickets are asked for at once,
    /// again and again. The app is a child process.
    /// </summary>
    public static async Task RunFanOutAsync()
    {
        using var store = await BenchStore.WithTicketsAsync(FileTickets, months: 2);
        await using var app = await ChildApp.StartAsync(store.Directory);
        using var dispatcher = new CircuitSession(app.Address);
        await dispatcher.LoginAsync("/Account/Login", TestUsers.Dispatcher, DemoPeople.Password);
        using var manager = new CircuitSession(app.Address);
        await manager.LoginAsync("/Account/Login", TestUsers.Manager, DemoPeople.Password);
        await using var fleet = await CircuitFleet.OpenAsync([dispatcher], "/repairs", "data-ticket", OpenPages);
        var month = ReportPeriod.MonthOf(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)).Previous;
        var table = new Table(
            $"one change until {OpenPages} open pages show it", "p50 ms", "p95 ms", "max ms", "missed", "saver p95", "exports", "ten take ms", "target p95");

        for (var i = 0; i < WarmUpRounds; i++) await UpdateAsync([], [], $"暖机{i:000}");
        await ExportAsync();
        await MeasureAsync("alone", null);
        using var end = new CancellationTokenSource();
        List<double> took = [];
        var exporting = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested) took.Add(await AppWithUsers.TimeAsync(ExportAsync));
        });
        await MeasureAsync("while ten exports are made at once", took);
        await end.CancelAsync();
        await exporting;

        Task ExportAsync() => Task.WhenAll(Enumerable.Range(0, Exports).Select(i =>
            manager.DownloadAsync($"/reports/monthly/{month}.{(i % 2 == 0 ? "pdf" : "xlsx")}?lang={(i % 4 < 2 ? "zh-CN" : "en")}")));

        async Task MeasureAsync(string what, List<double>? exports)
        {
            List<double> seen = [], saved = [];
            var missed = 0;
            for (var i = 0; i < Rounds; i++) missed += await UpdateAsync(seen, saved, $"水管爆裂{what.Length}-{i:000}");
            var (latency, saver) = (Percentiles.Of(seen), Percentiles.Of(saved));
            table.Row(what, latency.P50, latency.P95, latency.Max, missed, saver.P95, exports is null ? "" : exports.Count * Exports,
                exports is { Count: > 0 } ? Percentiles.Of(exports).P50 : "", exports is null ? "" : "150 ms");
        }

        async Task<int> UpdateAsync(List<double> seen, List<double> saved, string text)
        {
            var (id, waited) = ("", 0.0);
            var fanOut = await fleet.ExpectAsync(text, async () => (id, waited) = await app.ReportAsync(text), Patience);
            seen.AddRange(fanOut.LatenciesMs);
            saved.Add(waited);
            await app.AskAsync($"cancel {id}");
            await Task.Delay(150);
            return fanOut.Missed;
        }
    }
}

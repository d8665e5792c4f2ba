using System.Diagnostics;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>
/// Real circuits on the triage page, held by headless clients in this process, and the app in a child process. A new emergency is reported;
/// the time is measured from before the report until each page was sent its row.
/// </summary>
internal static class FanOutBench
{
    private const int WarmUp = 60, Rounds = 30;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public static async Task RunAsync()
    {
        var table = new Table("open triage pages", "p50 ms", "p95 ms", "max ms", "missed", "bytes", "saver p95",
            "CPU ms/up", "core %", "KiB/page", "target p95");
        foreach (var (pages, rate, target) in new[] { (50, 0, ""), (200, 0, ""), (500, 0, "150 ms"), (200, 20, "250 ms") })
        {
            await using var app = await ChildApp.StartAsync();
            await MeasureAsync(app, table, pages, rate, target);
        }
    }

    private static async Task MeasureAsync(ChildApp app, Table table, int pages, int rate, string target)
    {
        using var session = new CircuitSession(app.Address);
        await session.LoginAsync("/Account/Login", TestUsers.Dispatcher, DemoPeople.Password);
        double memory;
        await using (await CircuitFleet.OpenAsync([session], "/repairs", "data-ticket", 4)) memory = app.Usage.RssKib;

        await using var fleet = await CircuitFleet.OpenAsync([session], "/repairs", "data-ticket", pages);
        List<double> seen = [], saved = [];
        var (missed, bytes) = (0, 0.0);
        for (var i = 0; i < WarmUp; i++) await UpdateAsync($"暖机{i:000}");
        (seen, saved, missed, bytes) = ([], [], 0, 0);

        await app.AskAsync(FormattableString.Invariant($"busy {rate}"));
        var (before, began) = (app.Usage, Stopwatch.GetTimestamp());
        for (var i = 0; i < Rounds; i++) await UpdateAsync($"水管爆裂{i:000}");
        var (after, seconds) = (app.Usage, Stopwatch.GetElapsedTime(began).TotalSeconds);
        await app.AskAsync("busy 0");

        var (latency, saver) = (Percentiles.Of(seen), Percentiles.Of(saved));
        var cpu = after.CpuMs - before.CpuMs;
        table.Row(rate == 0 ? $"{pages}" : $"{pages}, {rate} other changes a second", latency.P50, latency.P95, latency.Max, missed,
            bytes / Rounds, saver.P95, cpu / (2 * Rounds * pages), cpu / seconds / 10, (after.RssKib - memory) / pages, target);

        async Task UpdateAsync(string text)
        {
            var (id, waited) = ("", 0.0);
            var fanOut = await fleet.ExpectAsync(text, async () => (id, waited) = await app.ReportAsync(text), Timeout);
            seen.AddRange(fanOut.LatenciesMs);
            saved.Add(waited);
            missed += fanOut.Missed;
            bytes += fanOut.BytesPerUpdate;
            // Cancelling keeps the list's length, and is the second change of each round.
            await app.AskAsync($"cancel {id}");
            await Task.Delay(150);
        }
    }
}

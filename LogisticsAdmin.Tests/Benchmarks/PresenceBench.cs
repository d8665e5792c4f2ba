using System.Diagnostics;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>
/// Real circuits on the triage page, each with an open ticket, held by headless clients; the app is a child process. First nothing happens;
/// then somebody opens the most pressing ticket, and the time is measured until each page was sent their portrait. <c>PRESENCE_PAGES</c> sets
/// fewer pages than 500, for a machine that is not idle.
/// </summary>
internal static class PresenceBench
{
    private const int WarmUp = 10, Rounds = 30;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public static async Task RunAsync()
    {
        var pages = int.TryParse(Environment.GetEnvironmentVariable("PRESENCE_PAGES"), out var given) ? given : 500;
        var table = new Table("open triage pages", "idle CPU ms/s", "idle bytes/s", "p50 ms", "p95 ms", "max ms", "missed", "bytes", "CPU ms/up", "target");
        foreach (var openPanels in new[] { false, true })
        {
            await using var app = await ChildApp.StartAsync();
            await MeasureAsync(app, table, pages, openPanels);
        }
    }

    private static async Task MeasureAsync(ChildApp app, Table table, int pages, bool openPanels)
    {
        List<CircuitSession> sessions = [];
        foreach (var person in new[] { TestUsers.Dispatcher, TestUsers.Manager, TestUsers.Administrator, TestUsers.EnglishDispatcher })
        {
            var session = new CircuitSession(app.Address);
            sessions.Add(session);
            await session.LoginAsync("/Account/Login", person, DemoPeople.Password);
        }
        var numbers = (await app.AskAsync("numbers")).Split(' ');
        await using (var fleet = await CircuitFleet.OpenAsync(sessions, PageOf, openPanels ? "reply-text" : "data-ticket", pages))
        {
            List<double> seen = [];
            var (missed, bytes) = (0, 0.0);
            for (var i = 0; i < WarmUp; i++) await VisitAsync($"暖机{i:000}");
            (seen, missed, bytes) = ([], 0, 0);

            // Waits until work caused by opening so many pages is over, mainly tiered compilation.
            await Task.Delay(TimeSpan.FromSeconds(25));
            var (quiet, said, began) = (app.Usage, fleet.Circuits.Sum(c => c.BatchBytes), Stopwatch.GetTimestamp());
            await Task.Delay(Idle);
            var idle = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var (idleCpu, idleBytes) = ((app.Usage.CpuMs - quiet.CpuMs) / idle, (fleet.Circuits.Sum(c => c.BatchBytes) - said) / idle);

            var before = app.Usage;
            for (var i = 0; i < Rounds; i++) await VisitAsync($"来访{i:000}");
            var cpu = app.Usage.CpuMs - before.CpuMs;

            var latency = Percentiles.Of(seen);
            table.Row(openPanels ? $"{pages}, each a ticket on its sheet" : $"{pages}, lists only", idleCpu, idleBytes,
                latency.P50, latency.P95, latency.Max, missed,
                bytes / Rounds, cpu / (2 * Rounds * pages), openPanels ? "idle 0, p95 150 ms" : "");

            async Task VisitAsync(string name)
            {
                var fanOut = await fleet.ExpectAsync(name, () => app.AskAsync($"visit {numbers[0]} {name}"), Timeout);
                seen.AddRange(fanOut.LatenciesMs);
                missed += fanOut.Missed;
                bytes += fanOut.BytesPerUpdate;
                await app.AskAsync("leave");
                await Task.Delay(150);
            }
        }
        sessions.ForEach(session => session.Dispose());

        // The visitor opens the most pressing ticket, which is on every list; most of the others are below the window.
        string PageOf(int i) => openPanels ? $"/repairs?t={numbers[1 + i % (numbers.Length - 1)]}" : "/repairs";
    }
}

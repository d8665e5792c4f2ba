using System.Globalization;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>
/// One dispatcher assigns a thousand tickets at once while fifty triage pages are open and a colleague keeps triaging single tickets. The
/// pages show the tickets of the last batch; the time is measured from before the assignment until each page was sent one of them.
/// </summary>
internal static class BulkBench
{
    private const int Tickets = 1_000, Pages = 50, Rounds = 5;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public static async Task RunAsync()
    {
        await using var app = await ChildApp.StartAsync();
        await app.AskAsync(FormattableString.Invariant($"fill {Tickets}"));
        using var session = new CircuitSession(app.Address);
        await session.LoginAsync("/Account/Login", TestUsers.EnglishDispatcher, DemoPeople.Password);
        await RoundAsync();

        var table = new Table("1,000 assigned, 50 pages open", "p50 ms", "p95 ms", "max ms", "missed", "bulk ms", "undo ms", "single verb p50", "p95", "max");
        for (var i = 0; i < Rounds; i++)
        {
            var (seen, reported, undo) = await RoundAsync();
            table.Row($"round {i + 1}", seen.Percentiles.P50, seen.Percentiles.P95, seen.Percentiles.Max, seen.Missed,
                reported[0], undo, reported[1], reported[2], reported[3]);
        }

        async Task<(FanOut Seen, double[] Reported, double UndoMs)> RoundAsync()
        {
            // Newly opened pages show only the fifty most pressing tickets, which are the last batch.
            await using var fleet = await CircuitFleet.OpenAsync([session], "/repairs?view=All", "data-ticket", Pages);
            double[] reported = [];
            var seen = await fleet.ExpectAsync("孙强", async () => reported = Numbers(await app.AskAsync("bulk")), Timeout);
            var undo = Numbers(await app.AskAsync("undo"))[0];
            return (seen, reported, undo);
        }
    }

    private static double[] Numbers(string answer) => [.. answer.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
}

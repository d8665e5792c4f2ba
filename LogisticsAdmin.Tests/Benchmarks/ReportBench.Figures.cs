using System.Diagnostics;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>The monthly report, part by part.</summary>
internal static partial class ReportBench
{
    private const int WarmUps = 1, Runs = 7;

    /// <summary>
    /// All figures of a month with their rows, beside the same SQL without EF Core. Of a store that BENCH_STORE names, its fullest month; else
    /// 5,000 tickets of 100,000, and 100,000 of a million, which takes minutes to generate.
    /// </summary>
    private static async Task FiguresAsync()
    {
        var table = new Table("all figures of a month", "tickets", "rows", "p50 ms", "max ms", "read ms", "bare ms", "ratio", "target");
        if (BenchStore.Given is not null)
        {
            await FiguresOfAsync(table, 0, 0, "");
            return;
        }
        await FiguresOfAsync(table, 100_000, 20, "200 ms");
        await FiguresOfAsync(table, 1_000_000, 10, "2 s, ratio 2");
    }

    private static async Task FiguresOfAsync(Table table, int tickets, int months, string target)
    {
        using var store = await BenchStore.WithTicketsAsync(tickets, months);
        var recorded = new RecordedSql();
        await using var app = new AppWithUsers(await TestApp.StartAsync(storage: store.Directory,
            change: services => services.ConfigureDbContext<LogisticsDb>(db => db.AddInterceptors(recorded))));
        var section = (await app.AsAsync(TestUsers.Manager)).Get<IEnumerable<IReportSection>>().Single(s => s.Code == "repairs");
        var newest = await app.InDatabaseAsync(db => db.Set<Features.Repairs.Tickets.RepairTicket>().MaxAsync(t => t.SubmittedAt));
        var month = ReportPeriod.MonthOf(DateOnly.FromDateTime(newest.UtcDateTime).AddMonths(-1));

        SectionSnapshot? read = null;
        var reading = new List<double>();
        async Task ReadAsync()
        {
            var start = Stopwatch.GetTimestamp();
            read = new SectionSnapshot(SectionLayout.Of(section), await section.ReadAsync(month, null, CancellationToken.None));
            reading.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            _ = read.Values;
        }

        await ReadAsync();
        using var bare = await recorded.RecordAsync(ReadAsync, store.ConnectionString);
        if (Environment.GetEnvironmentVariable("BENCH_EXPLAIN") is not null) Console.WriteLine(string.Join("\n\n", bare.Explain()));
        List<double> ours = [], least = [];
        for (var i = 0; i < WarmUps + Runs; i++)
        {
            var took = await AppWithUsers.TimeAsync(ReadAsync);
            var start = Stopwatch.GetTimestamp();
            bare.Run();
            if (i < WarmUps) continue;
            ours.Add(took);
            least.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        var (all, sql) = (Percentiles.Of(ours), Percentiles.Of(least));
        table.Row($"{month}", read!.Value("repairs.intake").Counted, read.Facts.Rows.Count, all.P50, all.Max, Percentiles.Of(reading[^Runs..]).P50, sql.P50,
            all.P50 / sql.P50, target);
    }
}

using System.Diagnostics;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>The triage page's queries on 100,000 tickets, compared with the same SQL through Microsoft.Data.Sqlite alone.</summary>
internal static class TriageBench
{
    private const int Tickets = 100_000, Deep = Tickets / 2, Rows = 50, WarmUp = 30, Rounds = 200;

    /// <summary>Time limit for each query's measurements; a slow query is run less often, so that each gets its row.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    public static async Task RunAsync()
    {
        using var store = await BenchStore.WithTicketsAsync(Tickets);
        var recorded = new RecordedSql();
        await using var app = new AppWithUsers(await TestApp.StartAsync(storage: store.Directory,
            change: services => services.ConfigureDbContext<LogisticsDb>(db => db.AddInterceptors(recorded))));
        var desk = await app.AsAsync(TestUsers.Dispatcher);
        var queries = desk.Lists;
        var choices = await desk.Choices.ChoicesAsync();
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
            await MeasureAsync(
                $"window of 50, one building, {sort}",
                () => queries.WindowAsync(filter with { BuildingId = choices.Buildings[0].Id }, Rows, sort: sort), "≤ 3");
        }
        foreach (var (what, narrowed) in Filters(choices))
        {
            await MeasureAsync($"window of 50, {what}", () => queries.WindowAsync(narrowed, Rows), "≤ 3");
            await MeasureAsync($"window of 50, {what}, newest", () => queries.WindowAsync(narrowed, Rows, sort: DeskSort.Newest), "≤ 3");
            await MeasureAsync($"counts, {what}", () => queries.CountsAsync(narrowed), "100 ms");
        }
        await MeasureAsync("window of 50, text 水", () => queries.WindowAsync(filter with { Text = "水" }, Rows), "≤ 3");
        await MeasureAsync("counts of all views", () => queries.CountsAsync(filter), "100 ms");
        await MeasureAsync("counts, text 水", () => queries.CountsAsync(filter with { Text = "水" }), "100 ms");
        var caller = await app.InDatabaseAsync(db => db.Users.SingleAsync(p => p.UserName == TestUsers.Resident));
        string[] calls = [caller.FullName, caller.Pinyin, caller.Initials, caller.PhoneNumber![^4..], caller.Number!];
        foreach (var typed in new[] { "水", "空调", "水龙头", "BX", "BX2026", "512" }.Concat(calls))
            await MeasureAsync($"search box: {typed}", () => desk.Tickets.SearchAsync(typed), "5 ms");

        async Task MeasureAsync(string what, Func<Task> ask, string target)
        {
            using var bare = await recorded.RecordAsync(ask, store.ConnectionString);
            var once = Stopwatch.StartNew();
            await ask();
            bare.Run();
            var rounds = (int)Math.Clamp(Patience / once.Elapsed, 1, Rounds);
            for (var i = 0; i < Math.Min(WarmUp, rounds - 1); i++)
            {
                await ask();
                bare.Run();
            }
            List<double> ours = [], least = [];
            for (var i = 0; i < rounds; i++)
            {
                ours.Add(await AppWithUsers.TimeAsync(ask));
                var start = Stopwatch.GetTimestamp();
                bare.Run();
                least.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            var (took, floor) = (Percentiles.Of(ours), Percentiles.Of(least));
            table.Row(what, took.P50, took.P95, took.Max, floor.P50, took.P50 / floor.P50, target);
        }
    }
    /// <summary>The filters that a dispatcher uses: each alone, all together, within a view, and two that rarely match together.</summary>
    private static IEnumerable<(string What, RepairFilter Filter)> Filters(RepairChoices choices)
    {
        var all = new RepairFilter { View = RepairView.All };
        var (campus, building, crew) = (choices.Campuses[0].Id, choices.Buildings[0].Id, choices.Crews[0].Id);
        var groups = choices.Categories.Where(c => c.ParentId is null).ToList();
        var group = groups[0].Id;
        var leaf = choices.Categories.First(c => c.ParentId == group).Id;
        var technician = choices.Technicians.First(t => t.ParentId == crew).Id;
        yield return ("campus", all with { CampusId = campus });
        yield return ("building", all with { BuildingId = building });
        yield return ("group", all with { CategoryId = group });
        yield return ("leaf", all with { CategoryId = leaf });
        yield return ("urgent", all with { Urgency = Urgency.Urgent });
        yield return ("crew", all with { CrewId = crew });
        yield return ("technician", all with { TechnicianId = technician });
        yield return ("campus and emergency", all with { CampusId = campus, Urgency = Urgency.Emergency });
        yield return ("building and group", all with { BuildingId = building, CategoryId = group });
        yield return ("group and crew", all with { CategoryId = group, CrewId = crew });
        yield return ("group of another crew", all with { CategoryId = groups[^1].Id, CrewId = crew });
        yield return ("leaf and technician", all with { CategoryId = leaf, TechnicianId = technician });
        yield return (
            "all six",
            all with { CampusId = campus, BuildingId = building, CategoryId = group, Urgency = Urgency.Normal, CrewId = crew, TechnicianId = technician });
        yield return ("closed", all with { Status = TicketStatus.Closed, CampusId = campus });
        foreach (var view in Enum.GetValues<RepairView>().Except([RepairView.All]))
            yield return ($"{view} of a group and crew", all with { View = view, CategoryId = group, CrewId = crew });
    }
}

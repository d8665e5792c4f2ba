using CsCheck;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Sqlite;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Tests.Benchmarks;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Windows and counts are read from an index, so that a million tickets cost as much as a thousand.</summary>
public sealed class DeskIndexTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly RepairFilter All = new() { View = RepairView.All };

    private static readonly RepairFilter[] Filters =
    [
        All, All with { CampusId = 1 }, All with { BuildingId = 1 }, All with { CategoryId = 1 }, All with { CategoryId = 12 },
        All with { Urgency = Urgency.Urgent },
        All with { CrewId = 1 }, All with { TechnicianId = 9 }, All with { CampusId = 1, Urgency = Urgency.Major }, All with { CategoryId = 1, CrewId = 1 },
        All with { CampusId = 1, BuildingId = 1, CategoryId = 1, Urgency = Urgency.Urgent, CrewId = 1, TechnicianId = 9 },
    ];

    public static TheoryData<DeskSort, string> Orders => new(
        (DeskSort.Pressing, ""), (DeskSort.Newest, "IX_RepairTickets_DeskBySubmission"),
        (DeskSort.Oldest, "IX_RepairTickets_DeskBySubmission"), (DeskSort.Place, "IX_RepairTickets_DeskByPlace"));

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task A_window_of_any_filter_is_read_off_an_index_in_its_order(DeskSort sort, string index)
    {
        var edge = new RowEdge(sort, 5, 5, 5);
        await using var desk = await ExplainedDesk.OpenAsync();
        foreach (var filter in Filters)
        {
            foreach (var plan in new[]
            {
                await desk.PlanAsync(q => q.WindowAsync(filter, 5, sort: sort, ct: Ct)),
                await desk.PlanAsync(q => q.WindowAsync(filter, 5, after: edge, sort: sort, ct: Ct)),
                await desk.PlanAsync(q => q.WindowAsync(filter, 5, before: edge, sort: sort, ct: Ct)),
            })
            {
                Assert.Contains($"USING COVERING INDEX {(index.Length > 0 ? index : "IX_RepairTickets_Desk")}", plan, StringComparison.Ordinal);
                // SQLite merges the categories of a group and stops reading each as soon as the window is full.
                if (index.Length > 0 || filter.CategoryId is null or 12 || filter.TechnicianId is not null)
                    Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_window_of_a_view_is_found_in_front_of_all_that_is_ended()
    {
        await using var desk = await ExplainedDesk.OpenAsync();
        var lists = from view in Enum.GetValues<RepairView>() where view != RepairView.All from sort in Enum.GetValues<DeskSort>() select (view, sort);
        foreach (var (view, sort) in lists)
        {
            foreach (var filter in Filters)
            {
                var plan = await desk.PlanAsync(q => q.WindowAsync(filter with { View = view }, 5, sort: sort, ct: Ct));
                Assert.Matches(@"SEARCH \w+ USING (COVERING )?INDEX IX_RepairTickets_DeskByPressing \(Pressing<\?\)", plan);
            }
        }
    }

    [Fact]
    public async Task No_count_reads_a_ticket()
    {
        await using var desk = await ExplainedDesk.OpenAsync();
        foreach (var filter in Filters)
            Assert.Contains("USING COVERING INDEX IX_RepairTickets_", await desk.PlanAsync(q => q.CountAsync([filter], Ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_text_finds_is_looked_up_by_id()
    {
        await using var desk = await ExplainedDesk.OpenAsync(new RandomTickets.Plan(0, 0, 2, 0, 0, 0, 0, []));
        foreach (var filter in Filters)
        {
            Assert.Contains(
                "USING INTEGER PRIMARY KEY (rowid=?)",
                await desk.PlanAsync(q => q.CountAsync([filter with { Text = "水" }], Ct)),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_front_of_the_order_by_pressing_holds_what_was_not_ended_at_a_moment() =>
        await RandomTickets.Ticket.Array[20, 60].SampleAsync(async plans =>
        {
            await using var host = await TestHost.OpenAsync();
            await host.StoreAsync(plans);
            var tickets = await host.InDatabaseAsync(db => db.RepairTickets.AsNoTracking().ToListAsync(Ct));
            var current = await host.InDatabaseAsync(db => db.CurrentTickets.Select(t => t.Id).ToListAsync(Ct));
            Assert.Equal(tickets.Where(t => !t.Status.IsEnded()).Select(t => t.Id).Order(), current.Order());
            foreach (var since in tickets.Select(t => t.EndedAt).OfType<DateTimeOffset>().Distinct())
            {
                var front = await host.InDatabaseAsync(db => db.TicketsNotEndedBefore(since).Select(t => t.Id).ToListAsync(Ct));
                Assert.Equal(tickets.Where(t => !t.Status.IsEnded() || t.EndedAt >= since).Select(t => t.Id).Order(), front.Order());
            }
        }, iter: 4, threads: 1);

    /// <summary>A dispatcher's desk that returns SQLite's query plans.</summary>
    private sealed class ExplainedDesk(TestHost host, DeskQueries queries, RecordedSql recorded) : IAsyncDisposable
    {
        public static async Task<ExplainedDesk> OpenAsync(params RandomTickets.Plan[] tickets)
        {
            var recorded = new RecordedSql();
            var host = await TestHost.OpenAsync(services => services.ConfigureDbContext<LogisticsDb>(db => db.AddInterceptors(recorded)));
            await host.StoreAsync(tickets);
            return new ExplainedDesk(host, (await host.AsAsync(TestUsers.Dispatcher)).Lists, recorded);
        }

        /// <summary>The plan of the last statement; those before it look up the filter's values.</summary>
        public async Task<string> PlanAsync(Func<DeskQueries, Task> ask)
        {
            using var replay = await recorded.RecordAsync(() => ask(queries), new StorageOptions { Directory = host.Directory }.SqliteConnection);
            return replay.Explain()[^1];
        }

        public ValueTask DisposeAsync() => host.DisposeAsync();
    }
}

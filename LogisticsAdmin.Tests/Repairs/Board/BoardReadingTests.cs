using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Desk.Board;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs.Board;

/// <summary>The board's queries, checked against the rows themselves.</summary>
public sealed class BoardReadingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_column_holds_its_most_pressing_tickets_and_counts_all()
    {
        await using var host = await TestHost.OpenAsync();
        await host.StoreAsync(Many(90));
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var rows = await host.InDatabaseAsync(db => RepairRow.From(db, db.RepairTickets).ToListAsync(Ct));
        RepairFilter[] filters =
        [
            new(), new() { View = RepairView.Overdue }, new() { CampusId = rows[0].CampusId, BuildingId = rows[0].BuildingId },
            new() { CategoryId = rows[1].CategoryParentId }, new() { CrewId = rows.First(r => r.CrewId is not null).CrewId },
            new() { TechnicianId = rows.First(r => r.TechnicianId is not null).TechnicianId }, new() { Urgency = Urgency.Urgent }, new() { Text = "漏水" },
        ];
        foreach (var filter in filters)
        {
            var lanes = await desk.Lists.BoardAsync(filter, 3, Ct);
            Assert.Equal(BoardLane.Columns, lanes.Select(lane => lane.Status));
            Assert.Contains(lanes, lane => lane.Count > 0);
            foreach (var lane in lanes)
            {
                var expected = rows.Where(r => r.Status == lane.Status && filter.MatchesFields(r)).OrderBy(r => r.Pressing).ThenBy(r => r.Id).ToList();
                Assert.Equal(expected.Take(3).Select(r => r.Number), lane.Rows.Select(r => r.Number));
                Assert.Equal((expected.Count, Math.Max(0, expected.Count - 3)), (lane.Count, lane.More));
            }
        }
    }

    [Fact]
    public async Task What_is_more_is_what_the_desk_lists_of_the_state()
    {
        await using var host = await TestHost.OpenAsync();
        await host.StoreAsync(Many(60));
        var queries = (await host.AsAsync(TestUsers.Dispatcher)).Lists;
        foreach (var lane in await queries.BoardAsync(new RepairFilter(), LiveBoard.PerColumn, Ct))
        {
            var list = new RepairFilter { View = RepairView.All, Status = lane.Status };
            Assert.Equal(lane.Rows.Select(r => r.Number), (await queries.WindowAsync(list, LiveBoard.PerColumn, ct: Ct)).Items.Select(r => r.Number));
            Assert.Equal(lane.Count, (await queries.CountsAsync(list, Ct))[RepairView.All]);
            Assert.All(lane.Rows, row => Assert.True(list.Matches(row, 0)));
        }
    }

    [Fact]
    public async Task A_text_with_nothing_to_search_for_leaves_every_column_empty()
    {
        await using var host = await TestHost.OpenAsync();
        await host.StoreAsync(Many(10));
        var lanes = await (await host.AsAsync(TestUsers.Dispatcher)).Lists.BoardAsync(new RepairFilter { Text = "，。！" }, 3, Ct);
        Assert.Equal(BoardLane.Columns, lanes.Select(lane => lane.Status));
        Assert.All(lanes, lane => Assert.Equal((0, 0), (lane.Count, lane.Rows.Count)));
    }

    [Theory]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task The_board_is_the_office_s_alone(string user)
    {
        await using var host = await TestHost.OpenAsync();
        var queries = (await host.AsAsync(user)).Lists;
        await Assert.ThrowsAsync<Forbidden>(() => queries.BoardAsync(new RepairFilter(), 3, Ct));
    }

    [Fact]
    public async Task A_row_on_hold_says_where_it_was()
    {
        await using var host = await TestHost.OpenAsync();
        Assert.Equal(TicketStatus.InProgress, (await host.TicketAsync(TicketStatus.OnHold)).HeldFrom);
        Assert.Null((await host.TicketAsync(TicketStatus.Taken)).HeldFrom);
    }

    private static IReadOnlyList<RandomTickets.Plan> Many(int count) => [.. Enumerable.Range(0, count).Select(n =>
        new RandomTickets.Plan(n % 6, n % 5, n % 2 + 1, n % 8, n % 3, n % 3, n % 2,
            [.. (n % 4 == 3
                ? [RepairVerb.Triage, RepairVerb.Hold]
                : new[] { RepairVerb.Triage, RepairVerb.Assign, RepairVerb.Take, RepairVerb.Start, RepairVerb.Complete, RepairVerb.SendBack }.Take(n % 7))]))];
}

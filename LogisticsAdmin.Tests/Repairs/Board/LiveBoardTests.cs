using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Desk.Board;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs.Board;

/// <summary>How the columns of an open board follow the feed.</summary>
public sealed class LiveBoardTests
{
    [Fact]
    public async Task A_changed_card_goes_to_its_column_and_takes_its_count_along()
    {
        var row = await RowAsync();
        var board = Of(new BoardLane(TicketStatus.New, 2, [Card(row, 1, 10), Card(row, 2, 20)]));

        Change(board, Card(row, 1, 10), Card(row, 1, 10, TicketStatus.Triaged));

        Assert.Equal((1, 1), (Lane(board, TicketStatus.New).Count, Lane(board, TicketStatus.Triaged).Count));
        Assert.Equal([2], Ids(board, TicketStatus.New));
        Assert.Equal([1], Ids(board, TicketStatus.Triaged));
    }

    [Fact]
    public async Task A_card_that_ended_or_left_the_filter_is_gone()
    {
        var row = await RowAsync();
        var board = Of(new BoardLane(TicketStatus.New, 2, [Card(row, 1, 10), Card(row, 2, 20)]));
        board.Load(new RepairFilter { CampusId = row.CampusId }, board.Lanes.ToList());

        Change(board, Card(row, 1, 10), Card(row, 1, 10, TicketStatus.Cancelled));
        Change(board, Card(row, 2, 20), Card(row, 2, 20) with { CampusId = row.CampusId + 1 });

        Assert.Empty(Ids(board, TicketStatus.New));
        Assert.Equal(0, Lane(board, TicketStatus.New).Count);
    }

    [Fact]
    public async Task A_row_older_than_the_one_shown_changes_nothing()
    {
        var row = await RowAsync();
        var board = Of(new BoardLane(TicketStatus.Triaged, 1, [Card(row, 1, 10, TicketStatus.Triaged)]));
        board.Apply(Card(row, 1, 10) with { Version = row.Version });
        Assert.Equal([1], Ids(board, TicketStatus.Triaged));
        Assert.Empty(Ids(board, TicketStatus.New));
    }

    [Fact]
    public async Task While_the_pointer_is_on_the_board_only_the_changed_card_moves()
    {
        var row = await RowAsync();
        var board = Of(new BoardLane(TicketStatus.New, 3, [Card(row, 1, 10), Card(row, 2, 20), Card(row, 3, 30)]));
        board.SetFrozen(true);

        board.Apply(Card(row, 3, 5));
        Assert.Equal([1, 2, 3], Ids(board, TicketStatus.New));
        board.Apply(Card(row, 2, 20, TicketStatus.Triaged));
        Assert.Equal([1, 3], Ids(board, TicketStatus.New));
        Assert.Equal([2], Ids(board, TicketStatus.Triaged));

        board.SetFrozen(false);
        Assert.Equal([3, 1], Ids(board, TicketStatus.New));
    }

    [Fact]
    public async Task A_full_column_takes_a_pressing_card_and_counts_the_others()
    {
        var row = await RowAsync();
        var board = Of(new BoardLane(TicketStatus.New, 80, [.. Enumerable.Range(1, LiveBoard.PerColumn).Select(n => Card(row, n, n * 10))]));

        Change(board, null, Card(row, 900, 5_000));
        Assert.DoesNotContain(900, Ids(board, TicketStatus.New));
        Change(board, null, Card(row, 901, 5));
        Assert.Equal(901, Ids(board, TicketStatus.New)[0]);

        var lane = Lane(board, TicketStatus.New);
        Assert.Equal((82, LiveBoard.PerColumn, 32), (lane.Count, lane.Rows.Count, lane.More));
    }

    [Fact]
    public async Task A_column_that_ran_low_is_read_again_when_the_pointer_has_left()
    {
        var row = await RowAsync();
        var board = Of(new BoardLane(TicketStatus.New, 40, [Card(row, 1, 10)]));
        Assert.True(board.NeedsReading);
        board.SetFrozen(true);
        Assert.False(board.NeedsReading);
        Assert.False(Of(new BoardLane(TicketStatus.New, 1, [Card(row, 1, 10)])).NeedsReading);
    }

    private static LiveBoard Of(params BoardLane[] lanes)
    {
        var board = new LiveBoard();
        board.Load(new RepairFilter(), lanes);
        return board;
    }

    private static void Change(LiveBoard board, RepairRow? before, RepairRow after)
    {
        board.Apply(after);
        board.Recount(before, after);
    }

    private static BoardLane Lane(LiveBoard board, TicketStatus status) => board.Lanes.Single(lane => lane.Status == status);

    private static List<long> Ids(LiveBoard board, TicketStatus status) => [.. Lane(board, status).Rows.Select(r => r.Id)];

    /// <summary>A card; each call creates a newer one.</summary>
    private static RepairRow Card(RepairRow row, long id, long pressing, TicketStatus status = TicketStatus.New) =>
        row with
        {
            Id = id,
            Number = $"BX20261122-{id:0000}",
            Pressing = pressing,
            Status = status,
            Version = row.Version + Interlocked.Increment(ref _version),
        };

    private static long _version;

    private static async Task<RepairRow> RowAsync()
    {
        await using var host = await TestHost.OpenAsync();
        return await host.TicketAsync();
    }
}

using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using Xunit;

namespace LogisticsAdmin.Tests.Live;

/// <summary>How an open list treats changes while somebody is using it, and when they stop.</summary>
public sealed class DeskListTests
{
    private const int Step = 3, MaxRows = 5;

    private sealed record Row(long Id, long Place, long Version = 1, bool Fits = true) : ILiveRow;

    [Fact]
    public void A_changed_row_is_replaced_where_it_is_and_moves_only_when_the_list_settles()
    {
        var list = Loaded([new(1, 10), new(2, 20), new(3, 30)]);

        list.Apply(new Row(1, 25, Version: 2));

        Assert.Equal([1, 2, 3], Ids(list));
        Assert.False(list.IsSettled);
        Assert.True(list.Settle(_ => false));
        Assert.Equal([2, 1, 3], Ids(list));
        Assert.True(list.IsSettled);
        Assert.False(list.Settle(_ => false));
    }

    [Fact]
    public void An_older_version_changes_nothing()
    {
        var list = Loaded([new(1, 10, Version: 3)]);

        list.Apply(new Row(1, 99, Version: 2));

        Assert.Equal(10, Assert.Single(list.Rows).Place);
        Assert.True(list.IsSettled);
    }

    [Fact]
    public void A_new_row_waits_and_its_newest_version_is_added()
    {
        var list = Loaded([new(1, 10), new(3, 30)]);

        list.Apply(new Row(2, 5));
        list.Apply(new Row(2, 20, Version: 2));

        Assert.Equal(1, list.Waiting);
        Assert.Equal([1, 3], Ids(list));
        list.Settle(_ => false);
        Assert.Equal([1, 2, 3], Ids(list));
    }

    [Fact]
    public void A_waiting_row_that_leaves_the_filter_waits_no_longer()
    {
        var list = Loaded([new(1, 10)]);
        list.Apply(new Row(2, 20));

        list.Apply(new Row(2, 20, Version: 2, Fits: false));

        Assert.Equal(0, list.Waiting);
        Assert.True(list.IsSettled);
    }

    [Fact]
    public void Rows_that_left_the_filter_stay_until_the_list_settles_and_the_open_one_beyond_that()
    {
        var list = Loaded([new(1, 10), new(2, 20)]);
        list.Apply(new Row(1, 10, Version: 2, Fits: false));
        list.Apply(new Row(2, 20, Version: 2, Fits: false));

        Assert.Equal([1, 2], Ids(list));
        list.Settle(row => row.Id == 2);

        Assert.Equal([2], Ids(list));
    }

    [Fact]
    public void The_open_row_keeps_its_place_among_others_and_new_ones_until_the_person_moves_on()
    {
        var list = Loaded([new(1, 10), new(2, 20), new(3, 30)]);

        list.Apply(new Row(1, 99, Version: 2));
        list.Apply(new Row(4, 5));
        list.Settle(row => row.Id == 1);
        Assert.Equal([4, 1, 2, 3], Ids(list));
        Assert.True(list.IsSettled);

        list.Apply(new Row(1, 98, Version: 3));
        list.Apply(new Row(5, 15));
        list.Settle(row => row.Id == 1);
        Assert.Equal([4, 1, 5, 2, 3], Ids(list));

        Assert.True(list.Settle(row => row.Id == 5));
        Assert.Equal([4, 5, 2, 3, 1], Ids(list));
    }

    [Fact]
    public void The_edges_of_the_window_are_where_its_rows_stand_and_not_where_they_belong_by_now()
    {
        var list = Loaded([new(1, 10), new(2, 20)], before: true, after: true);

        list.Apply(new Row(2, 99, Version: 2));
        list.Apply(new Row(3, 50));

        Assert.Equal(20, list.LastPlace.Place);
        Assert.Equal(0, list.Waiting);
    }

    [Fact]
    public void Rows_that_left_the_filter_are_passed_over_by_next()
    {
        var list = Loaded([new(1, 10), new(2, 20), new(3, 30)]);
        list.Apply(new Row(2, 20, Version: 2, Fits: false));

        Assert.Equal(3, list.NextMatch(1)!.Id);
        Assert.Null(list.NextMatch(3));
    }

    [Fact]
    public void What_belongs_before_or_behind_the_window_does_not_wait()
    {
        var list = Loaded([new(2, 20), new(3, 30)], before: true, after: true);

        list.Apply(new Row(1, 10));
        list.Apply(new Row(4, 40));
        list.Apply(new Row(5, 25));

        Assert.Equal(1, list.Waiting);
    }

    [Fact]
    public void A_window_grows_at_one_end_and_drops_rows_at_the_other()
    {
        var list = Loaded([new(1, 10), new(2, 20), new(3, 30)], after: true);

        list.Append(new Page<Row>([new(3, 30), new(4, 40), new(5, 50), new(6, 60)], MoreBefore: true, MoreAfter: false));

        Assert.Equal([2, 3, 4, 5, 6], Ids(list));
        Assert.Equal((true, false), (list.HasBefore, list.HasAfter));
        list.Prepend(new Page<Row>([new(1, 10)], MoreBefore: false, MoreAfter: true));
        Assert.Equal([1, 2, 3, 4, 5], Ids(list));
        Assert.Equal((false, true), (list.HasBefore, list.HasAfter));
    }

    [Fact]
    public void Arrivals_beyond_the_limit_push_the_last_rows_out()
    {
        var list = Loaded([new(1, 10), new(2, 20), new(3, 30), new(4, 40), new(5, 50)]);
        list.Apply(new Row(6, 15));

        list.Settle(_ => false);

        Assert.Equal([1, 6, 2, 3, 4], Ids(list));
        Assert.True(list.HasAfter);
    }

    [Fact]
    public void A_list_that_lost_rows_asks_to_be_read_when_there_are_more()
    {
        var list = Loaded([new(1, 10), new(2, 20), new(3, 30)], after: true);
        list.Apply(new Row(1, 10, Version: 2, Fits: false));

        Assert.False(list.NeedsReading);
        list.Settle(_ => false);

        Assert.True(list.NeedsReading);
    }

    [Fact]
    public void A_row_keeps_its_key_where_it_moves_and_a_new_window_takes_over_the_keys_of_the_last_one()
    {
        var list = Loaded([new(1, 10), new(2, 20), new(3, 30)]);
        var keys = list.Rows.Select(list.KeyOf).ToList();

        list.Apply(new Row(1, 25, Version: 2));
        list.Settle(_ => false);
        Assert.Equal([keys[1], keys[0], keys[2]], list.Rows.Select(list.KeyOf));

        list.Load(new Page<Row>([new(4, 10), new(1, 25), new(5, 30), new(6, 40)], false, false), _ => true, (one, other) => one.Place.CompareTo(other.Place));
        var next = list.Rows.Select(list.KeyOf).ToList();
        Assert.Equal([keys[1], keys[0], keys[2]], next.Take(3));
        Assert.Equal(4, next.Distinct().Count());
    }

    private static DeskList<Row> Loaded(Row[] rows, bool before = false, bool after = false)
    {
        var list = new DeskList<Row>(Step, MaxRows);
        list.Load(new Page<Row>(rows, before, after), row => row.Fits, (one, other) => one.Place.CompareTo(other.Place));
        return list;
    }

    private static IEnumerable<long> Ids(DeskList<Row> list) => list.Rows.Select(r => r.Id);
}

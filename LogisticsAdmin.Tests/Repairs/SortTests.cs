using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>For each order of the desk, the windows and the comparer that places live rows agree.</summary>
public sealed class SortTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<DeskSort, int> Cases => new(
        from sort in Enum.GetValues<DeskSort>()
        from take in new[] { 1, 7, 20 }
        select (sort, take));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Windows_of_every_sort_cover_every_row_once_and_in_order_in_both_directions(DeskSort sort, int take)
    {
        await using var host = await TestHost.OpenAsync();
        await host.StoreAsync(Many(60));
        var queries = (await host.AsAsync(TestUsers.Dispatcher)).Lists;
        var filter = new RepairFilter { View = RepairView.All };
        var whole = (await queries.WindowAsync(filter, 1_000, sort: sort, ct: Ct)).Items;
        Assert.Equal(60, whole.Count);
        var ties = whole.Select(r => RowEdge.Of(r, sort) with { Last = 0 }).Distinct().Count();
        Assert.True(ties < 30, "the crowd must hold ties");

        List<RepairRow> forward = [];
        for (Page<RepairRow>? page = null; page is null or { MoreAfter: true }; forward.AddRange(page.Items))
            page = await queries.WindowAsync(filter, take, after: forward.Count == 0 ? null : RowEdge.Of(forward[^1], sort), sort: sort, ct: Ct);
        Assert.Equal(whole.Select(r => r.Id), forward.Select(r => r.Id));

        List<RepairRow> backward = [whole[^1]];
        for (Page<RepairRow>? page = null; page is null or { MoreBefore: true };)
        {
            page = await queries.WindowAsync(filter, take, before: RowEdge.Of(backward[0], sort), sort: sort, ct: Ct);
            backward.InsertRange(0, page.Items);
        }
        Assert.Equal(whole.Select(r => r.Id), backward.Select(r => r.Id));
    }

    [Theory]
    [InlineData(DeskSort.Pressing)]
    [InlineData(DeskSort.Newest)]
    [InlineData(DeskSort.Oldest)]
    [InlineData(DeskSort.Place)]
    public async Task A_live_row_is_placed_where_the_database_places_it(DeskSort sort)
    {
        await using var host = await TestHost.OpenAsync();
        await host.StoreAsync(Many(40));
        var queries = (await host.AsAsync(TestUsers.Dispatcher)).Lists;
        var stored = (await queries.WindowAsync(new RepairFilter { View = RepairView.All }, 100, sort: sort, ct: Ct)).Items;

        var placed = stored.OrderBy(r => r.Number.GetHashCode(StringComparison.Ordinal)).OrderBy(r => RowEdge.Of(r, sort)).ToList();

        Assert.Equal(stored.Select(r => r.Id), placed.Select(r => r.Id));
        Assert.All(placed.Zip(placed.Skip(1)), pair => Assert.True(RowEdge.Of(pair.First, sort) < RowEdge.Of(pair.Second, sort)));
    }

    [Fact]
    public async Task The_sorts_say_what_they_are_called()
    {
        await using var host = await TestHost.OpenAsync();
        await host.StoreAsync(Many(40));
        var queries = (await host.AsAsync(TestUsers.Dispatcher)).Lists;
        async Task<List<RepairRow>> InOrder(DeskSort sort) =>
            [.. (await queries.WindowAsync(new RepairFilter { View = RepairView.All }, 100, sort: sort, ct: Ct)).Items];

        var newest = await InOrder(DeskSort.Newest);
        Assert.Equal(newest.Select(r => r.SubmittedAt).OrderDescending(), newest.Select(r => r.SubmittedAt));
        var oldest = await InOrder(DeskSort.Oldest);
        Assert.Equal(newest.Select(r => r.Id).Reverse(), oldest.Select(r => r.Id));
        var places = (await InOrder(DeskSort.Place)).Select(r => (r.BuildingId, r.RoomId)).ToList();
        Assert.Equal(places.Order(), places);
        Assert.True(places.Select(p => p.BuildingId).Distinct().Count() > 1);
    }

    private static IReadOnlyList<RandomTickets.Plan> Many(int count) => [.. Enumerable.Range(0, count).Select(n =>
        new RandomTickets.Plan(n % 6, n % 5, n % 2 + 1, n % 8, n % 3, n % 3, n % 2,
            [.. new[] { RepairVerb.Triage, RepairVerb.Assign, RepairVerb.Take, RepairVerb.Start, RepairVerb.Complete, RepairVerb.Verify }.Take(n % 7)]))];
}

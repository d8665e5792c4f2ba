using CsCheck;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>The triage list: windows, filters and counts, checked against the rows themselves.</summary>
public sealed class WindowTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private sealed record FilterChoice(RepairView View, int Campus, int Building, int Category, int Urgency, int Crew, int Technician, string? Text);

    private static readonly string?[] Texts =
        [null, null, null, " ", "水", "漏水", "水龙头", "空调 不制冷", "tap", "LOCK", "caf", "café", "cafe",
        "101", "竹园", "BX20261122-0003", "0003", "，！", "🚿", "<b>",
        "王小雨", "wangxiaoyu", "wxy", "13800002071", "2071", "水 王小雨", "wang 漏水", "2025020051"];

    private static readonly Gen<FilterChoice> Filter = Gen.Select(
        Gen.Int[1, 9], Gen.Int[0, 4], Gen.Int[0, 6], Gen.Int[0, 9], Gen.Int[0, 8], Gen.Int[0, 6], Gen.Int[0, 6], Gen.Int[0, Texts.Length - 1],
        (view, campus, building, category, urgency, crew, technician, text) =>
            new FilterChoice((RepairView)view, campus, building, category, urgency, crew, technician, Texts[text]));

    [Fact]
    public async Task The_filter_says_of_every_row_what_the_database_says() =>
        await Gen.Select(RandomTickets.Ticket.Array[20, 60], Filter.Array[25]).SampleAsync(async (plans, wishes) =>
        {
            await using var host = await TestHost.OpenAsync();
            await host.StoreAsync(plans);
            var desk = await host.AsAsync(TestUsers.Dispatcher);
            var rows = await host.InDatabaseAsync(db => RepairRow.From(db, db.RepairTickets).ToListAsync(Ct));
            foreach (var choice in wishes)
            {
                var filter = From(choice, rows);
                var window = await desk.Lists.WindowAsync(filter, 1_000, ct: Ct);
                var counts = await desk.Lists.CountsAsync(filter, Ct);

                var expected = rows.Where(r => filter.Matches(r, desk.PersonId)).OrderBy(r => r.Pressing).ThenBy(r => r.Id).Select(r => r.Number);
                Assert.True(
                    expected.SequenceEqual(window.Items.Select(r => r.Number)),
                    $"{filter}: {string.Join(' ', expected)} ≠ {string.Join(' ', window.Items.Select(r => r.Number))}");
                foreach (var view in Enum.GetValues<RepairView>())
                {
                    Assert.True(
                        rows.Count(r => (filter with { View = view }).Matches(r, desk.PersonId)) == counts[view],
                        $"{filter with { View = view }}: {counts[view]} counted");
                }
            }
        }, iter: 6, threads: 1);

    [Fact]
    public async Task A_window_of_any_filter_and_sort_begins_and_ends_at_any_row() =>
        await Gen.Select(RandomTickets.Ticket.Array[20, 60], Gen.Select(Filter, Gen.Enum<DeskSort>(), Gen.Int[1, 12], Gen.Int[0, 59]).Array[40])
            .SampleAsync(async (plans, wishes) =>
            {
                await using var host = await TestHost.OpenAsync();
                await host.StoreAsync(plans);
                var desk = await host.AsAsync(TestUsers.Dispatcher);
                var rows = await host.InDatabaseAsync(db => RepairRow.From(db, db.RepairTickets).ToListAsync(Ct));
                foreach (var (choice, sort, take, at) in wishes)
                {
                    var filter = From(choice, rows);
                    if (take % 3 == 0) filter = filter with { View = RepairView.All, Status = rows[at % rows.Count].Status };
                    // Any row can be the edge of a window, also one that no longer matches the filter.
                    var edge = RowEdge.Of(rows[at % rows.Count], sort);
                    var sorted = rows.Where(r => filter.Matches(r, desk.PersonId))
                        .Select(r => (r.Number, Edge: RowEdge.Of(r, sort))).OrderBy(r => r.Edge).ToList();

                    await ExpectAsync(sorted.Take(take), null, null);
                    await ExpectAsync(sorted.Where(r => r.Edge > edge).Take(take), edge, null);
                    await ExpectAsync(sorted.Where(r => r.Edge < edge).TakeLast(take), null, edge);

                    async Task ExpectAsync(IEnumerable<(string Number, RowEdge Edge)> expected, RowEdge? after, RowEdge? before)
                    {
                        var window = await desk.Lists.WindowAsync(filter, take, after, before, sort, Ct);
                        Assert.True(
                            expected.Select(r => r.Number).SequenceEqual(window.Items.Select(r => r.Number)),
                            $"{filter} {sort} {take} after {after} before {before}");
                    }
                }
            }, iter: 6, threads: 1);
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public async Task Windows_cover_every_row_once_and_in_order_in_both_directions(int take)
    {
        await using var host = await TestHost.OpenAsync();
        await host.StoreAsync(Many(60));
        var queries = (await host.AsAsync(TestUsers.Dispatcher)).Lists;
        var filter = new RepairFilter { View = RepairView.All };
        var whole = (await queries.WindowAsync(filter, 1_000, ct: Ct)).Items;
        Assert.Equal(60, whole.Count);
        Assert.True(whole.Select(r => r.Pressing).Distinct().Count() < 30, "the crowd must hold ties");

        List<RepairRow> forward = [];
        for (Page<RepairRow>? page = null; page is null or { MoreAfter: true }; forward.AddRange(page.Items))
        {
            page = await queries.WindowAsync(filter, take, after: forward.Count == 0 ? null : RowEdge.Of(forward[^1]), ct: Ct);
            Assert.Equal(forward.Count > 0, page.MoreBefore);
        }
        Assert.Equal(whole.Select(r => r.Id), forward.Select(r => r.Id));

        List<RepairRow> backward = [whole[^1]];
        for (Page<RepairRow>? page = null; page is null or { MoreBefore: true };)
        {
            page = await queries.WindowAsync(filter, take, before: RowEdge.Of(backward[0]), ct: Ct);
            Assert.True(page.MoreAfter);
            backward.InsertRange(0, page.Items);
        }
        Assert.Equal(whole.Select(r => r.Id), backward.Select(r => r.Id));
    }

    [Fact]
    public async Task Nothing_lies_before_the_first_row_or_behind_the_last()
    {
        await using var host = await TestHost.OpenAsync();
        await host.StoreAsync(Many(3));
        var queries = (await host.AsAsync(TestUsers.Dispatcher)).Lists;
        var filter = new RepairFilter { View = RepairView.All };
        var whole = (await queries.WindowAsync(filter, 3, ct: Ct));
        Assert.Equal((3, false, false), (whole.Items.Count, whole.MoreBefore, whole.MoreAfter));
        Assert.Empty((await queries.WindowAsync(filter, 3, before: RowEdge.Of(whole.Items[0]), ct: Ct)).Items);
        Assert.Empty((await queries.WindowAsync(filter, 3, after: RowEdge.Of(whole.Items[^1]), ct: Ct)).Items);
    }

    [Theory]
    [InlineData("，。！")]
    [InlineData("---")]
    [InlineData("🚿")]
    public async Task A_text_with_nothing_to_search_for_finds_nothing(string text)
    {
        await using var host = await TestHost.OpenAsync();
        await host.StoreAsync(Many(10));
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var filter = new RepairFilter { View = RepairView.All, Text = text };
        Assert.Same(Page<RepairRow>.Empty, await desk.Lists.WindowAsync(filter, 10, ct: Ct));
        Assert.All(await desk.Lists.CountsAsync(filter, Ct), count => Assert.Equal(0, count.Value));
        Assert.Empty(await desk.Tickets.SearchAsync(text, ct: Ct));
    }

    [Fact]
    public async Task An_old_ticket_with_a_common_word_is_listed_and_counted_however_many_newer_ones_have_it()
    {
        await using var host = await TestHost.OpenAsync();
        await host.StoreAsync(Many(700));
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        await host.InDatabaseAsync(db => db.RepairTickets.Where(t => t.Number == "BX20261122-0001")
            .ExecuteUpdateAsync(t => t.SetProperty(x => x.IsOverdue, true), Ct));
        var rows = await host.InDatabaseAsync(db => RepairRow.From(db, db.RepairTickets).ToListAsync(Ct));
        var filter = new RepairFilter { View = RepairView.Overdue, Text = "水" };
        var expected = rows.Where(r => filter.Matches(r, desk.PersonId)).OrderBy(r => RowEdge.Of(r)).Select(r => r.Number).ToList();
        Assert.Contains("BX20261122-0001", expected);

        Assert.Equal(expected, (await desk.Lists.WindowAsync(filter, 1_000, ct: Ct)).Items.Select(r => r.Number));
        var counts = await desk.Lists.CountsAsync(filter, Ct);
        foreach (var view in Enum.GetValues<RepairView>())
            Assert.Equal(rows.Count(r => (filter with { View = view }).Matches(r, desk.PersonId)), counts[view]);
    }

    [Theory]
    [InlineData("王小雨")]
    [InlineData("wangxiaoyu")]
    [InlineData("wxy")]
    [InlineData("13800002071")]
    [InlineData("2071")]
    [InlineData("水龙头 王小雨")]
    public async Task A_caller_s_tickets_are_found_by_name_pinyin_and_phone(string typed)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var other = await host.FormAsync(description: "别人的水龙头");
        other.Phone = "13900000000";
        await (await host.AsAsync("2025020051")).Intake.SubmitAsync(other, Ct);
        var desk = await host.AsAsync(TestUsers.Dispatcher);

        var listed = (await desk.Lists.WindowAsync(new RepairFilter { View = RepairView.All, Text = typed }, 10, ct: Ct)).Items;
        Assert.Equal([(ticket.Number, "王小雨")], listed.Select(r => (r.Number, r.Reporter!)));
        Assert.Equal([ticket.Number], (await desk.Tickets.SearchAsync(typed, ct: Ct)).Select(r => r.Number));
    }

    [Theory]
    [InlineData("王小雨")]
    [InlineData("wxy")]
    [InlineData("wang xiao")]
    public async Task A_caller_is_found_by_the_office_and_by_nobody_else(string typed)
    {
        await using var host = await TestHost.OpenAsync();
        foreach (var office in new[] { TestUsers.Dispatcher, TestUsers.Manager })
            Assert.Contains("王小雨", (await (await host.AsAsync(office)).Choices.PeopleAsync(typed, ct: Ct)).Select(p => p.FullName));
        foreach (var other in new[] { TestUsers.Technician, TestUsers.Resident })
            await Assert.ThrowsAsync<Forbidden>(async () => await (await host.AsAsync(other)).Choices.PeopleAsync(typed, ct: Ct));
    }

    [Fact]
    public async Task The_open_tickets_of_a_room_are_listed_for_who_takes_a_report()
    {
        await using var host = await TestHost.OpenAsync();
        var (open, _) = (await host.TicketAsync(TicketStatus.Assigned), await host.TicketAsync(TicketStatus.Closed));
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        Assert.Equal([open.Number], (await desk.Tickets.OpenInRoomAsync(open.RoomId, ct: Ct)).Select(r => r.Number));
        await Assert.ThrowsAsync<Forbidden>(async () => await (await host.AsAsync(TestUsers.Resident)).Tickets.OpenInRoomAsync(open.RoomId, ct: Ct));
    }

    [Fact]
    public async Task A_row_knows_its_reporter_by_all_that_the_directory_finds_them_by()
    {
        await using var host = await TestHost.OpenAsync();
        var row = await host.TicketAsync();
        var person = await host.InDatabaseAsync(db => db.Users.SingleAsync(p => p.Id == row.ReporterId, Ct));
        Assert.Equal(SearchIndex.Tokens(person.SearchText), SearchIndex.Tokens(row.ReporterWords));
    }

    private static IReadOnlyList<RandomTickets.Plan> Many(int count) => [.. Enumerable.Range(0, count).Select(n =>
        new RandomTickets.Plan(n % 6, n % 5, n % 2 + 1, n % 8, n % 3, n % 3, n % 2,
            [.. new[] { RepairVerb.Triage, RepairVerb.Assign, RepairVerb.Take, RepairVerb.Start, RepairVerb.Complete, RepairVerb.Verify }.Take(n % 7)]))];

    /// <summary>Narrows to values that occur in the rows, and sometimes to values that don't.</summary>
    private static RepairFilter From(FilterChoice choice, List<RepairRow> rows)
    {
        var row = rows[choice.Crew % rows.Count];
        return new RepairFilter
        {
            View = choice.View,
            CampusId = choice.Campus == 0 ? row.CampusId : null,
            BuildingId = choice.Building == 0 ? row.BuildingId : null,
            CategoryId = choice.Category switch { 0 => row.CategoryId, 1 => row.CategoryParentId, _ => null },
            Urgency = choice.Urgency is >= 1 and <= 4 ? (Urgency)choice.Urgency : null,
            CrewId = choice.Crew == 0 ? row.CrewId : null,
            TechnicianId = choice.Technician == 0 ? row.TechnicianId : null,
            Text = choice.Text,
            From = choice.Technician == 1 ? rows[choice.Urgency % rows.Count].SubmittedAt : null,
            Before = choice.Technician is 1 or 2 ? rows[choice.Category % rows.Count].SubmittedAt : null,
        };
    }
}

using System.Net;
using LogisticsAdmin.Features.Onboarding.Desk;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>The numbers of the board and its lists of people.</summary>
public sealed class EntryListsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>One arrived, one has a bed, one holds a bed, one has none, one won't come.</summary>
    private static async Task<Intake> FiveAsync(TestHost host)
    {
        var intake = await host.IntakeAsync(students: 5);
        var desk = await host.DeskAsync();
        await desk.CheckInAsync(await host.GivenAsync("freshman1", intake.Beds[0]), EntryDeskSteps.Late(), Ct);
        await host.GivenAsync("freshman2", intake.Beds[4]);
        await host.ChangeAsync("freshman3", f => f.Hold(intake.Beds[1], TestHost.Start.AddMinutes(10)));
        await desk.WithdrawAsync((await host.FreshmanAsync("freshman5")).PersonId, new WithdrawEntryForm { Because = "参军" }, Ct);
        return intake;
    }

    [Fact]
    public async Task The_board_counts_by_building_and_class_without_those_who_won_t_come()
    {
        await using var host = await TestHost.OpenAsync();
        await FiveAsync(host);

        var board = (await (await host.AsAsync(TestUsers.Manager)).Get<EntryBoardQueries>().ReadAsync(Ct))!;

        Assert.Equal((4, 2, 1, 3), Numbers(Assert.Single(board.Classes)));
        Assert.Equal((3, 2, 1, 2), Numbers(Assert.Single(board.Buildings)));
        Assert.Equal(new EntryCounts(1, 0, 1, 4), board.Counts);
        Assert.False(board.IsOver);
        host.Clock.Advance(TimeSpan.FromDays(6));
        Assert.True((await (await host.AsAsync(TestUsers.Manager)).Get<EntryBoardQueries>().ReadAsync(Ct))!.IsOver);

        static (int, int, int, int) Numbers(BoardRow row) => (row.Expected, row.WithBed, row.Arrived, row.Missing);
    }

    [Theory]
    [InlineData("NotArrived", null, new[] { "20260002", "20260003", "20260004" })]
    [InlineData("WithoutBed", null, new[] { "20260003", "20260004" })]
    [InlineData("Arrived", null, new[] { "20260001" })]
    [InlineData("Withdrawn", null, new[] { "20260005" })]
    [InlineData("Everybody", "新生4", new[] { "20260004" })]
    [InlineData("Everybody", "20260002", new[] { "20260002" })]
    [InlineData("Everybody", "\u200B", new string[0])]
    [InlineData("Everybody", "' OR 1=1 --", new string[0])]
    [InlineData("nonsense", null, new[] { "20260002", "20260003", "20260004" })]
    public async Task Lists_show_who_is_meant_and_are_searched(string list, string? text, string[] numbers)
    {
        await using var host = await TestHost.OpenAsync();
        await FiveAsync(host);
        var board = (await host.AsAsync(TestUsers.Dispatcher)).Get<EntryBoardQueries>();
        var filter = EntryFilter.Parse(list, text, null, null, nameof(EntrySort.Number));

        var window = await board.ListAsync(filter, Ct);

        Assert.Equal(numbers, window.Items.Select(r => r.Number));
        Assert.Equal(numbers.Length, window.Total);
        Assert.Equal(numbers, (await board.AllAsync(filter, Ct)).Select(r => r.Number));
    }

    [Fact]
    public async Task Lists_are_filtered_by_class_and_building_sorted_and_paged()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(students: 60);
        await host.GivenAsync("freshman7", intake.Beds[1]);
        await host.GivenAsync("freshman9", intake.Beds[0]);
        var board = (await host.AsAsync(TestUsers.Dispatcher)).Get<EntryBoardQueries>();

        Assert.Equal(60, (await board.ListAsync(EntryFilter.Parse(null, null, Intake.ClassName, null, null), Ct)).Total);
        Assert.Equal(0, (await board.ListAsync(EntryFilter.Parse(null, null, "别的班", null, null), Ct)).Total);
        var here = await board.ListAsync(EntryFilter.Parse(null, null, null, $"{intake.Building}", "Place"), Ct);
        Assert.Equal(["20260009", "20260007"], here.Items.Select(r => r.Number));
        var second = await board.ListAsync(EntryFilter.Parse(null, null, null, null, "Number", "2"), Ct);
        Assert.Equal((10, "20260051"), (second.Items.Count, second.Items[0].Number));
        foreach (var sort in Enum.GetValues<EntrySort>())
            Assert.Equal(60, (await board.AllAsync(new EntryFilter { Sort = sort }, Ct)).Select(r => r.PersonId).Distinct().Count());
    }

    [Theory]
    [InlineData(TestUsers.Dispatcher, HttpStatusCode.OK)]
    [InlineData(TestUsers.Resident, HttpStatusCode.Forbidden)]
    [InlineData(TestUsers.Technician, HttpStatusCode.Forbidden)]
    public async Task Files_and_pages_are_for_the_office(string who, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(who);

        foreach (var list in new[] { "people", "buildings", "classes", "fill", "fills" })
        {
            foreach (var kind in new[] { "csv", "xlsx" })
            {
                using var file = await client.GetAsync($"/exports/onboarding-{list}.{kind}", Ct);
                Assert.Equal(expected, file.StatusCode);
            }
        }
        foreach (var page in new[] { "desk", "board", "fill" })
        {
            using var answer = await client.GetAsync($"/onboarding/{page}", Ct);
            Assert.Equal(expected == HttpStatusCode.OK, answer.StatusCode == HttpStatusCode.OK);
        }
    }
}

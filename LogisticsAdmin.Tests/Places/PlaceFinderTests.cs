using System.Globalization;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Places;

/// <summary>Rooms and buildings found by typing.</summary>
public sealed class PlaceFinderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("竹园3 512")]
    [InlineData("竹园3号楼 512")]
    [InlineData("竹园3号楼512")]
    [InlineData("512 竹园3")]
    [InlineData("zhuyuan3 512")]
    [InlineData("ZY3 512")]
    [InlineData("z3，512")]
    public async Task A_room_is_found_by_building_and_number_in_any_order_and_by_pinyin(string typed)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var found = await (await host.AsAsync(TestUsers.Dispatcher)).Get<ChoiceQueries>().FindRoomsAsync(typed, ct: Ct);
        Assert.Equal("竹园3号楼 512", found[0].ToString());
        Assert.False(found[0].IsRetired);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("100%")]
    [InlineData("没有这栋楼 512")]
    [InlineData("竹园3 510")]
    public async Task Nothing_is_found_by_nothing_by_wildcards_or_in_what_has_retired(string typed)
    {
        await using var host = await TestHost.OpenAsync();
        var room = await BedTests.RoomAsync(host, "510");
        await (await host.AsAsync(TestUsers.Administrator)).Get<PlacesService>()
            .RetireAsync(PlaceKind.Room, room, new RetirePlaceForm { Reason = "改建" }, Ct);
        var choices = (await host.AsAsync(TestUsers.Dispatcher)).Get<ChoiceQueries>();
        Assert.Empty(await choices.FindRoomsAsync(typed, ct: Ct));
        Assert.True((await choices.RoomAsync(room, Ct))!.IsRetired);
        Assert.Null(await choices.RoomAsync(999_999, Ct));
    }

    [Fact]
    public async Task Thousands_of_words_find_nothing_and_break_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var choices = (await host.AsAsync(TestUsers.Dispatcher)).Get<ChoiceQueries>();
        Assert.Empty(await choices.FindRoomsAsync(string.Join(' ', Enumerable.Range(1_000, 5_000)), ct: Ct));
        Assert.Empty(await choices.FindRoomsAsync(new string('9', 100_000), ct: Ct));
        var often = await choices.FindRoomsAsync("竹园3 512 " + string.Join(' ', Enumerable.Repeat("512", 5_000)), ct: Ct);
        Assert.Equal("竹园3号楼", often[0].Building.Zh);
        Assert.Equal("512", often[0].Code);
    }

    [Theory]
    [InlineData("竹园3", "竹园3号楼")]
    [InlineData("zhuyuan3", "竹园3号楼")]
    [InlineData("竹园3 512", "竹园3号楼 512")]
    [InlineData("Bamboo 3 512", "竹园3号楼 512")]
    public async Task The_search_box_leads_the_office_to_buildings_and_rooms(string typed, string first)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var hit = (await desk.Get<IEnumerable<ISearchProvider>>().Single(p => p.Kind == "place").SearchAsync(typed, 5, Ct))[0];
        Assert.Equal(first, hit.Title);
        var room = await BedTests.RoomAsync(host, "512");
        Assert.True(hit.Address == $"places/rooms/{room}" || hit.Address.StartsWith("places?building=", StringComparison.Ordinal));
        Assert.Equal(first.EndsWith("512", StringComparison.Ordinal), hit.Address == $"places/rooms/{room}");
    }

    [Theory]
    [InlineData(TestUsers.Administrator, true)]
    [InlineData(TestUsers.Manager, true)]
    [InlineData(TestUsers.Dispatcher, true)]
    [InlineData(TestUsers.Technician, false)]
    [InlineData(TestUsers.Resident, false)]
    public async Task Only_the_office_searches_places(string who, bool may)
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(who);
        var provider = desk.Get<IEnumerable<ISearchProvider>>().Single(p => p.Kind == "place");
        Assert.Equal(may, provider.IsFor(desk.Get<CurrentUser>().Actor));
        await DemandAsync(() => provider.SearchAsync("竹园", 5, Ct));
        await DemandAsync(() => desk.Get<ChoiceQueries>().FindRoomsAsync("竹园3 512", ct: Ct));
        await DemandAsync(() => desk.Get<ChoiceQueries>().RoomAsync(1, Ct));

        Task DemandAsync(Func<Task> act) => may ? act() : Assert.ThrowsAsync<Forbidden>(act);
    }
}

using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Desk;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>Keys that were handed over: their list, and taking them back outside a round of leaving.</summary>
public sealed class RoomKeyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_comes_back_from_who_has_it_and_open_pages_learn_of_it()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var key = await host.KeyAsync("a1", "101-A");
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var service = desk.Get<RoomKeyService>();
        await Assert.ThrowsAsync<NotFound>(() => service.ReturnAsync(dormitory.People[1], key, Ct));
        await Assert.ThrowsAsync<NotFound>(() => service.ReturnAsync(dormitory.People[0], key + 1, Ct));
        using var reader = desk.Get<IChangeFeed>().Subscribe(desk.PersonId, c => c is KeyChanged { Topic: PersonRecords.Topic });

        await service.ReturnAsync(dormitory.People[0], key, Ct);

        Assert.Equal(dormitory.People[0], Assert.IsType<KeyChanged>(Assert.Single((await reader.NextAsync(Ct))!.Changes)).Key);
        var stored = await KeyAsync(host, key);
        Assert.Equal((TestHost.Start, desk.PersonId), (stored.ReturnedAt, stored.ReturnedById));
        // Once more changes nothing.
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await service.ReturnAsync(dormitory.People[0], key, Ct);
        Assert.Equal(TestHost.Start, (await KeyAsync(host, key)).ReturnedAt);
    }

    [Fact]
    public async Task A_return_is_undone_unless_somebody_else_has_the_key_by_now()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var key = await host.KeyAsync("a1", "101-A");
        var desk = await host.AsAsync(TestUsers.Administrator);
        var (service, undo) = (desk.Get<RoomKeyService>(), desk.Get<RoomKeyUndo>());

        await service.ReturnAsync(dormitory.People[0], key, Ct);
        Assert.Equal("101-A 住户a1", (await undo.LatestAsync(Ct))!.About);
        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
        Assert.Null((await KeyAsync(host, key)).ReturnedAt);

        await service.ReturnAsync(dormitory.People[0], key, Ct);
        await host.KeyAsync("a2", "101-A");
        var left = Assert.IsType<Rejected>(Assert.Single((await undo.UndoAsync(undo.Latest!.Value, Ct)).Left).Why);
        Assert.Equal("KeyTaken", left.Code);
        Assert.Equal(["101-A", "住户a2"], left.Args);
        Assert.NotNull((await KeyAsync(host, key)).ReturnedAt);
    }

    [Fact]
    public async Task The_list_shows_what_is_out_unless_asked_and_is_searched_and_sorted()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        await host.KeyAsync("a1", "101-A");
        await host.KeyAsync("a2", "101-B");
        var back = await host.KeyAsync("b1", "102-A");
        await (await host.AsAsync(TestUsers.Dispatcher)).Get<RoomKeyService>().ReturnAsync(dormitory.People[2], back, Ct);
        var queries = (await host.AsAsync(TestUsers.Manager)).Get<RoomKeyQueries>();
        foreach (var (filter, expected) in new (RoomKeyFilter, string[])[]
        {
            (new RoomKeyFilter(), ["101-B", "101-A"]), (RoomKeyFilter.Parse(null, "All", "Label"), ["101-A", "101-B", "102-A"]),
            (RoomKeyFilter.Parse(null, "Returned", null), ["102-A"]), (RoomKeyFilter.Parse("住户a1", null, null), ["101-A"]),
            (RoomKeyFilter.Parse("20230002", null, null), ["101-B"]), (RoomKeyFilter.Parse("调宿1号楼 102", "All", null), ["102-A"]),
            (RoomKeyFilter.Parse("dormitory 1 102", "All", null), ["102-A"]),
            (RoomKeyFilter.Parse("%", "All", null), []), (RoomKeyFilter.Parse("101-", "nonsense", "-Room", "0"), ["101-B", "101-A"]),
            (RoomKeyFilter.Parse(null, "All", "Person"), ["101-A", "101-B", "102-A"]), (RoomKeyFilter.Parse(null, null, null, "2"), []),
        })
        {
            var window = await queries.ListAsync(filter, Ct);
            Assert.Equal(expected, window.Items.Select(k => k.Label));
            if (filter.Page > 1) continue;
            Assert.Equal(expected.Length, window.Total);
            Assert.Equal(window.Items, await queries.AllAsync(filter, Ct));
        }
        var row = Assert.Single((await queries.ListAsync(RoomKeyFilter.Parse(null, "Returned", null), Ct)).Items);
        Assert.Equal((RoomKeyState.Returned, TestHost.Start, "王静"), (row.State, row.ReturnedAt, row.ReturnedBy));
    }

    [Fact]
    public async Task A_persons_page_shows_their_keys_and_leads_to_them_in_the_list()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var first = await host.KeyAsync("a1", "101-A");
        await host.KeyAsync("a1", "101-B");
        await (await host.AsAsync(TestUsers.Dispatcher)).Get<RoomKeyService>().ReturnAsync(dormitory.People[0], first, Ct);

        var section = await SectionAsync(host, TestUsers.Manager, dormitory.People[0]);
        Assert.Equal(2, section!.Total);
        Assert.Equal(["101-B", "101-A"], section.Lines.Select(l => l.Number));
        Assert.Equal("未归还", section.Lines[0].State.Zh);
        Assert.StartsWith("已归还 ", section.Lines[1].State.Zh, StringComparison.Ordinal);
        Assert.All(section.Lines, l => Assert.Equal(("调宿1号楼 101", section.All!.Address), (l.About, l.Address)));
        var filter = RoomKeyFilter.Read($"https://example.edu/{section.All!.Address}");
        Assert.Equal(("20230001", null), (filter.Text, filter.State));
        Assert.Equal(2, (await (await host.AsAsync(TestUsers.Manager)).Get<RoomKeyQueries>().ListAsync(filter, Ct)).Total);
        Assert.Equal(0, (await SectionAsync(host, TestUsers.Manager, dormitory.People[1]))!.Total);
        Assert.Null(await SectionAsync(host, TestUsers.Technician, dormitory.People[0]));
    }

    private static async Task<PageSection?> SectionAsync(TestHost host, string who, long person) =>
        await (await host.AsAsync(who)).Get<IEnumerable<IPersonSection>>().OfType<KeysOfPerson>().Single().ReadAsync(person, 5, Ct);

    private static Task<RoomKey> KeyAsync(TestHost host, long id) => host.InDatabaseAsync(db => db.RoomKeys.AsNoTracking().SingleAsync(k => k.Id == id, Ct));
}

using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Publishing;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Features.News.Sections;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.News;

/// <summary>What notices and news show elsewhere: on a person's and a room's page and in the search box, each by what the reader may see.</summary>
public sealed class NewsSectionsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_persons_page_tells_administrators_what_was_told_read_and_confirmed()
    {
        await using var host = await TestHost.OpenAsync();
        var resident = await host.AsAsync(TestUsers.Resident);
        var (asked, read) = (await PublishAsync(host, form => form.NeedsConfirmation = true), await PublishAsync(host, _ => { }));
        await PublishAsync(host, form => form.Audience = NewsSteps.Role("Technician"));
        await resident.Get<NewsReader>().ConfirmAsync(asked.Number, Ct);

        var section = await OfPersonAsync(host, TestUsers.Administrator, resident.PersonId);
        Assert.Equal([(read.Number, "未读"), (asked.Number, "已确认")], section!.Lines.Select(l => (l.Number, l.State.Zh)));
        Assert.Equal(2, section.Total);
        foreach (var other in new[] { TestUsers.Manager, TestUsers.Dispatcher, TestUsers.Technician, TestUsers.Resident })
            Assert.Null(await OfPersonAsync(host, other, resident.PersonId));
    }

    [Fact]
    public async Task A_rooms_page_lists_the_outages_of_its_building_to_those_who_may_read_the_notice()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, building) = await host.InDatabaseAsync(async db =>
            await db.Set<Room>().Where(r => r.Code == "512" && r.Building.Code == "Z3").SingleAsync(Ct) switch { var found => (found.Id, found.BuildingId) });
        var elsewhere = await host.InDatabaseAsync(db => db.Set<Room>().Where(r => r.BuildingId != building).Select(r => r.Id).FirstAsync(Ct));
        var notice = await PublishAsync(host, form =>
        {
            form.Audience = NewsSteps.Role("Resident");
            (form.OutageKind, form.OutageBuildings) = (OutageKind.Power, [building]);
            (form.OutageFrom, form.OutageUntil) = (At(15), At(18));
        });

        var line = Assert.Single((await OfRoomAsync(TestUsers.Resident, room))!.Lines);
        Assert.Equal((notice.Number, "未开始"), (line.Number, line.State.Zh));
        Assert.Equal($"news/{notice.Number}", Assert.Single((await OfRoomAsync(TestUsers.Dispatcher, room))!.Lines).Address);
        Assert.Empty((await OfRoomAsync(TestUsers.Technician, room))!.Lines);
        Assert.Empty((await OfRoomAsync(TestUsers.Dispatcher, elsewhere))!.Lines);
        host.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal("已结束", Assert.Single((await OfRoomAsync(TestUsers.Dispatcher, room))!.Lines).State.Zh);

        async Task<PageSection?> OfRoomAsync(string who, long id) =>
            await (await host.AsAsync(who)).Get<IEnumerable<IRoomSection>>().OfType<OutagesOfRoom>().Single().ReadAsync(id, 5, Ct);
    }

    [Fact]
    public async Task Search_finds_what_the_searcher_may_read()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var published = await PublishAsync(host, form => (form.Audience, form.Body) = (NewsSteps.Role("Resident"), "孔雀蓝水箱清洗"));
        var draft = await admin.DraftNewsAsync(form => form.Title = "孔雀蓝草稿");
        var gone = await PublishAsync(host, form => form.Title = "孔雀蓝撤回");
        await admin.Get<NewsService>().WithdrawAsync(gone.Id, "有误", Ct);

        Assert.Equal([published.Number], await FoundAsync(TestUsers.Resident));
        Assert.Empty(await FoundAsync(TestUsers.Technician));
        Assert.Equal(new[] { published.Number, gone.Number }.Order(), (await FoundAsync(TestUsers.Dispatcher)).Order());
        Assert.Equal(new[] { published.Number, draft.Number, gone.Number }.Order(), (await FoundAsync(TestUsers.Administrator)).Order());
        await host.MayPublishAsync(TestUsers.Manager);
        Assert.DoesNotContain(draft.Number, await FoundAsync(TestUsers.Manager));

        async Task<List<string>> FoundAsync(string who) =>
            [.. (await Search(await host.AsAsync(who)).SearchAsync("孔雀蓝", 10, Ct)).Select(h => h.Key)];

        static NewsSearch Search(Desk desk) => desk.Get<IEnumerable<ISearchProvider>>().OfType<NewsSearch>().Single();
    }

    private static DateTime At(int hour) => new(2026, 11, 23, hour, 0, 0, DateTimeKind.Unspecified);

    private static async Task<PageSection?> OfPersonAsync(TestHost host, string who, long person) =>
        await (await host.AsAsync(who)).Get<IEnumerable<IPersonSection>>().OfType<NewsOfPerson>().Single().ReadAsync(person, 5, Ct);

    private static async Task<NewsDraft> PublishAsync(TestHost host, Action<NewsForm> change)
    {
        var admin = await host.AsAsync(TestUsers.Administrator);
        var draft = await admin.DraftNewsAsync(change);
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        await host.AsSystem().Get<NewsDelivery>().TellAsync(Ct);
        return draft;
    }
}

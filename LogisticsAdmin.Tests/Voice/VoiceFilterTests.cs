using System.Text;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.SavedViews;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Desk;
using LogisticsAdmin.Features.Voice.Reading;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Spreadsheets;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Voice;

/// <summary>The filters of the office's list by building, owner and days: in queries, counts, live rows, saved views and the export alike.</summary>
public sealed class VoiceFilterTests
{
    private const string List = "voice";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Manager)]
    [InlineData(TestUsers.Administrator)]
    public async Task Cases_are_found_by_building_owner_and_days_also_combined_with_words(string who)
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, owner, reader) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.EnglishDispatcher), await host.AsAsync(who));
        var first = await resident.SendAsync("热水停得太早", place: "room");
        var home = (await host.StoredAsync(first)).BuildingId!.Value;
        var elsewhere = await OtherBuildingAsync(host, home);
        host.Clock.Advance(TimeSpan.FromDays(1));
        var second = await resident.SendAsync("热水不热", place: $"building:{elsewhere}");
        host.Clock.Advance(TimeSpan.FromDays(1));
        var third = await resident.SendAsync("洗衣房排队", place: "room");
        await owner.DoAsync(first, VoiceVerb.Take);
        await owner.DoAsync(third, VoiceVerb.Take);
        var (next, last) = (StartOf(reader, days: 1), StartOf(reader, days: 2));
        var all = new VoiceFilter { View = VoiceView.All };

        await DemandAsync(all with { BuildingId = home }, first, third);
        await DemandAsync(all with { BuildingId = elsewhere }, second);
        await DemandAsync(all with { OwnerId = owner.PersonId }, first, third);
        await DemandAsync(all with { OwnerId = resident.PersonId });
        await DemandAsync(all with { From = next }, second, third);
        await DemandAsync(all with { Before = next }, first);
        await DemandAsync(all with { From = next, Before = last }, second);
        await DemandAsync(all with { BuildingId = home, Text = "热水" }, first);
        await DemandAsync(all with { OwnerId = owner.PersonId, From = next, Text = "热水" });
        await DemandAsync(all with { BuildingId = home, OwnerId = owner.PersonId, From = last, Text = "洗衣房" }, third);
        await DemandAsync(all with { View = VoiceView.New, BuildingId = elsewhere, Before = last }, second);

        async Task DemandAsync(VoiceFilter filter, params long[] expected)
        {
            var queries = reader.Get<VoiceQueries>();
            Assert.Equal(expected, (await reader.OpenAsync(filter)).Select(r => r.Id).Order());
            Assert.Equal(expected, (await reader.OpenAsync(all)).Where(r => filter.Matches(r, reader.PersonId)).Select(r => r.Id).Order());
            Assert.Equal(expected, (await queries.ExportAsync(filter, Ct).ToListAsync(Ct)).Select(r => r.Id).Order());
            Assert.Equal(expected.Length, (await queries.CountsAsync(filter, Ct))[filter.View]);
            Assert.Equal(expected.Length, Assert.Single(await queries.CountAsync([filter], Ct)));
        }
    }

    [Theory]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Outside_the_office_no_filter_finds_anything(string who)
    {
        await using var host = await TestHost.OpenAsync();
        var sent = await (await host.AsAsync(TestUsers.Resident)).SendAsync(place: "room");
        var stored = await host.StoredAsync(sent);
        var queries = (await host.AsAsync(who)).Get<VoiceQueries>();
        foreach (var filter in new VoiceFilter[] { new() { BuildingId = stored.BuildingId }, new() { OwnerId = 1 }, new() { From = TestHost.Start } })
        {
            await Assert.ThrowsAsync<NotFound>(() => queries.WindowAsync(filter, 50, ct: Ct));
            await Assert.ThrowsAsync<NotFound>(() => queries.CountsAsync(filter, Ct));
            Assert.Throws<NotFound>(() => queries.ExportAsync(filter, Ct));
        }
        await Assert.ThrowsAsync<NotFound>(() => queries.ChoicesAsync(Ct));
    }

    [Fact]
    public async Task The_buildings_in_use_and_the_people_of_the_office_are_offered()
    {
        await using var host = await TestHost.OpenAsync();
        var office = await host.AsAsync(TestUsers.Dispatcher);
        var retired = await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var building = await db.Set<Building>().OrderBy(b => b.Id).FirstAsync(token);
            building.Retire(TestHost.Start, office.PersonId, "拆除");
            return building.Id;
        }, Ct));

        var choices = await office.Get<VoiceQueries>().ChoicesAsync(Ct);

        Assert.NotEmpty(choices.Buildings);
        Assert.DoesNotContain(choices.Buildings, b => b.Id == retired);
        Assert.Contains(choices.Office, p => p.Id == office.PersonId);
    }

    [Fact]
    public async Task A_saved_view_keeps_building_owner_days_and_order_and_what_is_no_filter_is_ignored_in_an_address()
    {
        await using var host = await TestHost.OpenAsync();
        var office = await host.AsAsync(TestUsers.Dispatcher);
        var (views, list) = (office.Get<SavedViewService>(), office.Get<IViewedList<VoiceFilter, VoiceRow>>());
        var filter = new VoiceFilter
        {
            View = VoiceView.All,
            BuildingId = 3,
            OwnerId = office.PersonId,
            From = StartOf(office, days: -7),
            Before = StartOf(office, days: 1),
            Sort = VoiceSort.Oldest,
        };

        await views.CreateAsync(List, new ViewForm { Name = "本周三号楼", Query = filter.ToQuery() }, Ct);

        var row = Assert.Single(await views.ListAsync(List, Ct));
        Assert.Equal(filter, list.Read(row.Query));
        Assert.True(list.IsShown(filter, filter with { Sort = null }));
        Assert.False(list.IsShown(filter, filter with { Sort = VoiceSort.Newest }));
        Assert.False(list.IsShown(filter, filter with { BuildingId = 4 }));
        Assert.Equal(
            new VoiceFilter { View = VoiceView.All }, VoiceFilter.Read("voice?view=All&building=east&owner=me&from=2026-11-22&before=&sort=Color"));
    }

    [Fact]
    public async Task The_file_has_the_cases_of_the_list_and_only_the_columns_chosen_for_the_desk_if_that_is_asked()
    {
        await using var app = await TestApp.StartAsync();
        await using var work = new AppWithUsers(app);
        var (resident, manager) = (await work.AsAsync(TestUsers.Resident), await work.AsAsync(TestUsers.Manager));
        var (own, other) = (await resident.SendAsync("热水停得太早", place: "room"), await resident.SendAsync("洗衣房排队"));
        await manager.DoAsync(own, VoiceVerb.Take);
        var rows = await manager.OpenAsync();
        var (mine, theirs) = (rows.Single(r => r.Id == own), rows.Single(r => r.Id == other));
        var filter = new VoiceFilter { BuildingId = mine.BuildingId, OwnerId = manager.PersonId, From = mine.SubmittedAt.AddDays(-1) };
        using var client = await app.SignInAsync(TestUsers.Manager);

        var csv = Encoding.UTF8.GetString(await client.GetByteArrayAsync($"/exports/voice-cases.csv{filter.ToExport(VoiceSort.Newest)}", Ct));
        Assert.Contains(mine.Number, csv, StringComparison.Ordinal);
        Assert.DoesNotContain(theirs.Number, csv, StringComparison.Ordinal);

        var none = filter with { Before = filter.From, From = null };
        Assert.Single(new ReadBack(await client.GetByteArrayAsync($"/exports/voice-cases.xlsx{none.ToExport(VoiceSort.Newest)}", Ct)).Rows);

        await manager.Get<VoiceDeskSettingsService>().SaveAsync(
            new VoiceDeskSettings(DeskDensity.Compact, VoiceSort.Oldest, VoiceRowFact.Number | VoiceRowFact.Owner), Ct);
        var chosen = await client.GetByteArrayAsync($"/exports/voice-cases.xlsx{filter.ToExport(VoiceSort.Newest, onlyChosen: true)}", Ct);
        Assert.Equal(["编号", "状态", "内容", "首问负责", "办结时限"], new ReadBack(chosen).Rows[0]);
        Assert.Equal(2, new ReadBack(chosen).Rows.Count);
    }

    private static Task<long> OtherBuildingAsync(TestHost host, long than) => host.InDatabaseAsync(db =>
        db.Set<Building>().Where(b => b.Id != than && b.RetiredAt == null).OrderBy(b => b.Id).Select(b => b.Id).FirstAsync(Ct));

    /// <summary>The start of a day, so many days after the one on which the tests begin.</summary>
    private static DateTimeOffset StartOf(Desk desk, int days)
    {
        var time = desk.Get<OfficeTime>();
        return time.Local(time.At(time.DayOf(TestHost.Start).AddDays(days), TimeOnly.MinValue));
    }
}

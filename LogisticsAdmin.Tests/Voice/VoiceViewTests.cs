using LogisticsAdmin.Features.SavedViews;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Reading;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Voice;

/// <summary>Saved views of the office's list of cases, beside those of the repair desk.</summary>
public sealed class VoiceViewTests
{
    private const string Cases = "voice", Tickets = "repairs";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Manager)]
    [InlineData(TestUsers.Administrator)]
    public async Task Views_of_cases_and_of_tickets_are_kept_apart_also_with_the_same_name(string who)
    {
        await using var host = await TestHost.OpenAsync();
        var views = (await host.AsAsync(who)).Get<SavedViewService>();
        await views.CreateAsync(Tickets, Form("热水", "?q=热水"), Ct);

        await views.CreateAsync(Cases, Form("热水", "?view=Late&kind=Complaint&q=热水&sort=Oldest"), Ct);

        var row = Assert.Single(await views.ListAsync(Cases, Ct));
        Assert.Equal(
            new VoiceFilter { View = VoiceView.Late, Kind = VoiceKind.Complaint, Text = "热水", Sort = VoiceSort.Oldest }, VoiceFilter.Read(row.Query));
        Assert.DoesNotContain("kind", Assert.Single(await views.ListAsync(Tickets, Ct)).Query, StringComparison.Ordinal);
        await Assert.ThrowsAsync<Rejected>(() => views.CreateAsync(Cases, Form("热水", "?view=Late"), Ct));
    }

    [Theory]
    [InlineData("?urgency=Urgent")]
    [InlineData("?view=Unassigned")]
    [InlineData("?centre=east")]
    [InlineData("?building=east")]
    [InlineData("?owner=me")]
    [InlineData("?from=yesterday")]
    [InlineData("?before=2026-13-01T00:00%2B08:00")]
    [InlineData("?view=All&case=1")]
    public async Task What_is_no_filter_of_cases_is_refused_at_its_field(string query)
    {
        await using var host = await TestHost.OpenAsync();
        var views = (await host.AsAsync(TestUsers.Dispatcher)).Get<SavedViewService>();

        var refused = await Assert.ThrowsAsync<Rejected>(() => views.CreateAsync(Cases, Form("视图", query), Ct));

        Assert.Equal(nameof(ViewForm.Query), Assert.Single(refused.Problems).Field);
    }

    [Fact]
    public async Task There_are_no_views_of_a_list_that_nobody_has_and_none_for_people_outside_the_office()
    {
        await using var host = await TestHost.OpenAsync();
        var office = (await host.AsAsync(TestUsers.Dispatcher)).Get<SavedViewService>();
        await Assert.ThrowsAsync<NotFound>(() => office.CreateAsync("parking", Form("视图", "?q=x"), Ct));
        foreach (var who in new[] { TestUsers.Technician, TestUsers.Resident })
        {
            var desk = await host.AsAsync(who);
            await Assert.ThrowsAsync<Forbidden>(() => desk.Get<SavedViewService>().ListAsync(Cases, Ct));
            await Assert.ThrowsAsync<Forbidden>(() => desk.Get<SavedViewService>().CreateAsync(Cases, Form("视图", "?q=x"), Ct));
            await Assert.ThrowsAsync<NotFound>(() => desk.Get<VoiceQueries>().CountAsync([new VoiceFilter()], Ct));
        }
    }

    [Fact]
    public async Task Views_of_one_list_are_moved_and_counted_without_those_of_the_other()
    {
        await using var host = await TestHost.OpenAsync();
        var views = (await host.AsAsync(TestUsers.Dispatcher)).Get<SavedViewService>();
        for (var n = 0; n < ViewLimits.Views; n++) await views.CreateAsync(Tickets, Form($"视图{n}", "?q=x"), Ct);
        await views.CreateAsync(Cases, Form("甲", "?q=x"), Ct);
        var second = await views.CreateAsync(Cases, Form("乙", "?q=y"), Ct);

        await views.MoveAsync(second, -1, Ct);

        Assert.Equal(["乙", "甲"], (await views.ListAsync(Cases, Ct)).Select(v => v.Name));
        Assert.Equal("视图0", (await views.ListAsync(Tickets, Ct))[0].Name);
    }

    [Fact]
    public async Task Counts_moved_by_each_change_are_what_a_query_counts()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        VoiceFilter[] filters =
        [
            new(), new() { View = VoiceView.New }, new() { View = VoiceView.Mine }, new() { View = VoiceView.Settled, Kind = VoiceKind.Complaint },
            new() { View = VoiceView.All, Text = "热水" }, new() { View = VoiceView.All, Text = "，！" },
            new() { View = VoiceView.All, OwnerId = office.PersonId }, new() { View = VoiceView.All, From = TestHost.Start },
            new() { View = VoiceView.All, Before = TestHost.Start }, new() { View = VoiceView.All, BuildingId = 1 },
        ];
        var queries = office.Get<VoiceQueries>();
        var counts = (await queries.CountAsync(filters, Ct)).ToArray();
        using var mail = office.Get<IChangeFeed>().Subscribe(office.PersonId, c => c is Changed<VoiceRow>);
        var first = await resident.SendAsync();
        await office.DoAsync(first, VoiceVerb.Take);
        var second = await resident.SendAsync("洗衣房排队很久");
        await office.DoAsync(second, VoiceVerb.Settle, "已加装一台");
        var last = await resident.SendAsync("自习室太冷", kind: VoiceKind.Suggestion);

        for (var arrived = false; !arrived;)
        {
            foreach (var change in (await mail.NextAsync(Ct))!.Changes.Cast<Changed<VoiceRow>>())
            {
                for (var i = 0; i < filters.Length; i++) counts[i] += filters[i].Moves(change.Before, change.After!, office.PersonId);
                arrived |= change.After!.Id == last;
            }
        }

        Assert.Equal(await queries.CountAsync(filters, Ct), counts);
        Assert.Equal([2, 2, 1, 1, 1, 0, 2, 3, 0, 0], counts);
    }

    [Fact]
    public void The_address_of_a_filter_reads_as_the_same_filter()
    {
        var filter = new VoiceFilter
        {
            View = VoiceView.Appeals,
            Kind = VoiceKind.Appeal,
            BuildingId = 1,
            CentreId = 2,
            CrewId = 3,
            OwnerId = 4,
            Text = "水 电",
            From = TestHost.Start,
            Before = TestHost.Start.AddDays(1),
            Sort = VoiceSort.Newest,
        };

        Assert.True(VoiceFilter.TryRead(filter.ToQuery(), out var read));
        Assert.Equal(filter, read);
        Assert.False(VoiceFilter.TryRead(filter.ToAddress(selected: 7), out read));
        Assert.Equal(filter, read);
    }

    private static ViewForm Form(string name, string query) => new() { Name = name, Query = query };
}

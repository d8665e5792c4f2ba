using CsCheck;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.SavedViews;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Saved views: who owns them, how they are named, and that their counts follow the tickets.</summary>
public sealed class SavedViewTests
{
    private const string List = "repairs";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Manager)]
    [InlineData(TestUsers.Administrator)]
    public async Task Everyone_of_the_office_keeps_views_of_their_own(string userName)
    {
        await using var host = await TestHost.OpenAsync();
        var views = await ViewsAsync(host, userName);
        var id = await views.CreateAsync(List, Form("东校区急修", "?view=All&campus=1&urgency=Emergency"), Ct);

        var row = Assert.Single(await views.ListAsync(List, Ct));
        Assert.Equal((id, "东校区急修", false, true), (row.Id, row.Name, row.Shared, row.IsMine));
        Assert.Equal(new RepairFilter { View = RepairView.All, CampusId = 1, Urgency = Urgency.Emergency }, DeskAddress.Read(row.Query));

        await views.SaveAsync(id, new ViewForm { Version = row.Version, Name = "急修" }, Ct);
        Assert.Equal(("急修", row.Query), (await views.ListAsync(List, Ct)).Select(v => (v.Name, v.Query)).Single());
        await views.DeleteAsync(id, Ct);
        Assert.Empty(await views.ListAsync(List, Ct));
    }

    [Theory]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Nobody_outside_the_office_has_views(string userName)
    {
        await using var host = await TestHost.OpenAsync();
        var views = await ViewsAsync(host, userName);
        await Assert.ThrowsAsync<Forbidden>(() => views.ListAsync(List, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => views.CreateAsync(List, Form("x"), Ct));
        await Assert.ThrowsAsync<Forbidden>(() => views.DeleteAsync(1, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => views.MoveAsync(1, 1, Ct));
    }

    [Fact]
    public async Task Somebody_else_s_own_views_are_not_found()
    {
        await using var host = await TestHost.OpenAsync();
        var (mine, other) = (await ViewsAsync(host, TestUsers.Dispatcher), await ViewsAsync(host, TestUsers.Administrator));
        var id = await mine.CreateAsync(List, Form("我的"), Ct);

        Assert.Empty(await other.ListAsync(List, Ct));
        await Assert.ThrowsAsync<NotFound>(() => other.SaveAsync(id, Form("你的"), Ct));
        await Assert.ThrowsAsync<NotFound>(() => other.DeleteAsync(id, Ct));
        await Assert.ThrowsAsync<NotFound>(() => other.MoveAsync(id, 1, Ct));
        Assert.Equal("我的", Assert.Single(await mine.ListAsync(List, Ct)).Name);
    }

    [Fact]
    public async Task Shared_views_are_seen_by_all_of_the_office_and_kept_by_managers_and_administrators()
    {
        await using var host = await TestHost.OpenAsync();
        var (dispatcher, manager, admin) =
            (await ViewsAsync(host, TestUsers.Dispatcher), await ViewsAsync(host, TestUsers.Manager), await ViewsAsync(host, TestUsers.Administrator));
        await Assert.ThrowsAsync<Forbidden>(() => dispatcher.CreateAsync(List, Form("共用", shared: true), Ct));
        var own = await dispatcher.CreateAsync(List, Form("自用"), Ct);
        await Assert.ThrowsAsync<Forbidden>(async () => await dispatcher.SaveAsync(
            own, new ViewForm { Version = await VersionAsync(dispatcher, own), Name = "自用", Shared = true }, Ct));

        var id = await manager.CreateAsync(List, Form("共用", shared: true), Ct);
        var seen = Assert.Single(await dispatcher.ListAsync(List, Ct), v => v.Id == id);
        Assert.False(seen.IsMine);
        await Assert.ThrowsAsync<Forbidden>(() => dispatcher.SaveAsync(id, new ViewForm { Version = seen.Version, Name = "改名" }, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => dispatcher.DeleteAsync(id, Ct));

        await admin.SaveAsync(id, new ViewForm { Version = seen.Version, Name = "值班室", Shared = true }, Ct);
        Assert.Contains(await dispatcher.ListAsync(List, Ct), v => v.Name == "值班室");
        await admin.SaveAsync(id, new ViewForm { Version = await VersionAsync(admin, id), Name = "值班室" }, Ct);
        Assert.DoesNotContain(await dispatcher.ListAsync(List, Ct), v => v.Id == id);
        Assert.True(Assert.Single(await manager.ListAsync(List, Ct)).IsMine);
    }

    [Fact]
    public async Task A_name_is_used_once_by_each_person_and_a_stale_rename_is_refused()
    {
        await using var host = await TestHost.OpenAsync();
        var (mine, other) = (await ViewsAsync(host, TestUsers.Dispatcher), await ViewsAsync(host, TestUsers.Manager));
        var id = await mine.CreateAsync(List, Form("急修"), Ct);
        await other.CreateAsync(List, Form("急修"), Ct);
        var taken = await Assert.ThrowsAsync<Rejected>(() => mine.CreateAsync(List, Form(" 急修 "), Ct));
        Assert.Equal(nameof(ViewForm.Name), Assert.Single(taken.Problems).Field);

        var version = await VersionAsync(mine, id);
        await mine.SaveAsync(id, new ViewForm { Version = version, Name = "急修一" }, Ct);
        await Assert.ThrowsAsync<Stale>(() => mine.SaveAsync(id, new ViewForm { Version = version, Name = "急修二" }, Ct));
    }

    [Theory]
    [InlineData("", "?view=All", nameof(ViewForm.Name))]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一", "?view=All", nameof(ViewForm.Name))]
    [InlineData("x", "?view=Nowhere", nameof(ViewForm.Query))]
    [InlineData("x", "?campus=east", nameof(ViewForm.Query))]
    [InlineData("x", "?view=All&t=BX20261122-0001", nameof(ViewForm.Query))]
    [InlineData("x", "?view=All&drop=table", nameof(ViewForm.Query))]
    public async Task What_is_no_name_or_no_filter_is_refused_at_its_field(string name, string query, string field)
    {
        await using var host = await TestHost.OpenAsync();
        var views = await ViewsAsync(host, TestUsers.Dispatcher);
        var refused = await Assert.ThrowsAsync<Rejected>(() => views.CreateAsync(List, Form(name, query), Ct));
        Assert.Equal(field, Assert.Single(refused.Problems).Field);
        Assert.Empty(await views.ListAsync(List, Ct));
    }

    [Fact]
    public async Task Views_are_moved_among_one_s_own_and_end_at_the_ends()
    {
        await using var host = await TestHost.OpenAsync();
        var views = await ViewsAsync(host, TestUsers.Dispatcher);
        foreach (var name in new[] { "甲", "乙", "丙" }) await views.CreateAsync(List, Form(name), Ct);
        async Task<string> NamesAsync() => string.Concat((await views.ListAsync(List, Ct)).Select(v => v.Name));
        async Task MoveAsync(string name, int by) => await views.MoveAsync((await views.ListAsync(List, Ct)).Single(v => v.Name == name).Id, by, Ct);

        Assert.Equal("甲乙丙", await NamesAsync());
        await MoveAsync("丙", -1);
        Assert.Equal("甲丙乙", await NamesAsync());
        await MoveAsync("甲", +1);
        Assert.Equal("丙甲乙", await NamesAsync());
        await MoveAsync("丙", -1);
        await MoveAsync("乙", +1);
        Assert.Equal("丙甲乙", await NamesAsync());
    }

    [Fact]
    public async Task Twenty_views_are_enough()
    {
        await using var host = await TestHost.OpenAsync();
        var views = await ViewsAsync(host, TestUsers.Dispatcher);
        for (var n = 0; n < ViewLimits.Views; n++) await views.CreateAsync(List, Form($"视图{n}"), Ct);
        await Assert.ThrowsAsync<Rejected>(() => views.CreateAsync(List, Form("再来一个"), Ct));
    }

    [Fact]
    public async Task Views_that_were_saved_before_other_lists_had_any_belong_to_the_repair_desk()
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        await host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync(
            $"INSERT INTO SavedViews (OwnerId, Shared, Name, Query, Position, Version) VALUES ({desk.PersonId}, 0, '旧视图', '?urgency=Urgent', 0, 1)", Ct));

        var row = Assert.Single(await desk.Get<SavedViewService>().ListAsync(List, Ct));

        Assert.Equal(("旧视图", Urgency.Urgent), (row.Name, DeskAddress.Read(row.Query).Urgency));
    }

    [Fact]
    public async Task The_desks_that_show_a_view_are_told_when_it_changes_and_no_others()
    {
        await using var host = await TestHost.OpenAsync();
        var (dispatcher, manager) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Manager));
        using var subscription = dispatcher.Get<IChangeFeed>().Subscribe(null, c => c is KeyChanged { Topic: SavedViewService.Topic });
        await dispatcher.Get<SavedViewService>().CreateAsync(List, Form("自用"), Ct);
        await manager.Get<SavedViewService>().CreateAsync(List, Form("共用", shared: true), Ct);

        List<long> keys = [];
        while (keys.Count < 2) keys.AddRange((await subscription.NextAsync(Ct))!.Changes.Cast<KeyChanged>().Select(k => k.Key));
        Assert.Equal([dispatcher.PersonId, SavedViewService.Everybody], keys);
    }

    private static readonly string?[] Texts = [null, null, "水", "漏水", "空调 不制冷", "tap", "101", "，！"];

    private static readonly Gen<RepairFilter> AFilter = Gen.Select(Gen.Int[1, 7], Gen.Int[0, 2], Gen.Int[0, 5], Gen.Int[0, 2], Gen.Int[0, Texts.Length - 1],
        (view, building, urgency, crew, text) => new RepairFilter
        {
            View = (RepairView)view,
            BuildingId = building == 0 ? 1 : null,
            Urgency = urgency is >= 1 and <= 4 ? (Urgency)urgency : null,
            CrewId = crew == 0 ? 1 : null,
            Text = Texts[text],
            From = crew == 1 ? TestHost.Start.AddDays(-building) : null,
            Before = building == 1 ? TestHost.Start.AddMinutes(urgency) : null,
            Sort = urgency == 0 ? null : (DeskSort)(urgency % 4 + 1),
        });

    [Fact]
    public async Task Counts_moved_by_each_change_are_what_a_query_counts() =>
        await Gen.Select(RandomTickets.Ticket.Array[10, 20], AFilter.Array[12], Gen.Select(Gen.Int[0, 60], Gen.Int[0, 8]).Array[25])
            .SampleAsync(async (plans, filters, steps) =>
            {
                await using var host = await TestHost.OpenAsync();
                await host.StoreAsync(plans);
                host.Clock.Advance(TimeSpan.FromDays(1));
                var desk = await host.AsAsync(TestUsers.Dispatcher);
                var feed = desk.Get<IChangeFeed>();
                var counts = new LiveCounts<int>();
                await counts.ReadAsync(feed, async () => (await desk.Lists.CountAsync(filters, Ct)).Index().ToDictionary(c => c.Index, c => c.Item));
                using var mail = feed.Subscribe(desk.PersonId, c => c is Changed<RepairRow>);

                var ids = await host.InDatabaseAsync(db => db.RepairTickets.Select(t => t.Id).ToListAsync(Ct));
                foreach (var (which, verb) in steps) await TryAsync(host, desk, ids[which % ids.Count], verb);

                // A new report is the last change, so that the loop knows when all have arrived.
                var last = (await host.TicketAsync()).Id;
                for (var arrived = false; !arrived;)
                {
                    foreach (var change in (await mail.NextAsync(Ct))!.Changes.Cast<Changed<RepairRow>>())
                    {
                        // Changes of the stored tickets may still be on their way; the counts include them.
                        var news = counts.IsNewerThanCounts(change);
                        Assert.NotNull(news);
                        if (news == false) continue;
                        for (var i = 0; i < filters.Length; i++) counts.Move(i, filters[i].Moves(change.Before, change.After!, desk.PersonId));
                        arrived |= change.After!.Id == last;
                    }
                }

                var queried = await desk.Lists.CountAsync(filters, Ct);
                for (var i = 0; i < filters.Length; i++)
                    Assert.True(queried[i] == counts[i], $"{filters[i]}: {queried[i]} queried, {counts[i]} moved");
            }, iter: 5, threads: 1);

    [Fact]
    public async Task A_change_published_while_counts_were_read_asks_for_another_reading()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var feed = desk.Get<IChangeFeed>();
        // The report of the ticket may still be on its way to subscribers.
        using var mail = feed.Subscribe(desk.PersonId, c => c is Changed<RepairRow> { After.Status: TicketStatus.Triaged });
        var counts = new LiveCounts<int>();
        await counts.ReadAsync(feed, async () =>
        {
            await desk.Repairs.TriageAsync(ticket.Id, Ct);
            return new Dictionary<int, int> { [1] = 5 };
        });
        Assert.Null(counts.IsNewerThanCounts((await mail.NextAsync(Ct))!.Changes[0]));
        Assert.False(await counts.ReadAsync(feed, () => Task.FromResult<IReadOnlyDictionary<int, int>>(new Dictionary<int, int> { [1] = 7 }), () => false));
        Assert.Equal(5, counts[1]);
    }

    [Fact]
    public async Task A_view_keeps_the_sort_it_was_saved_with()
    {
        await using var host = await TestHost.OpenAsync();
        var views = await ViewsAsync(host, TestUsers.Dispatcher);
        await views.CreateAsync(List, Form("最新的水", "?view=All&q=水&sort=Newest"), Ct);

        Assert.Equal(DeskSort.Newest, DeskAddress.Read(Assert.Single(await views.ListAsync(List, Ct)).Query).Sort);
    }

    [Fact]
    public void The_address_of_a_filter_reads_as_the_same_filter() =>
        AFilter.Sample(filter => Assert.Equal(filter, DeskAddress.Read(DeskAddress.Of(filter, "BX20261122-0001"))));

    private static async Task TryAsync(TestHost host, Desk desk, long id, int verb)
    {
        try
        {
            await (verb switch
            {
                0 => desk.Repairs.TriageAsync(id, Ct),
                1 => desk.Repairs.HoldAsync(id, new HoldForm { Reason = HoldReason.Parts }, Ct),
                2 => desk.Repairs.ResumeAsync(id, new NoteForm(), Ct),
                3 => desk.Repairs.ChangeUrgencyAsync(id, Urgency.Emergency, Ct),
                4 => desk.Repairs.RejectAsync(id, new NoteForm { Note = "x" }, Ct),
                5 => desk.Repairs.CommentAsync(id, new CommentForm { Text = "漏水" }, Ct),
                6 => AssignAsync(host, desk, id),
                7 => desk.Repairs.CancelAsync(id, new NoteForm(), Ct),
                _ => host.TicketAsync(),
            });
        }
        catch (Rejected)
        {
            // The state does not allow it; nothing was published.
        }
    }

    private static async Task AssignAsync(TestHost host, Desk desk, long id)
    {
        var number = await host.InDatabaseAsync(db => db.RepairTickets.Where(t => t.Id == id).Select(t => t.Number).SingleAsync(Ct));
        await desk.Repairs.AssignAsync(id, await host.AssignmentAsync(number), Ct);
    }

    private static ViewForm Form(string name, string query = "?view=All&urgency=Urgent", bool shared = false) =>
        new() { Name = name, Query = query, Shared = shared };

    private static async Task<SavedViewService> ViewsAsync(TestHost host, string userName) => (await host.AsAsync(userName)).Get<SavedViewService>();

    private static async Task<long> VersionAsync(SavedViewService views, long id) => (await views.ListAsync(List, Ct)).Single(v => v.Id == id).Version;
}

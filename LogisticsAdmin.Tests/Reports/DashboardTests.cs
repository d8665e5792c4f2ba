using System.Data.Common;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Crews;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.Reports.Dashboard;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Features.Reports.Targets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using CommentForm = LogisticsAdmin.Features.Repairs.Work.CommentForm;

namespace LogisticsAdmin.Tests.Reports;

/// <summary>The dashboard: what it counts, for whom, and what a change costs.</summary>
public sealed class DashboardTests
{
    private static readonly DashboardFilter Month = new();

    private static readonly ReportPeriod November = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Administrator, true)]
    [InlineData(TestUsers.Manager, true)]
    [InlineData(TestUsers.Dispatcher, false)]
    public async Task The_office_sees_it_and_only_the_management_sees_the_scores_of_people_and_lists_behind_figures(string userName, bool isManagement)
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync(TicketStatus.Completed);
        var service = (await host.AsAsync(userName)).Get<DashboardService>();
        using var watch = service.Watch(Month);

        var view = await ViewAsync(service, watch, Month, _ => true);

        Assert.Equal(isManagement, view.Tables.Any(t => t.Layout.Dimension == "technician"));
        Assert.Equal(isManagement, view.Keys.All(k => k.Address is not null));
        Assert.Equal(isManagement ? "reports/monthly/2026-11-22/figures/repairs.overdue" : "repairs?view=Overdue",
            view.Now.Single(n => n.Figure.Code == "repairs.overdue").Address);
    }

    [Theory]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task To_others_it_is_not_found(string userName)
    {
        await using var host = await TestHost.OpenAsync();
        var service = (await host.AsAsync(userName)).Get<DashboardService>();
        Assert.Throws<NotFound>(() => service.Watch(Month));
    }

    [Fact]
    public async Task Managers_start_there_and_others_where_they_did()
    {
        await using var host = await TestHost.OpenAsync();
        foreach (var (userName, address) in new[]
                 {
                     (TestUsers.Manager, "dashboard"), (TestUsers.Administrator, "repairs"), (TestUsers.Dispatcher, "repairs"), (TestUsers.Technician, "jobs"),
                     (TestUsers.Resident, "my"),
                 })
        {
            var desk = await host.AsAsync(userName);
            Assert.Equal(address, desk.Get<StartAddress>().Of(desk.Get<CurrentUser>().Actor));
        }
    }

    [Fact]
    public async Task Each_step_of_a_ticket_changes_exactly_the_tiles_that_it_concerns()
    {
        await using var host = await TestHost.OpenAsync();
        var service = (await host.AsAsync(TestUsers.Manager)).Get<DashboardService>();
        using var watch = service.Watch(Month);
        var before = Counts(await ViewAsync(service, watch, Month, _ => true));

        var ticket = await host.TicketAsync();
        var reported = Counts(await ViewAsync(service, watch, Month, v => Of(v, "repairs.carried-over") == 1));
        Assert.Equal(["key repairs.intake", "now repairs.carried-over"], Changed(before, reported));

        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.AssignAsync(ticket.Id, await host.AssignmentAsync(ticket.Number), ct: Ct);
        await (await host.AsAsync(TestUsers.Technician)).Repairs.TakeAsync(ticket.Id, ct: Ct);
        await (await host.AsAsync(TestUsers.Technician)).Repairs.StartAsync(ticket.Id, ct: Ct);
        await (await host.AsAsync(TestUsers.Technician)).Repairs.CompleteAsync(ticket.Id, new NoteForm { Note = "换了阀芯" }, ct: Ct);
        var completed = Counts(await ViewAsync(service, watch, Month, v => Of(v, "repairs.waiting") == 1));
        Assert.Equal(["key repairs.completion-in-time", "key repairs.completion-median", "key repairs.response-in-time", "now repairs.waiting"],
            Changed(reported, completed));

        await (await host.AsAsync(TestUsers.Resident)).Repairs.VerifyAsync(ticket.Id, new NoteForm(), ct: Ct);
        var closed = await ViewAsync(service, watch, Month, v => Of(v, "repairs.carried-over") == 0);
        Assert.Equal(["key repairs.closed", "key repairs.cost-per-ticket", "key repairs.first-time-fix", "now repairs.carried-over", "now repairs.waiting"],
            Changed(completed, Counts(closed)));
        Assert.Empty(closed.Longest);
    }

    [Fact]
    public async Task A_limit_that_passes_moves_a_ticket_from_due_soon_to_overdue_without_any_change()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var service = (await host.AsAsync(TestUsers.Manager)).Get<DashboardService>();
        using var watch = service.Watch(Month);
        await ViewAsync(service, watch, Month, v => Of(v, "repairs.carried-over") == 1);
        var due = await host.InDatabaseAsync(db => db.Set<RepairTicket>().Where(t => t.Id == ticket.Id).Select(t => t.DueAt).SingleAsync(Ct));

        host.Clock.Advance(due - host.Clock.GetUtcNow() - TimeSpan.FromHours(1));
        var soon = await ViewAsync(service, watch, Month, v => Of(v, "repairs.due-soon") == 1, host);
        Assert.Equal(0, Of(soon, "repairs.overdue"));
        Assert.Equal(due, soon.Now.Single(n => n.Figure.Code == "repairs.due-soon").Since);

        host.Clock.Advance(TimeSpan.FromHours(1));
        var overdue = await ViewAsync(service, watch, Month, v => Of(v, "repairs.overdue") == 1, host);
        Assert.Equal(0, Of(overdue, "repairs.due-soon"));
        Assert.True(Assert.Single(overdue.Longest).IsOverdue);
    }

    [Fact]
    public async Task Through_every_filter_it_says_what_the_report_says_of_the_same_rows()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync(TicketStatus.Closed);
        await host.TicketAsync(TicketStatus.InProgress);
        await host.TicketAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (service, reports) = (manager.Get<DashboardService>(), manager.Get<ReportService>());
        var crew = await host.InDatabaseAsync(db => db.Set<RepairTicket>().Where(t => t.CrewId != null).Select(t => t.CrewId!.Value).FirstAsync(Ct));
        var campus = await host.InDatabaseAsync(db => db.Set<RepairTicket>().Select(t => t.CampusId).FirstAsync(Ct));

        foreach (var filter in new[]
                 {
                     Month, Month with { CrewId = crew }, Month with { CampusId = campus }, Month with { CampusId = campus, CrewId = crew },
                     Month with { Period = "today" }, Month with { Period = "2026-11-01..2026-11-25" },
                 })
        {
            using var watch = service.Watch(filter);
            var view = await ViewAsync(service, watch, filter, _ => true);
            foreach (var tile in view.Keys)
            {
                var list = await reports.FigureAsync(new FigureQuery { Period = view.Period, Figure = tile.Figure.Code, Filter = filter.Facts }, 0, ct: Ct);
                Assert.Equal((list.Value.Value, list.Value.Counted, list.Value.Base), (tile.Reading.Value, tile.Reading.Counted, tile.Reading.Base));
            }
        }
    }

    [Fact]
    public async Task Fifty_open_dashboards_add_no_query_to_a_write_and_share_one_reading()
    {
        var queries = new OwnQueries();
        await using var host = await TestHost.OpenAsync(services => services.ConfigureDbContext<LogisticsDb>(db => db.AddInterceptors(queries)));
        var first = await host.TicketAsync();
        var office = await host.AsAsync(TestUsers.Dispatcher);
        // The first of each kind also fills caches of the process.
        await office.Repairs.CommentAsync(first.Id, new CommentForm { Text = "先看一下" }, ct: Ct);
        var alone = await OwnQueries.CountAsync(() => office.Repairs.CommentAsync(first.Id, new CommentForm { Text = "已联系" }, ct: Ct));

        var board = host.Services.GetRequiredService<DashboardBoard>();
        var service = (await host.AsAsync(TestUsers.Manager)).Get<DashboardService>();
        var subscribers = host.Services.GetRequiredService<InProcessFeed>().Subscribers;
        var watches = Enumerable.Range(0, 50).Select(_ => service.Watch(Month)).ToList();
        foreach (var watch in watches) await ViewAsync(service, watch, Month, _ => true);
        Assert.Equal(subscribers + 1, host.Services.GetRequiredService<InProcessFeed>().Subscribers);

        Assert.Equal(alone, await OwnQueries.CountAsync(() => office.Repairs.CommentAsync(first.Id, new CommentForm { Text = "已联系" }, ct: Ct)));
        await office.Repairs.TriageAsync(first.Id, ct: Ct);
        foreach (var watch in watches) await ViewAsync(service, watch, Month, _ => true);

        foreach (var watch in watches) watch.Dispose();
        Assert.Equal(0, board.Watches);
    }

    [Fact]
    public async Task It_names_who_is_absent_today_and_follows_absences()
    {
        await using var host = await TestHost.OpenAsync();
        var service = (await host.AsAsync(TestUsers.Dispatcher)).Get<DashboardService>();
        using var watch = service.Watch(Month);
        var crews = (await ViewAsync(service, watch, Month, _ => true)).Crews;
        Assert.All(crews, c => Assert.Empty(c.Crew.Absent));

        var technician = await host.AsAsync(TestUsers.Technician);
        await (await host.AsAsync(TestUsers.Dispatcher)).Get<DutyService>().AddAsync(new AbsenceForm
        {
            PersonId = technician.PersonId,
            From = new DateOnly(2026, 11, 22),
            To = new DateOnly(2026, 11, 24),
            Reason = AbsenceReason.Sick,
        }, Ct);

        var view = await ViewAsync(service, watch, Month, v => v.Crews.Any(c => c.Crew.Absent.Count > 0));
        var absent = Assert.Single(view.Crews.SelectMany(c => c.Crew.Absent));
        Assert.Equal(("孙强", AbsenceReason.Sick, new DateOnly(2026, 11, 24)), (absent.Name, absent.Reason, absent.Until));
    }

    [Fact]
    public async Task A_closed_month_is_shown_as_it_was_closed_and_yesterday_counts_what_was_open_then()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync(TicketStatus.Closed);
        var open = await host.TicketAsync(TicketStatus.Completed);
        host.Clock.Advance(TimeSpan.FromDays(1));
        var another = await host.TicketAsync();
        var service = (await host.AsAsync(TestUsers.Manager)).Get<DashboardService>();
        using (var now = service.Watch(Month))
        {
            var today = await ViewAsync(service, now, Month, _ => true);
            Assert.Equal((2, 1), (Of(today, "repairs.carried-over"), today.Now[0].SinceYesterday));
            Assert.Equal(another.Number, today.Longest[^1].Thing.Number);
        }

        host.Clock.Advance(TimeSpan.FromDays(11));
        await (await host.AsAsync(TestUsers.Manager)).Get<ClosingService>().CloseAsync(November, Ct);
        await (await host.AsAsync(TestUsers.Resident)).Repairs.VerifyAsync(open.Id, new NoteForm(), ct: Ct);

        var filter = Month with { Period = "2026-11" };
        using var watch = service.Watch(filter);
        var closed = await ViewAsync(service, watch, filter, _ => true);
        Assert.True(closed.IsClosed);
        Assert.Equal(3, closed.Keys.Single(k => k.Figure.Code == "repairs.intake").Reading.Counted);
        Assert.Equal(13, (await service.WithHistoryAsync(closed, Ct)).Sections[0].History.Count);
    }

    [Fact]
    public async Task A_crew_is_measured_by_its_own_target_and_without_one_by_that_of_the_office()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var service = manager.Get<DashboardService>();
        var filter = Month with { CrewId = 1 };
        using var watch = service.Watch(filter);
        var office = await ViewAsync(service, watch, filter, _ => true);
        Assert.Equal(0.92m, Target(office));

        await manager.Get<TargetsService>().SetAsync(
            new TargetForm { Figure = "repairs.first-time-fix", Scope = TargetScope.Crew, ScopeId = 1, From = "2026-11", Value = 88 }, Ct);
        Assert.Equal(0.88m, Target(await ViewAsync(service, watch, filter, v => Target(v) != 0.92m)));

        static decimal? Target(DashboardView view) => view.Keys.Single(k => k.Figure.Code == "repairs.first-time-fix").Reading.Target;
    }

    /// <summary>The first view that fulfils the condition. With a host, its clock goes on minute by minute.</summary>
    private static async Task<DashboardView> ViewAsync(
        DashboardService service, BoardWatch watch, DashboardFilter filter, Func<DashboardView, bool> isIt, TestHost? host = null)
    {
        while (true)
        {
            host?.Clock.Advance(TimeSpan.FromMinutes(1));
            if (await NextAsync(watch, host is not null) is not { } snapshot) continue;
            Assert.False(snapshot.HasFailed);
            if (await service.ReadAsync(snapshot, filter, Ct) is { } view && isIt(view)) return view;
        }
    }

    /// <summary>The next snapshot; null when none comes soon, because the clock went on before the board waited for it.</summary>
    private static async Task<BoardSnapshot?> NextAsync(BoardWatch watch, bool isImpatient)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        if (isImpatient) patience.CancelAfter(TimeSpan.FromMilliseconds(300));
        try
        {
            return await watch.NextAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!Ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private static int Of(DashboardView view, string figure) => view.Now.Single(n => n.Figure.Code == figure).Value.Counted;

    private static Dictionary<string, (int, int)> Counts(DashboardView view) => view.Now
        .Select(n => ($"now {n.Figure.Code}", (n.Value.Counted, n.Value.Base)))
        .Concat(view.Keys.Select(k => ($"key {k.Figure.Code}", (k.Reading.Counted, k.Reading.Base)))).ToDictionary();

    private static IEnumerable<string> Changed(Dictionary<string, (int, int)> before, Dictionary<string, (int, int)> after) =>
        before.Keys.Where(k => before[k] != after[k]).Order(StringComparer.Ordinal);

    /// <summary>Counts what is sent to the database by an action itself, and not by what runs beside it.</summary>
    private sealed class OwnQueries : DbCommandInterceptor
    {
        private static readonly AsyncLocal<StrongCount?> Current = new();

        public static async Task<int> CountAsync(Func<Task> action)
        {
            var count = new StrongCount();
            Current.Value = count;
            await action();
            Current.Value = null;
            return count.Value;
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (Current.Value is { } count) count.Value++;
            return ValueTask.FromResult(result);
        }

        private sealed class StrongCount
        {
            public int Value { get; set; }
        }
    }
}

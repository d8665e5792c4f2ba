using System.Reflection;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using CommentForm = LogisticsAdmin.Features.Reports.Monthly.CommentForm;

namespace LogisticsAdmin.Tests.Reports;

/// <summary>A month's report: live while the month is open, and as it was once it is closed.</summary>
public sealed class ClosingTests
{
    private static readonly ReportPeriod November = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_open_month_follows_its_tickets_and_a_closed_one_stays_as_it_was()
    {
        await using var host = await TestHost.OpenAsync();
        var open = await host.TicketAsync(TicketStatus.InProgress);
        await host.TicketAsync(TicketStatus.Closed);
        var reports = (await host.AsAsync(TestUsers.Manager)).Get<ReportService>();
        Assert.Equal((2, 1, 1), Counts((await reports.MonthAsync(November, Ct)).Content));

        host.Clock.Advance(TimeSpan.FromDays(12));
        var manager = await host.AsAsync(TestUsers.Manager);
        await manager.Get<ClosingService>().CloseAsync(November, Ct);
        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.CompleteAsync(open.Id, new() { Note = "代报完工" }, ct: Ct);

        var closed = await manager.Get<ReportService>().MonthAsync(November, Ct);
        Assert.Equal((2, 1, 1), Counts(closed.Content));
        Assert.Equal("沈国栋", closed.Closing?.ClosedBy);
        var behind = await manager.Get<ReportService>().FigureAsync(new FigureQuery { Period = November, Figure = "repairs.carried-over" }, 0, ct: Ct);
        Assert.Equal([open.Number], behind.Rows.Select(r => r.Thing?.Number));
    }

    [Fact]
    public async Task Two_people_who_close_a_month_at_once_give_one_closing()
    {
        await using var host = await TestHost.OpenAsync();
        host.Clock.Advance(TimeSpan.FromDays(12));
        var people = new[] { await host.AsAsync(TestUsers.Manager), await host.AsAsync(TestUsers.Administrator) };

        var outcomes = await Task.WhenAll(people.Select(async p =>
        {
            try
            {
                await p.Get<ClosingService>().CloseAsync(November, Ct);
                return null;
            }
            catch (Rejected refused)
            {
                return refused.Code;
            }
        }));

        Assert.Equal([null, "AlreadyClosed"], outcomes.Order());
        Assert.Single(await people[0].Get<ReportService>().ClosingsAsync(November, Ct));
    }

    private static (int Intake, int Closed, int Open) Counts(ReportContent content)
    {
        var repairs = content.Sections.Single(s => s.Layout.Code == "repairs").Snapshot;
        return (repairs.Value("repairs.intake").Counted, repairs.Value("repairs.closed").Counted, repairs.Value("repairs.carried-over").Counted);
    }

    [Fact]
    public async Task Reopening_needs_a_reason_keeps_the_earlier_closing_and_the_next_one_is_number_two()
    {
        await using var host = await TestHost.OpenAsync();
        host.Clock.Advance(TimeSpan.FromDays(12));
        var manager = await host.AsAsync(TestUsers.Manager);
        var (closing, reports) = (manager.Get<ClosingService>(), manager.Get<ReportService>());
        Assert.Equal("NotClosed", await CodeAsync(() => closing.ReopenAsync(new ReopenForm { Month = November, Reason = "漏登" }, Ct)));
        var first = await closing.CloseAsync(November, Ct);
        foreach (var none in new[] { null, "", "  " })
            await Assert.ThrowsAsync<Rejected>(() => closing.ReopenAsync(new ReopenForm { Month = November, Reason = none }, Ct));
        Assert.NotNull((await reports.MonthAsync(November, Ct)).Closing);

        await closing.ReopenAsync(new ReopenForm { Month = November, Reason = "漏登三单" }, Ct);
        var open = await reports.MonthAsync(November, Ct);
        Assert.Null(open.Closing);
        Assert.Equal((first, 1, "漏登三单", "沈国栋"), (open.Earlier[0].Id, open.Earlier[0].Number, open.Earlier[0].ReopenReason, open.Earlier[0].ReopenedBy));
        await closing.CloseAsync(November, Ct);

        Assert.Equal([(2, false), (1, true)], (await reports.ClosingsAsync(November, Ct)).Select(c => (c.Number, c.ReopenedAt is not null)));
        Assert.Equal("AlreadyClosed", await CodeAsync(() => closing.CloseAsync(November, Ct)));
    }

    [Fact]
    public async Task A_month_that_is_not_over_or_no_month_is_not_closed()
    {
        await using var host = await TestHost.OpenAsync();
        var closing = (await host.AsAsync(TestUsers.Manager)).Get<ClosingService>();
        Assert.Equal("MonthNotOver", await CodeAsync(() => closing.CloseAsync(November, Ct)));
        await Assert.ThrowsAsync<NotFound>(() => closing.CloseAsync(November with { From = November.Until, Until = November.Until.AddMonths(1) }, Ct));
        await Assert.ThrowsAsync<NotFound>(() => closing.CloseAsync(ReportPeriod.QuarterOf(new DateOnly(2026, 8, 1)), Ct));
    }

    [Fact]
    public async Task Differences_name_the_rows_that_moved_figure_by_figure()
    {
        await using var host = await TestHost.OpenAsync();
        var rated = await host.TicketAsync(TicketStatus.Closed);
        var corrected = await host.TicketAsync();
        host.Clock.Advance(TimeSpan.FromDays(9));
        var manager = await host.AsAsync(TestUsers.Manager);
        var reports = manager.Get<ReportService>();
        var id = await manager.Get<ClosingService>().CloseAsync(November, Ct);
        Assert.Empty((await reports.DifferencesAsync(id, Ct)).Differences);

        await (await host.AsAsync(TestUsers.Resident)).Repairs.RateAsync(rated.Id, new RateForm { Stars = 5 }, Ct);
        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.ChangeUrgencyAsync(corrected.Id, Urgency.Emergency, Ct);

        var moved = (await reports.DifferencesAsync(id, Ct)).Differences.ToDictionary(d => d.Figure.Code);
        var satisfaction = moved["repairs.satisfaction"];
        Assert.Equal((null, 1m), (satisfaction.Then.Value, satisfaction.Now?.Value));
        Assert.Equal((rated.Number, 1, 0), (Assert.Single(satisfaction.Added).Number, satisfaction.AddedCount, satisfaction.RemovedCount));
        // It stays in the denominator and changes sides.
        Assert.Equal((1, 1), (moved["repairs.rated"].AddedCount, moved["repairs.rated"].RemovedCount));
        Assert.Equal([corrected.Number], moved["repairs.emergencies"].Added.Select(t => t.Number));
        Assert.DoesNotContain("repairs.intake", moved.Keys);
        Assert.DoesNotContain("repairs.closed", moved.Keys);
    }

    [Fact]
    public async Task Two_editors_of_a_comment_never_overwrite_each_other()
    {
        await using var host = await TestHost.OpenAsync();
        var (manager, admin) = (await host.AsAsync(TestUsers.Manager), await host.AsAsync(TestUsers.Administrator));
        var version = await manager.Get<ClosingService>().SaveCommentAsync(November, new CommentForm { Place = ReportComment.General, Text = "一" }, Ct);

        var stale = await Assert.ThrowsAsync<Stale>(() =>
            admin.Get<ClosingService>().SaveCommentAsync(November, new CommentForm { Place = ReportComment.General, Text = "二" }, Ct));
        Assert.Equal("沈国栋", stale.By);
        var next = await admin.Get<ClosingService>().SaveCommentAsync(
            November, new CommentForm { Place = ReportComment.General, Text = "二", Version = version }, Ct);
        stale = await Assert.ThrowsAsync<Stale>(() => manager.Get<ClosingService>().SaveCommentAsync(
            November, new CommentForm { Place = ReportComment.General, Text = "三", Version = version }, Ct));

        Assert.Equal("郑海涛", stale.By);
        var stored = (await manager.Get<ReportService>().MonthAsync(November, Ct)).Comments[ReportComment.General];
        Assert.Equal(("二", next, "郑海涛"), (stored.Text, stored.Version, stored.WrittenBy));
    }

    [Fact]
    public async Task A_closing_holds_what_was_typed_while_it_was_read_and_then_refuses_more()
    {
        var typed = new TypingSection();
        await using var host = await TestHost.OpenAsync(services => services.AddSingleton<IReportSection>(typed));
        host.Clock.Advance(TimeSpan.FromDays(12));
        var manager = await host.AsAsync(TestUsers.Manager);
        var admin = (await host.AsAsync(TestUsers.Administrator)).Get<ClosingService>();
        typed.WhileRead = async () =>
        {
            await admin.SaveCommentAsync(November, new CommentForm { Place = ReportComment.Plan, Text = "检修水泵" }, Ct);
            await admin.SetDocumentNumberAsync(new NumberForm { Month = November, Number = "后勤〔2026〕12号" }, Ct);
        };
        await manager.Get<ClosingService>().CloseAsync(November, Ct);

        var content = (await manager.Get<ReportService>().MonthAsync(November, Ct)).Content;
        Assert.Equal(("检修水泵", "后勤〔2026〕12号"), (content.Comments[ReportComment.Plan], content.DocumentNumber));
        Assert.Equal("MonthClosed", await CodeAsync(() => admin.SaveCommentAsync(November, new CommentForm { Place = ReportComment.General, Text = "x" }, Ct)));
        Assert.Equal("MonthClosed", await CodeAsync(() => admin.SetDocumentNumberAsync(new NumberForm { Month = November, Number = "x" }, Ct)));
    }

    [Theory]
    [InlineData("UPDATE ReportClosingContents SET Bytes = substr(Bytes, 1, 40) || x'00' || substr(Bytes, 42)")]
    [InlineData("UPDATE ReportClosingContents SET Bytes = substr(Bytes, 1, length(Bytes) / 2)")]
    [InlineData("UPDATE ReportClosingContents SET Bytes = x''")]
    [InlineData("DELETE FROM ReportClosingContents")]
    [InlineData("UPDATE ReportClosings SET ClosedById = (SELECT Id FROM People WHERE UserName = 'admin')")]
    [InlineData("UPDATE ReportClosings SET ClosedAt = ClosedAt - 10000000")]
    [InlineData("UPDATE ReportClosings SET Month = '2026-09-01'", "2026-09")]
    public async Task The_check_finds_what_was_changed_and_names_the_month(string sql, string month = "2026-11")
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync(TicketStatus.Closed);
        host.Clock.Advance(TimeSpan.FromDays(12));
        await (await host.AsAsync(TestUsers.Manager)).Get<ClosingService>().CloseAsync(November, Ct);
        Assert.Empty(await ProblemsAsync(host));

        Assert.Equal(1, await host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(sql, Ct)));

        Assert.Contains(month, Assert.Single(await ProblemsAsync(host)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestUsers.Manager, true)]
    [InlineData(TestUsers.Administrator, true)]
    [InlineData(TestUsers.Dispatcher, false)]
    [InlineData(TestUsers.Technician, false)]
    [InlineData(TestUsers.Resident, false)]
    public async Task Only_managers_and_administrators_read_and_close_reports(string who, bool isAllowed)
    {
        await using var host = await TestHost.OpenAsync();
        host.Clock.Advance(TimeSpan.FromDays(12));
        var october = November.Previous;
        var earlier = await (await host.AsAsync(TestUsers.Manager)).Get<ClosingService>().CloseAsync(october, Ct);
        var person = await host.AsAsync(who);
        foreach (var (name, act) in Acts(person, earlier))
        {
            if (isAllowed) await act();
            else Assert.True(await Record.ExceptionAsync(act) is NotFound, name);
        }
    }

    [Fact]
    public async Task Who_signed_out_while_a_page_was_open_is_refused()
    {
        await using var host = await TestHost.OpenAsync();
        host.Clock.Advance(TimeSpan.FromDays(12));
        var manager = await host.AsAsync(TestUsers.Manager);
        var earlier = await manager.Get<ClosingService>().CloseAsync(November.Previous, Ct);
        manager.Get<CurrentUser>().EndSession();
        foreach (var (name, act) in Acts(manager, earlier)) Assert.True(await Record.ExceptionAsync(act) is Forbidden, name);
    }

    /// <summary>Every public method of both services, in an order in which each is possible.</summary>
    private static List<(string Name, Func<Task> Act)> Acts(Desk person, long earlier)
    {
        var (reports, closing) = (person.Get<ReportService>(), person.Get<ClosingService>());
        List<(string Name, Func<Task> Act)> acts =
        [
            (nameof(ReportService.MonthAsync), () => reports.MonthAsync(November, Ct)),
            (nameof(ReportService.MonthsAsync), () => reports.MonthsAsync(Ct)),
            (nameof(ReportService.ReadAsync), () => reports.ReadAsync(ReportPeriod.QuarterOf(November.From), Ct)),
            (nameof(ReportService.FigureAsync), () => reports.FigureAsync(new FigureQuery { Period = November, Figure = "repairs.intake" }, 0, ct: Ct)),
            (nameof(ReportService.DifferencesAsync), () => reports.DifferencesAsync(earlier, Ct)),
            (nameof(ReportService.ClosingsAsync), () => reports.ClosingsAsync(November, Ct)),
            (nameof(ClosingService.SaveCommentAsync), () => closing.SaveCommentAsync(November, new CommentForm { Place = ReportComment.Plan, Text = "x" }, Ct)),
            (nameof(ClosingService.SetDocumentNumberAsync), () => closing.SetDocumentNumberAsync(new NumberForm { Month = November, Number = "1" }, Ct)),
            (nameof(ClosingService.CloseAsync), () => closing.CloseAsync(November, Ct)),
            (nameof(ClosingService.ReopenAsync), () => closing.ReopenAsync(new ReopenForm { Month = November, Reason = "x" }, Ct)),
        ];
        Assert.Equal(
            new[] { typeof(ReportService), typeof(ClosingService) }
                .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)).Select(m => m.Name).Order(),
            acts.Select(a => a.Name).Order());
        return acts;
    }

    private static async Task<string?> CodeAsync(Func<Task> act) => (await Record.ExceptionAsync(act) as Rejected)?.Code;

    private static async Task<List<string>> ProblemsAsync(TestHost host)
    {
        await using var db = await host.AsSystem().Get<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(Ct);
        return await new ClosingCheck().ProblemsAsync(db, host.Directory, Ct).ToListAsync(Ct);
    }

    /// <summary>A section during whose reading somebody types.</summary>
    private sealed class TypingSection : EmptySection
    {
        public Func<Task>? WhileRead { get; set; }

        public override async Task<SectionFacts> ReadAsync(ReportPeriod period, IReadOnlyCollection<long>? only, CancellationToken ct)
        {
            // Comments are read after the sections; a second reading would come too late.
            if (period == November && Interlocked.Exchange(ref _read, 1) == 0 && WhileRead is { } type) await type();
            return await base.ReadAsync(period, only, ct);
        }

        private int _read;
    }
}

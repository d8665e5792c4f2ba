using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Reports;

/// <summary>The places where monthly reports usually go wrong, one by one.</summary>
public sealed class FigureTrapTests
{
    private static readonly ReportPeriod November = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1)), December = ReportPeriod.MonthOf(new DateOnly(2026, 12, 1));

    /// <summary>Midnight in Shanghai between the two months.</summary>
    private static readonly DateTimeOffset Border = new(2026, 11, 30, 16, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_month_ends_at_the_office_s_midnight()
    {
        await using var host = await TestHost.OpenAsync();
        host.Clock.SetUtcNow(Border.AddTicks(-1));
        await host.TicketAsync(TicketStatus.Rejected);
        host.Clock.SetUtcNow(Border);
        var first = await host.TicketAsync(TicketStatus.Rejected);
        host.Clock.Advance(TimeSpan.FromDays(3));

        var (november, december) = (await ReadAsync(host, November), await ReadAsync(host, December));

        Assert.Equal((1, 1), (Count(november, "intake"), Count(november, "rejected")));
        Assert.Equal((1, 1), (Count(december, "intake"), Count(december, "rejected")));
        Assert.Equal([first.Id], december.Facts.Rows.Select(r => r.Id));
    }

    [Fact]
    public async Task A_month_that_begins_with_two_midnights_begins_with_the_first()
    {
        await using var host = await TestHost.OpenAsync(services => services.Configure<OfficeOptions>(o => o.TimeZone = "America/Havana"));
        // Clocks go from 01:00 back to 00:00 on 1 November, at 05:00 UTC.
        await StoreAsync(host, (life, report, _) => RepairTicket.Submit(
            "BX20261101-0001", report, life.Reporter, null, new DateTimeOffset(2026, 11, 1, 4, 30, 0, TimeSpan.Zero)));
        Assert.Equal((0, 1), (Count(await ReadAsync(host, November.Previous), "intake"), Count(await ReadAsync(host, November), "intake")));
    }

    [Fact]
    public async Task A_limit_at_midnight_is_judged_in_one_month_only()
    {
        await using var host = await TestHost.OpenAsync();
        host.Clock.SetUtcNow(Border.AddHours(5));
        await StoreAsync(host, (life, report, clocks) =>
        {
            // Emergencies count round the clock.
            var submitted = Border - clocks.LevelOf(Urgency.Emergency, report.CategoryId, Border).Completion;
            var ticket = RepairTicket.Submit("BX20261101-0001", report with { Urgency = Urgency.Emergency }, life.Reporter, null, submitted);
            ticket.RecalculateDeadlines(clocks, ticket.SubmittedAt);
            Assert.Equal(Border, ticket.DueAt);
            Do(ticket, clocks, ticket.SubmittedAt, t => t.Assign(life.Office, life.Crew, life.Technician, null, t.SubmittedAt));
            Do(ticket, clocks, ticket.SubmittedAt, t => t.Take(life.Technician, t.SubmittedAt));
            Do(ticket, clocks, ticket.SubmittedAt, t => t.Start(life.Technician, t.SubmittedAt));
            Do(ticket, clocks, Border, t => t.Complete(life.Technician, null, byOffice: false, Border));
            return ticket;
        });

        var (november, december) = (await ReadAsync(host, November), await ReadAsync(host, December));

        Assert.Equal((0, 0), (Count(november, "overdue"), november.Value("repairs.completion-in-time").Base));
        Assert.Equal(new FigureValue("repairs.completion-in-time", 1, 1, 1), december.Value("repairs.completion-in-time"));
    }

    [Fact]
    public async Task A_month_without_tickets_has_counts_of_zero_and_nothing_else()
    {
        await using var host = await TestHost.OpenAsync();
        var empty = await ReadAsync(host, November);
        Assert.Empty(empty.Facts.Rows);
        Assert.All(empty.Layout.Figures, f => Assert.Equal(
            f.Form is FigureForm.Count or FigureForm.Sum ? 0m : (decimal?)null, empty.Value(f.Code).Value));
        Assert.All(empty.Layout.Tables, t => Assert.Empty(empty.Lines(t)));
    }

    [Fact]
    public async Task One_ticket_is_its_own_mean_median_and_percentile()
    {
        await using var host = await TestHost.OpenAsync();
        host.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 24, 1, 0, 0, TimeSpan.Zero));
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        host.Clock.Advance(TimeSpan.FromMinutes(90));
        await (await host.AsAsync(TestUsers.Technician)).Repairs.CompleteAsync(ticket.Id, new() { Note = "换了阀芯" }, ct: Ct);

        var month = await ReadAsync(host, November);

        Assert.All(["mean", "median", "p90"], how => Assert.Equal(90, month.Value($"repairs.completion-{how}").Value));
        Assert.All(["mean", "median", "p90"], how => Assert.Equal(1.5m, month.Value($"repairs.completion-calendar-{how}").Value));
    }

    [Fact]
    public async Task Nothing_after_now_counts_in_a_month_that_is_not_over()
    {
        await using var host = await TestHost.OpenAsync();
        var now = host.Clock.GetUtcNow();
        await StoreAsync(host, (_, report, clocks) => RepairTicket.Import("BX20261101-0001", report, TicketStatus.Closed, now.AddHours(1), now.AddHours(2),
            "log", "1", null, clocks, now));
        await StoreAsync(host, (_, report, clocks) => RepairTicket.Import("BX20261101-0002", report, TicketStatus.Closed, now.AddHours(-1), now.AddHours(2),
            "log", "2", null, clocks, now));

        var month = await ReadAsync(host, November);
        Assert.Equal((1, 0, 1), (Count(month, "intake"), Count(month, "closed"), Count(month, "carried-over")));

        host.Clock.Advance(TimeSpan.FromHours(3));
        month = await ReadAsync(host, November);
        Assert.Equal((2, 2, 0), (Count(month, "intake"), Count(month, "closed"), Count(month, "carried-over")));
    }

    [Fact]
    public async Task A_log_that_ends_before_it_begins_or_never_counts_in_the_month_of_the_report()
    {
        await using var host = await TestHost.OpenAsync();
        var reported = TestHost.Start.AddDays(-10);
        await StoreAsync(host, (_, report, clocks) => RepairTicket.Import("BX20261101-0001", report, TicketStatus.Closed, reported, reported.AddDays(-40),
            "log", "1", null, clocks, TestHost.Start));
        await StoreAsync(host, (_, report, clocks) => RepairTicket.Import("BX20261101-0002", report, TicketStatus.Closed, reported, null,
            "log", "2", null, clocks, TestHost.Start));

        var month = await ReadAsync(host, November);
        Assert.Equal((2, 2, 2), (Count(month, "intake"), Count(month, "closed"), Count(month, "completed")));
        Assert.Equal((0, 0), (Count(month, "completion-mean"), Count(month, "office-time")));
        Assert.Empty((await ReadAsync(host, November.Previous)).Facts.Rows);
    }

    [Fact]
    public async Task What_is_said_after_the_end_is_no_response()
    {
        await using var host = await TestHost.OpenAsync();
        await StoreAsync(host, (life, report, clocks) =>
        {
            var missed = RepairTicket.Submit("BX20261101-0001", report, life.Reporter, null, TestHost.Start.AddDays(-15));
            missed.RecalculateDeadlines(clocks, missed.SubmittedAt);
            Do(missed, clocks, TestHost.Start.AddDays(-5), t => t.Cancel(life.Reporter, null, byOffice: false, TestHost.Start.AddDays(-5)));
            Do(missed, clocks, TestHost.Start, t => t.Comment(life.Office, "抱歉", isInternal: false, byOffice: true, TestHost.Start));
            return missed;
        });
        await StoreAsync(host, (life, report, clocks) =>
        {
            var old = RepairTicket.Import("BX20261101-0002", report, TicketStatus.Closed, TestHost.Start.AddDays(-20), TestHost.Start.AddDays(-18),
                "log", "1", null, clocks, TestHost.Start, new ImportedFacts { ReporterId = life.Reporter });
            old.Rate(life.Reporter, 5, null, TestHost.Start);
            return old;
        });

        var month = await ReadAsync(host, November);
        Assert.Equal(new FigureValue("repairs.response-in-time", 0, 0, 1), month.Value("repairs.response-in-time"));
        Assert.Equal((0, 0), (Count(month, "response-mean"), Count(month, "response-calendar-p90")));
        // The resident really rated it.
        Assert.Equal(new FigureValue("repairs.satisfaction", 1, 1, 1), month.Value("repairs.satisfaction"));
    }

    [Fact]
    public async Task An_extension_that_was_undone_was_not_asked_for()
    {
        await using var host = await TestHost.OpenAsync();
        await StoreAsync(host, (life, report, clocks) =>
        {
            var at = TestHost.Start.AddDays(-3);
            var ticket = RepairTicket.Submit("BX20261101-0001", report, life.Reporter, null, at);
            Do(ticket, clocks, at, t => t.Assign(life.Office, life.Crew, life.Technician, null, at));
            Do(ticket, clocks, at, t => t.Take(life.Technician, at));
            var before = ticket.Snapshot();
            Do(ticket, clocks, at, t => t.RequestExtension(life.Technician, 60, "等阀芯", at));
            Do(ticket, clocks, at, t => t.Undo(life.Technician, RepairVerb.RequestExtension, before, at));
            return ticket;
        });
        await StoreAsync(host, (life, report, clocks) =>
        {
            var at = TestHost.Start.AddDays(-3);
            var ticket = RepairTicket.Submit("BX20261101-0002", report, life.Reporter, null, at);
            Do(ticket, clocks, at, t => t.Assign(life.Office, life.Crew, life.Technician, null, at));
            Do(ticket, clocks, at, t => t.Take(life.Technician, at));
            Do(ticket, clocks, at, t => t.RequestExtension(life.Technician, 60, "等阀芯", at));
            var before = ticket.Snapshot();
            Do(ticket, clocks, at, t => t.DecideExtension(life.Office, granted: true, null, clocks, at));
            Do(ticket, clocks, at, t => t.Undo(life.Office, RepairVerb.DecideExtension, before, at));
            return ticket;
        });

        var month = await ReadAsync(host, November);
        Assert.Equal((1, 0, 0), (Count(month, "extensions"), Count(month, "extensions-late"), Count(month, "extensions-granted")));
    }

    [Theory]
    [InlineData(Urgency.Normal, Urgency.Emergency, 0)]
    [InlineData(Urgency.Emergency, Urgency.Normal, 1)]
    public async Task A_request_for_more_time_was_late_by_the_limit_of_its_own_day(Urgency first, Urgency then, int late)
    {
        await using var host = await TestHost.OpenAsync();
        await StoreAsync(host, (life, report, clocks) =>
        {
            var submitted = TestHost.Start.AddDays(-30);
            var (asked, after) = (submitted.AddHours(30), TestHost.Start.AddDays(-2));
            var ticket = RepairTicket.Submit("BX20261023-0001", report with { Urgency = first }, life.Reporter, null, submitted);
            Do(ticket, clocks, submitted, t => t.Assign(life.Office, life.Crew, life.Technician, null, submitted));
            Do(ticket, clocks, submitted, t => t.Take(life.Technician, submitted));
            Do(ticket, clocks, asked, t => t.RequestExtension(life.Technician, 60, "等阀芯", asked));
            Do(ticket, clocks, asked, t => t.DecideExtension(life.Office, granted: false, "不批", clocks, asked));
            Do(ticket, clocks, asked, t => t.ChangeUrgency(life.Office, then, asked.AddMinutes(1)));
            Do(ticket, clocks, after, t => t.RequestExtension(life.Technician, 60, "等阀芯", after));
            return ticket;
        });

        var (october, november) = (await ReadAsync(host, November.Previous), await ReadAsync(host, November));
        Assert.Equal((1, late), (Count(october, "extensions"), Count(october, "extensions-late")));
        Assert.Equal((1, 1), (Count(november, "extensions"), Count(november, "extensions-late")));
    }

    [Theory]
    [InlineData(TestUsers.Resident, 1)]
    [InlineData(TestUsers.Technician, 0)]
    [InlineData(TestUsers.Manager, 0)]
    public async Task Ratings_by_staff_of_what_was_taken_by_phone_are_no_satisfaction(string rater, int counted)
    {
        await using var host = await TestHost.OpenAsync();
        await StoreAsync(host, (life, report, clocks) =>
        {
            var at = TestHost.Start.AddDays(-3);
            var ticket = RepairTicket.Submit("BX20261101-0001", report, life.People[rater], life.Office, at);
            Do(ticket, clocks, at, t => t.Assign(life.Office, life.Crew, null, null, at));
            Do(ticket, clocks, at, t => t.Take(life.People["100206"], at));
            Do(ticket, clocks, at, t => t.Start(life.People["100206"], at));
            Do(ticket, clocks, at, t => t.Complete(life.People["100206"], null, byOffice: false, at));
            Do(ticket, clocks, at, t => t.Verify(null, null, byOffice: false, at));
            ticket.Rate(life.People[rater], 5, null, at);
            return ticket;
        });
        var month = await ReadAsync(host, November);
        Assert.Equal((counted, counted), (month.Value("repairs.satisfaction").Base, Count(month, "rated")));
        Assert.Equal(1, Count(month, "closed"));
    }

    private sealed record Lives(long Reporter, long Office, long Technician, long Crew, IReadOnlyDictionary<string, long> People);

    private static void Do(RepairTicket ticket, ServiceClock clocks, DateTimeOffset at, Action<RepairTicket> verb)
    {
        verb(ticket);
        ticket.RecalculateDeadlines(clocks, at);
    }

    private static async Task StoreAsync(TestHost host, Func<Lives, Report, ServiceClock, RepairTicket> live)
    {
        var clocks = await host.ClocksAsync();
        await host.InDatabaseAsync(async db =>
        {
            var people = await db.Users.ToDictionaryAsync(p => p.UserName!, Ct);
            var room = await db.Rooms.Include(r => r.Building).FirstAsync(r => r.Code == "512", Ct);
            var category = await db.Categories.FirstAsync(c => c.Code == "water-tap", Ct);
            var lives = new Lives(people[TestUsers.Resident].Id, people[TestUsers.Dispatcher].Id, people[TestUsers.Technician].Id,
                people[TestUsers.Technician].CrewId!.Value, people.ToDictionary(p => p.Key, p => p.Value.Id));
            db.Add(live(lives, new Report(room, category.Id, Urgency.Normal, "水龙头漏水", null), clocks));
            return await db.SaveChangesAsync(Ct);
        });
    }

    private static async Task<SectionSnapshot> ReadAsync(TestHost host, ReportPeriod period)
    {
        var section = host.AsSystem().Get<IEnumerable<IReportSection>>().Single(s => s.Code == "repairs");
        return new SectionSnapshot(SectionLayout.Of(section), await section.ReadAsync(period, null, Ct));
    }

    private static int Count(SectionSnapshot month, string figure) => month.Value($"repairs.{figure}").Counted;
}

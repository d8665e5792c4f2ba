using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

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
}

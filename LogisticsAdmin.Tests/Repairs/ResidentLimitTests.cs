using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>How much a resident may report, reply and nudge within a day.</summary>
public sealed class ResidentLimitTests
{
    private const int Limit = 2;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reports_at_the_same_time_do_not_exceed_the_limit_and_the_next_day_there_is_room()
    {
        await using var host = await OpenAsync();
        var desks = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => host.AsAsync(TestUsers.Resident)));

        var problems = await Task.WhenAll(desks.Select(d => Record.ExceptionAsync(() => ReportAsync(host, d)).AsTask()));

        Assert.Equal(Limit, problems.Count(p => p is null));
        Assert.All(problems.OfType<Rejected>(), p => Assert.Equal(("TooManyReports", Limit), (p.Code, p.Args.Single())));
        Assert.Equal(Limit, await host.InDatabaseAsync(db => db.RepairTickets.CountAsync(Ct)));
        host.Clock.Advance(TimeSpan.FromDays(1));
        await ReportAsync(host, desks[0]);
    }

    [Fact]
    public async Task A_report_sent_again_is_answered_at_the_limit_and_the_office_reports_on_behalf_beyond_it()
    {
        await using var host = await OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        await ReportAsync(host, resident);
        var key = Guid.NewGuid();
        var number = await ReportAsync(host, resident, f => f.Key = key);

        Assert.Equal(number, await ReportAsync(host, resident, f => f.Key = key));
        await Assert.ThrowsAsync<Rejected>(() => ReportAsync(host, resident));
        for (var i = 0; i <= Limit; i++) await ReportAsync(host, office, f => f.ForPersonId = resident.PersonId);
        for (var i = 0; i <= Limit; i++) await ReportAsync(host, office);
    }

    [Fact]
    public async Task What_the_office_reports_for_a_resident_leaves_the_residents_own_limit()
    {
        await using var host = await OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        for (var i = 0; i < Limit; i++) await ReportAsync(host, office, f => f.ForPersonId = resident.PersonId);
        await ReportAsync(host, resident);
    }

    [Fact]
    public async Task Replies_are_limited_over_all_tickets_and_those_of_staff_are_not()
    {
        await using var host = await OpenAsync();
        var (resident, technician) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Technician));
        var tickets = new[] { await host.TicketAsync(TicketStatus.Taken), await host.TicketAsync(TicketStatus.Taken) };
        foreach (var ticket in tickets) await CommentAsync(resident, ticket.Id);

        var refused = await Assert.ThrowsAsync<Rejected>(() => CommentAsync(resident, tickets[0].Id));
        for (var i = 0; i <= Limit; i++) await CommentAsync(technician, tickets[0].Id);

        Assert.Equal("TooManyReplies", refused.Code);
        host.Clock.Advance(TimeSpan.FromDays(1));
        await CommentAsync(resident, tickets[0].Id);
    }

    [Fact]
    public async Task Nudges_are_limited_over_all_tickets()
    {
        await using var host = await TestHost.OpenAsync(s => s.Configure<LimitOptions>(o => o.NudgesPerDay = Limit));
        var resident = await host.AsAsync(TestUsers.Resident);
        for (var i = 0; i < Limit; i++) await resident.Repairs.NudgeAsync((await host.TicketAsync(TicketStatus.Taken)).Id, new NoteForm(), Ct);
        var another = await host.TicketAsync(TicketStatus.Taken);
        var refused = await Assert.ThrowsAsync<Rejected>(() => resident.Repairs.NudgeAsync(another.Id, new NoteForm(), Ct));
        Assert.Equal("TooManyNudges", refused.Code);
    }

    [Fact]
    public async Task The_form_says_that_the_limit_is_reached_and_keeps_what_was_typed()
    {
        await using var app = await TestApp.StartAsync(change: Limited);
        var student = await app.SignInAsync(TestUsers.Resident);
        for (var i = 0; i < Limit; i++) await app.ReportAsync(student);

        using var answer = await student.ReportAsync(
            [("tap.jpg", Phone.Jpeg())], ("Input.CategoryId", await app.CategoryAsync()), ("Input.Description", "第三个龙头也坏了"));
        var page = await answer.PageAsync();

        Assert.Equal("24 小时内最多报修 2 次，请稍后再报；情况紧急请直接致电。", page.QuerySelector("form .problem")!.TextContent);
        Assert.Equal("第三个龙头也坏了", page.Typed("Description"));
        Assert.Single(page.QuerySelectorAll("[name='Input.Photos']"));
    }

    private static Task<TestHost> OpenAsync() => TestHost.OpenAsync(Limited);

    private static void Limited(IServiceCollection services) =>
        services.Configure<LimitOptions>(o => (o.ReportsPerDay, o.RepliesPerDay, o.NudgesPerDay) = (Limit, Limit, Limit));

    private static async Task<string> ReportAsync(TestHost host, Desk desk, Action<ReportForm>? change = null)
    {
        var form = await host.FormAsync();
        change?.Invoke(form);
        return await desk.Intake.SubmitAsync(form, Ct);
    }

    private static Task CommentAsync(Desk desk, long ticket) => desk.Repairs.CommentAsync(ticket, new CommentForm { Text = "还是漏" }, Ct);
}

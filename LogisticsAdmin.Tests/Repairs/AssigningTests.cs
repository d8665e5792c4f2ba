using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

public sealed class AssigningTests
{
    [Fact]
    public async Task Two_dispatchers_who_assign_at_once_get_one_winner_and_the_other_hears_who_it_was()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var form = await host.AssignmentAsync(ticket.Number);
        var (first, second) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.EnglishDispatcher));

        await first.Repairs.AssignAsync(ticket.Id, form, TestContext.Current.CancellationToken);
        var stale = await Assert.ThrowsAsync<Stale>(() => second.Repairs.AssignAsync(ticket.Id, form, TestContext.Current.CancellationToken));

        var winner = await host.InDatabaseAsync(db => Task.FromResult(db.Users.Single(p => p.Id == first.PersonId).FullName));
        Assert.Equal(winner, stale.By);
        Assert.Contains("孙强", stale.CurrentState, StringComparison.Ordinal);

        form.Override = true;
        await second.Repairs.AssignAsync(ticket.Id, form, TestContext.Current.CancellationToken);
        Assert.Equal(TicketStatus.Assigned, (await host.RowAsync(ticket.Number)).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_technician_who_comments_never_makes_a_dispatcher_s_assignment_stale(bool isInternal)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Assigned);
        var form = await host.AssignmentAsync(ticket.Number, "100202");
        var comment = new CommentForm { Text = "今天下午排满了", Internal = isInternal };
        await (await host.AsAsync(TestUsers.Technician)).Repairs.CommentAsync(ticket.Id, comment, TestContext.Current.CancellationToken);

        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.AssignAsync(ticket.Id, form, TestContext.Current.CancellationToken);

        Assert.Equal("马德福", (await host.RowAsync(ticket.Number)).Technician);
    }

    [Fact]
    public async Task A_ticket_goes_from_report_to_rating_and_remembers_every_step()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Closed);
        var resident = await host.AsAsync(TestUsers.Resident);
        await resident.Repairs.RateAsync(ticket.Id, new RateForm { Stars = 5, Words = "师傅很快" }, TestContext.Current.CancellationToken);

        var sheet = await resident.Tickets.DetailAsync(ticket.Number, TestContext.Current.CancellationToken);

        Assert.Equal("BX20261122-0001", sheet.Row.Number);
        Assert.Equal(
            [RepairVerb.Submit, RepairVerb.Assign, RepairVerb.Take, RepairVerb.Start, RepairVerb.Complete, RepairVerb.Verify, RepairVerb.Rate],
            sheet.Timeline.Select(e => e.Verb));
        Assert.Equal(5, sheet.Row.Stars);
    }
}

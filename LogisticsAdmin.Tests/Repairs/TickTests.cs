using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>What the system does by itself as time passes.</summary>
public sealed class TickTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ticket_becomes_overdue_once_even_after_a_restart()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Assigned);
        host.Clock.SetUtcNow(ticket.DueAt.AddTicks(-1));
        await TickAsync(host);
        Assert.False((await host.RowAsync(ticket.Number)).IsOverdue);

        host.Clock.SetUtcNow(ticket.DueAt);
        await TickAsync(host);
        Assert.True((await host.RowAsync(ticket.Number)).IsOverdue);

        // A tick keeps nothing in memory: each uses a scope of its own, as after a restart.
        host.Clock.Advance(TimeSpan.FromDays(1));
        await TickAsync(host);
        await TickAsync(host);
        Assert.Equal(1, await EventsAsync(host, ticket.Id, RepairVerb.BecomeOverdue));

        var office = (await host.AsAsync(TestUsers.Dispatcher)).PersonId;
        var lines = await host.InDatabaseAsync(db =>
            db.Inbox.Where(i => i.Kind == (int)RepairNotification.BecameOverdue).Select(i => i.PersonId).ToListAsync(Ct));
        Assert.Equal(new[] { office, ticket.TechnicianId!.Value }.Order(), lines.Order());
    }

    [Fact]
    public async Task Completed_work_verifies_itself_after_seven_days()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Completed);
        host.Clock.SetUtcNow(ticket.CompletedAt!.Value.AddDays(7).AddTicks(-1));
        await TickAsync(host);
        Assert.Equal(TicketStatus.Completed, (await host.RowAsync(ticket.Number)).Status);

        host.Clock.Advance(TimeSpan.FromTicks(1));
        await TickAsync(host);
        await TickAsync(host);

        Assert.Equal(TicketStatus.Closed, (await host.RowAsync(ticket.Number)).Status);
        var sheet = await (await host.AsAsync(TestUsers.Resident)).Tickets.DetailAsync(ticket.Number, Ct);
        Assert.Null(Assert.Single(sheet.Timeline, e => e.Verb == RepairVerb.Verify).ActorId);
    }

    [Fact]
    public async Task Many_are_done_in_one_tick()
    {
        await using var host = await TestHost.OpenAsync();
        var (form, clocks) = (await host.FormAsync(), await host.ClocksAsync());
        await host.InDatabaseAsync(async db =>
        {
            var room = await db.Set<Features.Places.Room>().Include(r => r.Building).FirstAsync(r => r.Id == form.RoomId, Ct);
            for (var n = 1; n <= 450; n++)
            {
                var report = new Report(room, form.CategoryId!.Value, Urgency.Normal, "漏水", null);
                var ticket = RepairTicket.Submit($"T-{n}", report, null, null, TestHost.Start.AddMinutes(n));
                ticket.RecalculateDeadlines(clocks, TestHost.Start);
                db.RepairTickets.Add(ticket);
            }
            return await db.SaveChangesAsync(Ct);
        });
        host.Clock.Advance(TimeSpan.FromDays(10));
        await TickAsync(host);
        Assert.Equal(450, await host.InDatabaseAsync(db => db.RepairTickets.CountAsync(t => t.IsOverdue, Ct)));
    }

    [Fact]
    public async Task A_ticket_whose_limit_was_moved_becomes_overdue_again()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Triaged);
        host.Clock.SetUtcNow(ticket.DueAt);
        await TickAsync(host);
        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.ChangeUrgencyAsync(ticket.Id, Urgency.Major, Ct);
        var moved = await host.RowAsync(ticket.Number);
        Assert.False(moved.IsOverdue);
        Assert.True(moved.DueAt > ticket.DueAt);

        host.Clock.SetUtcNow(moved.DueAt);
        await TickAsync(host);
        Assert.Equal(2, await EventsAsync(host, ticket.Id, RepairVerb.BecomeOverdue));
    }

    private static Task TickAsync(TestHost host) => host.AsSystem().Get<RepairClock>().TickAsync(Ct);

    private static Task<int> EventsAsync(TestHost host, long ticket, RepairVerb verb) =>
        host.InDatabaseAsync(db => db.RepairEvents.CountAsync(e => e.TicketId == ticket && e.Verb == verb, Ct));
}

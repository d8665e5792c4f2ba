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
    public async Task A_ticket_becomes_overdue_once_also_for_a_house_that_was_restarted()
    {
        await using var house = await TestHouse.OpenAsync();
        var ticket = await house.TicketAsync(TicketStatus.Assigned);
        house.Clock.SetUtcNow(ticket.DueAt.AddTicks(-1));
        await TickAsync(house);
        Assert.False((await house.RowAsync(ticket.Number)).IsOverdue);

        house.Clock.SetUtcNow(ticket.DueAt);
        await TickAsync(house);
        Assert.True((await house.RowAsync(ticket.Number)).IsOverdue);

        // A tick keeps nothing in memory: each uses a scope of its own, as after a restart.
        house.Clock.Advance(TimeSpan.FromDays(1));
        await TickAsync(house);
        await TickAsync(house);
        Assert.Equal(1, await EventsAsync(house, ticket.Id, RepairVerb.BecomeOverdue));

        var office = (await house.AsAsync(Cast.Dispatcher)).PersonId;
        var lines = await house.InDatabaseAsync(db =>
            db.Inbox.Where(i => i.Kind == (int)RepairNotification.BecameOverdue).Select(i => i.PersonId).ToListAsync(Ct));
        Assert.Equal(new[] { office, ticket.TechnicianId!.Value }.Order(), lines.Order());
    }

    [Fact]
    public async Task Completed_work_verifies_itself_after_seven_days()
    {
        await using var house = await TestHouse.OpenAsync();
        var ticket = await house.TicketAsync(TicketStatus.Completed);
        house.Clock.SetUtcNow(ticket.CompletedAt!.Value.AddDays(7).AddTicks(-1));
        await TickAsync(house);
        Assert.Equal(TicketStatus.Completed, (await house.RowAsync(ticket.Number)).Status);

        house.Clock.Advance(TimeSpan.FromTicks(1));
        await TickAsync(house);
        await TickAsync(house);

        Assert.Equal(TicketStatus.Closed, (await house.RowAsync(ticket.Number)).Status);
        var sheet = await (await house.AsAsync(Cast.Resident)).Tickets.DetailAsync(ticket.Number, Ct);
        Assert.Null(Assert.Single(sheet.Timeline, e => e.Verb == RepairVerb.Verify).ActorId);
    }

    [Fact]
    public async Task Many_are_done_in_one_tick()
    {
        await using var house = await TestHouse.OpenAsync();
        var (form, clocks) = (await house.FormAsync(), await house.ClocksAsync());
        await house.InDatabaseAsync(async db =>
        {
            var room = await db.Set<Features.Places.Room>().Include(r => r.Building).FirstAsync(r => r.Id == form.RoomId, Ct);
            for (var n = 1; n <= 450; n++)
            {
                var report = new Report(room, form.CategoryId!.Value, Urgency.Normal, "漏水", null);
                var ticket = RepairTicket.Submit($"T-{n}", report, null, null, TestHouse.Start.AddMinutes(n));
                ticket.RecalculateDeadlines(clocks, TestHouse.Start);
                db.RepairTickets.Add(ticket);
            }
            return await db.SaveChangesAsync(Ct);
        });
        house.Clock.Advance(TimeSpan.FromDays(10));
        await TickAsync(house);
        Assert.Equal(450, await house.InDatabaseAsync(db => db.RepairTickets.CountAsync(t => t.IsOverdue, Ct)));
    }

    [Fact]
    public async Task A_ticket_whose_limit_was_moved_becomes_overdue_again()
    {
        await using var house = await TestHouse.OpenAsync();
        var ticket = await house.TicketAsync(TicketStatus.Triaged);
        house.Clock.SetUtcNow(ticket.DueAt);
        await TickAsync(house);
        await (await house.AsAsync(Cast.Dispatcher)).Repairs.ChangeUrgencyAsync(ticket.Id, Urgency.Major, Ct);
        var moved = await house.RowAsync(ticket.Number);
        Assert.False(moved.IsOverdue);
        Assert.True(moved.DueAt > ticket.DueAt);

        house.Clock.SetUtcNow(moved.DueAt);
        await TickAsync(house);
        Assert.Equal(2, await EventsAsync(house, ticket.Id, RepairVerb.BecomeOverdue));
    }

    private static Task TickAsync(TestHouse house) => house.AsSystem().Get<RepairClock>().TickAsync(Ct);

    private static Task<int> EventsAsync(TestHouse house, long ticket, RepairVerb verb) =>
        house.InDatabaseAsync(db => db.RepairEvents.CountAsync(e => e.TicketId == ticket && e.Verb == verb, Ct));
}

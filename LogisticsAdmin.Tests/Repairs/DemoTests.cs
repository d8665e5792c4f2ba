using LogisticsAdmin.Features.Repairs;
using LogisticsAdmin.Features.Repairs.Demo;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

public sealed class DemoTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_seed_gives_the_same_tickets_and_another_seed_others()
    {
        var first = await StoryAsync(7);
        Assert.Equal(first, await StoryAsync(7));
        Assert.NotEqual(first, await StoryAsync(8));
    }

    [Fact]
    public async Task Every_history_is_one_the_rules_allow()
    {
        await using var house = await TestHouse.OpenAsync();
        await house.AsSystem().Get<DemoTickets>().GenerateAsync(1500, 12, 7, TestHouse.Start, Ct);

        var tickets = await house.InDatabaseAsync(db => db.RepairTickets.AsNoTracking().Include(t => t.Events.OrderBy(e => e.Id)).ToListAsync(Ct));
        Assert.Equal(1500, tickets.Count);
        foreach (var ticket in tickets)
        {
            var (state, at) = (TicketStatus.New, ticket.SubmittedAt);
            foreach (var e in ticket.Events)
            {
                Assert.Equal((state, true), (e.From, e.At >= at && e.At <= TestHouse.Start));
                Assert.True(Allowed(e), $"{ticket.Number}: {e.From} {e.Verb} {e.To}");
                (state, at) = (e.To, e.At);
            }
            Assert.Equal((state, state.IsEnded()), (ticket.Status, ticket.EndedAt is not null));
            Assert.Equal(RepairVerb.Submit, ticket.Events.First().Verb);
            if (ticket.WatchAt is { } watch) Assert.True(watch > TestHouse.Start, $"{ticket.Number} is due but nobody noted it");
        }
        foreach (var status in new[] { TicketStatus.Completed, TicketStatus.Closed, TicketStatus.Rejected, TicketStatus.Cancelled })
            Assert.Contains(tickets, t => t.Status == status);
        Assert.Contains(tickets, t => t.Status.IsOpen());
        Assert.Contains(tickets, t => t.ReworkOfId is not null);
        Assert.Contains(tickets, t => t.SentBack > 0);

        var ac = await house.InDatabaseAsync(db => db.Categories.Where(c => c.Code == "hvac-ac").Select(c => c.Id).SingleAsync(Ct));
        int Count(params int[] months) => tickets.Count(t => t.CategoryId == ac && months.Contains(t.SubmittedAt.Month));
        Assert.True(Count(6, 7, 8, 9) > 4 * Count(12, 1, 2, 3));
    }

    [Fact]
    public async Task Demo_tickets_are_found_and_continue_the_numbers()
    {
        await using var house = await TestHouse.OpenAsync();
        var before = await house.TicketAsync();
        await house.AsSystem().Get<DemoTickets>().GenerateAsync(300, 1, 7, TestHouse.Start, Ct);

        var numbers = await house.InDatabaseAsync(db => db.RepairTickets.Select(t => t.Number).ToListAsync(Ct));
        Assert.Equal(301, numbers.Distinct().Count());
        var next = await house.TicketAsync();
        Assert.DoesNotContain(next.Number, numbers);
        Assert.NotEmpty(await (await house.AsAsync(Cast.Dispatcher)).Queries.SearchAsync("空调", ct: Ct));
        Assert.Equal(before.Number, (await house.RowAsync(before.Number)).Number);
        Assert.True(await house.InDatabaseAsync(db => db.Set<Features.Inbox.InboxItem>().CountAsync(Ct)) < 60);
    }

    private static async Task<string> StoryAsync(int seed)
    {
        await using var house = await TestHouse.OpenAsync();
        await house.AsSystem().Get<DemoTickets>().GenerateAsync(120, 2, seed, TestHouse.Start, Ct);
        return await house.InDatabaseAsync(async db => string.Join('\n', await db.RepairEvents.OrderBy(e => e.Id)
            .Select(e => $"{e.TicketId} {e.Verb} {e.At.UtcTicks} {e.ActorId} {e.Note}").ToListAsync(Ct)));
    }

    private static bool Allowed(RepairEvent e) => e.Verb switch
    {
        RepairVerb.Submit => (e.From, e.To) == (TicketStatus.New, TicketStatus.New),
        RepairVerb.Triage => (e.From, e.To) == (TicketStatus.New, TicketStatus.Triaged),
        RepairVerb.Reject => e is { From: TicketStatus.New or TicketStatus.Triaged, To: TicketStatus.Rejected, Note: not null },
        RepairVerb.Assign => e is { From: TicketStatus.New or TicketStatus.Triaged or TicketStatus.Assigned or TicketStatus.Rework, To: TicketStatus.Assigned, CrewId: not null },
        RepairVerb.Take => (e.From, e.To) == (TicketStatus.Assigned, TicketStatus.Taken),
        RepairVerb.Decline => e is { From: TicketStatus.Assigned, To: TicketStatus.Triaged, Note: not null },
        RepairVerb.Transfer => e.From.IsOpen() && e.To == TicketStatus.Assigned,
        RepairVerb.Start => e is { From: TicketStatus.Taken or TicketStatus.Rework, To: TicketStatus.InProgress },
        RepairVerb.Hold => e is { From: TicketStatus.Triaged or TicketStatus.Assigned or TicketStatus.Taken or TicketStatus.InProgress, To: TicketStatus.OnHold },
        RepairVerb.Resume => e is { From: TicketStatus.OnHold, To: not TicketStatus.OnHold },
        RepairVerb.Complete => (e.From, e.To) == (TicketStatus.InProgress, TicketStatus.Completed),
        RepairVerb.Verify => (e.From, e.To) == (TicketStatus.Completed, TicketStatus.Closed),
        RepairVerb.SendBack => (e.From, e.To) == (TicketStatus.Completed, TicketStatus.Rework),
        RepairVerb.Cancel => e is { From: TicketStatus.New or TicketStatus.Triaged or TicketStatus.Assigned, To: TicketStatus.Cancelled },
        RepairVerb.Rate => e.From == TicketStatus.Closed && e.To == e.From,
        RepairVerb.Escalate => e.From.IsOpen() && e.To == e.From && e is { Internal: true, ActorId: null },
        RepairVerb.Nudge or RepairVerb.ChangeUrgency or RepairVerb.BecomeOverdue => e.From.IsOpen() && e.To == e.From,
        RepairVerb.Comment => e.To == e.From,
        _ => false,
    };
}

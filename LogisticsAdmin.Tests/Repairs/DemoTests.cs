using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Demo;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
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
        var first = await HistoryTextAsync(7);
        Assert.Equal(first, await HistoryTextAsync(7));
        Assert.NotEqual(first, await HistoryTextAsync(8));
    }

    [Fact]
    public async Task Visits_are_asked_for_only_when_they_are_offered()
    {
        await using var host = await TestHost.OpenAsync();
        await host.InDatabaseAsync(async db =>
        {
            var slots = await db.VisitSlots.Living().OrderBy(s => s.From).ToListAsync(Ct);
            slots[0].OfferOn(SlotDays.Tuesday);
            return await db.SaveChangesAsync(Ct);
        });
        await host.AsSystem().Get<DemoTickets>().GenerateAsync(400, 3, 7, TestHost.Start, Ct);
        var (works, slots, visits) = await host.InDatabaseAsync(async db => (
            await db.ReadWorkingTimeAsync(host.AsSystem().Get<OfficeTime>(), Ct), await db.VisitSlots.ToDictionaryAsync(s => s.Id, Ct),
            await db.RepairTickets.Where(t => t.VisitDay != null).Select(t => new { t.VisitDay, t.VisitSlotId }).ToListAsync(Ct)));
        Assert.True(visits.Count > 50);
        Assert.All(visits, v => Assert.True(works.IsOpenOn(v.VisitDay!.Value) && slots[v.VisitSlotId!.Value].Days.Covers(v.VisitDay.Value)));
    }

    [Fact]
    public async Task Every_history_is_one_the_rules_allow()
    {
        await using var host = await TestHost.OpenAsync();
        await host.AsSystem().Get<DemoTickets>().GenerateAsync(1500, 12, 7, TestHost.Start, Ct);

        var tickets = await host.InDatabaseAsync(db => db.RepairTickets.AsNoTracking().Include(t => t.Events.OrderBy(e => e.Id)).ToListAsync(Ct));
        Assert.Equal(1500, tickets.Count);
        foreach (var ticket in tickets)
        {
            var (state, at) = (TicketStatus.New, ticket.SubmittedAt);
            foreach (var e in ticket.Events)
            {
                Assert.Equal((state, true), (e.From, e.At >= at && e.At <= TestHost.Start));
                Assert.True(Allowed(e), $"{ticket.Number}: {e.From} {e.Verb} {e.To}");
                (state, at) = (e.To, e.At);
            }
            Assert.Equal((state, state.IsEnded()), (ticket.Status, ticket.EndedAt is not null));
            Assert.Equal(RepairVerb.Submit, ticket.Events.First().Verb);
            if (ticket.WatchAt is { } watch) Assert.True(watch > TestHost.Start, $"{ticket.Number} is due but nobody noted it");
        }
        foreach (var status in new[] { TicketStatus.Completed, TicketStatus.Closed, TicketStatus.Rejected, TicketStatus.Cancelled })
            Assert.Contains(tickets, t => t.Status == status);
        Assert.Contains(tickets, t => t.Status.IsOpen());
        Assert.Contains(tickets, t => t.ReworkOfId is not null);
        Assert.Contains(tickets, t => t.SentBack > 0);

        var ac = await host.InDatabaseAsync(db => db.Categories.Where(c => c.Code == "hvac-ac").Select(c => c.Id).SingleAsync(Ct));
        int Count(params int[] months) => tickets.Count(t => t.CategoryId == ac && months.Contains(t.SubmittedAt.Month));
        Assert.True(Count(6, 7, 8, 9) > 4 * Count(12, 1, 2, 3));
    }

    [Fact]
    public async Task A_believable_share_of_finished_jobs_used_time_and_fitting_parts_while_they_were_worked_on()
    {
        await using var host = await TestHost.OpenAsync();
        await host.AsSystem().Get<DemoTickets>().GenerateAsync(1500, 12, 7, TestHost.Start, Ct);

        var uses = await host.InDatabaseAsync(db => db.RepairUses.AsNoTracking().ToListAsync(Ct));
        var tickets = await host.InDatabaseAsync(db => db.RepairTickets.AsNoTracking().Include(t => t.Events.OrderBy(e => e.Id))
            .ToDictionaryAsync(t => t.Id, Ct));
        var (finished, cost) = (
            tickets.Values.Count(t => t.CompletedAt is not null),
            uses.GroupBy(u => u.TicketId).Select(g => g.Sum(u => u.Amount.Yuan)).ToList());
        Assert.InRange(cost.Count / (double)finished, 0.7, 0.95);
        Assert.InRange(uses.Where(u => u.PartId is not null).Select(u => u.TicketId).Distinct().Count() / (double)finished, 0.3, 0.65);
        Assert.InRange(cost.Average(), 30m, 200m);
        var prices = await host.InDatabaseAsync(db => db.PartPrices.ToDictionaryAsync(p => p.PartId, p => p.Price, Ct));
        foreach (var use in uses)
        {
            var ticket = tickets[use.TicketId];
            Assert.Contains(ticket.Events, e => e.Verb == RepairVerb.Start && e.At <= use.At);
            Assert.Contains(ticket.Events, e => e.Verb == RepairVerb.Complete && e.At >= use.At);
            Assert.Equal(ticket.TechnicianId, use.PersonId);
            if (use.PartId is { } part) Assert.Equal(prices[part], use.UnitPrice);
        }
        var taps = await host.InDatabaseAsync(db => (
            from u in db.RepairUses
            join t in db.RepairTickets on u.TicketId equals t.Id
            join c in db.Categories on t.CategoryId equals c.Id
            join p in db.Parts on u.PartId equals p.Id
            where c.Code == "water-tap"
            select p.Code).Distinct().ToListAsync(Ct));
        Assert.NotEmpty(taps);
        Assert.Empty(taps.Except(["SL-001", "SL-002", "SL-003", "SL-009"]));
        await foreach (var (subject, problems) in host.AsSystem().Get<StorageInspection>().InspectAsync(Ct)) Assert.True(problems.Count == 0, subject);
    }

    [Fact]
    public async Task Some_ask_for_time_before_the_limit_and_a_few_after_it_and_most_get_it()
    {
        await using var host = await TestHost.OpenAsync();
        await host.AsSystem().Get<DemoTickets>().GenerateAsync(3000, 12, 7, TestHost.Start, Ct);

        var tickets = await host.InDatabaseAsync(db => db.RepairTickets.AsNoTracking().Include(t => t.Events.OrderBy(e => e.Id))
            .Where(t => t.Events.Any(e => e.Verb == RepairVerb.RequestExtension)).ToListAsync(Ct));
        var decided = tickets.SelectMany(t => t.Events).Where(e => e.Verb == RepairVerb.DecideExtension).ToList();
        Assert.InRange(tickets.Count, 30, 300);
        Assert.InRange(tickets.Count(t => t.AskedLate), 3, tickets.Count / 2);
        Assert.Contains(tickets, t => t.ExtraMinutes > 0);
        Assert.Contains(tickets, t => t.PromisedAt is not null);
        Assert.InRange(decided.Count(e => e.Code == nameof(Decision.Granted)) / (double)decided.Count, 0.55, 0.9);
        Assert.All(decided.Where(e => e.Code == nameof(Decision.Declined)), e => Assert.NotNull(e.Note));
        var managers = await host.InDatabaseAsync(db =>
            db.Users.Where(p => p.UserName == TestUsers.Manager || p.UserName == "100012").Select(p => p.Id).ToListAsync(Ct));
        Assert.Empty(decided.Select(e => e.ActorId!.Value).Except(managers));
    }

    [Fact]
    public async Task Demo_tickets_are_found_and_continue_the_numbers()
    {
        await using var host = await TestHost.OpenAsync();
        var before = await host.TicketAsync();
        await host.AsSystem().Get<DemoTickets>().GenerateAsync(300, 1, 7, TestHost.Start, Ct);

        var numbers = await host.InDatabaseAsync(db => db.RepairTickets.Select(t => t.Number).ToListAsync(Ct));
        Assert.Equal(301, numbers.Distinct().Count());
        var next = await host.TicketAsync();
        Assert.DoesNotContain(next.Number, numbers);
        Assert.NotEmpty(await (await host.AsAsync(TestUsers.Dispatcher)).Tickets.SearchAsync("空调", ct: Ct));
        Assert.Equal(before.Number, (await host.RowAsync(before.Number)).Number);
        Assert.True(await host.InDatabaseAsync(db => db.Set<Features.Inbox.InboxItem>().CountAsync(Ct)) < 60);
    }

    private static async Task<string> HistoryTextAsync(int seed)
    {
        await using var host = await TestHost.OpenAsync();
        await host.AsSystem().Get<DemoTickets>().GenerateAsync(120, 2, seed, TestHost.Start, Ct);
        return await host.InDatabaseAsync(async db => string.Join('\n',
        [
            .. await db.RepairEvents.OrderBy(e => e.Id).Select(e => $"{e.TicketId} {e.Verb} {e.At.UtcTicks} {e.ActorId} {e.Note}").ToListAsync(Ct),
            .. await db.RepairUses.OrderBy(u => u.Id)
                .Select(u => $"{u.TicketId} {u.PartId} {u.Quantity} {u.Minutes} {u.At.UtcTicks} {u.PersonId}").ToListAsync(Ct),
        ]));
    }

    private static bool Allowed(RepairEvent e) => e.Verb switch
    {
        RepairVerb.Submit => (e.From, e.To) == (TicketStatus.New, TicketStatus.New),
        RepairVerb.Triage => (e.From, e.To) == (TicketStatus.New, TicketStatus.Triaged),
        RepairVerb.Reject => e is { From: TicketStatus.New or TicketStatus.Triaged, To: TicketStatus.Rejected, Note: not null },
        RepairVerb.Assign =>
            e is { From: TicketStatus.New or TicketStatus.Triaged or TicketStatus.Assigned or TicketStatus.Rework, To: TicketStatus.Assigned }
            && e.CrewId is not null,
        RepairVerb.Take => (e.From, e.To) == (TicketStatus.Assigned, TicketStatus.Taken),
        RepairVerb.Decline => e is { From: TicketStatus.Assigned, To: TicketStatus.Triaged, Note: not null },
        RepairVerb.Transfer => e.From.IsOpen() && e.To == TicketStatus.Assigned,
        RepairVerb.Start => e is { From: TicketStatus.Taken or TicketStatus.Rework, To: TicketStatus.InProgress },
        RepairVerb.Hold =>
            e is { From: TicketStatus.Triaged or TicketStatus.Assigned or TicketStatus.Taken or TicketStatus.InProgress, To: TicketStatus.OnHold },
        RepairVerb.Resume => e is { From: TicketStatus.OnHold, To: not TicketStatus.OnHold },
        RepairVerb.Complete => (e.From, e.To) == (TicketStatus.InProgress, TicketStatus.Completed),
        RepairVerb.Verify => (e.From, e.To) == (TicketStatus.Completed, TicketStatus.Closed),
        RepairVerb.SendBack => (e.From, e.To) == (TicketStatus.Completed, TicketStatus.Rework),
        RepairVerb.Cancel => e is { From: TicketStatus.New or TicketStatus.Triaged or TicketStatus.Assigned, To: TicketStatus.Cancelled },
        RepairVerb.Rate => e.From == TicketStatus.Closed && e.To == e.From,
        RepairVerb.Escalate => e.From.IsOpen() && e.To == e.From && e is { Internal: true, ActorId: null },
        RepairVerb.Nudge or RepairVerb.ChangeUrgency or RepairVerb.BecomeOverdue => e.From.IsOpen() && e.To == e.From,
        RepairVerb.RequestExtension => e is { From: TicketStatus.Taken or TicketStatus.InProgress or TicketStatus.OnHold, Note: not null } && e.To == e.From,
        RepairVerb.DecideExtension => e is { From: TicketStatus.Taken or TicketStatus.InProgress or TicketStatus.OnHold } && e.To == e.From,
        RepairVerb.Comment => e.To == e.From,
        _ => false,
    };
}

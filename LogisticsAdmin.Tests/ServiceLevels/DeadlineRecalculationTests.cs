using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace LogisticsAdmin.Tests.ServiceLevels;

/// <summary>Deadlines of open tickets are recalculated when the calendar or the levels change; nothing else is touched, and nothing is lost.</summary>
public sealed class DeadlineRecalculationTests
{
    private static readonly DateOnly Monday = new(2026, 11, 23);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_of_the_calendar_moves_open_tickets_and_leaves_those_that_ended_or_are_completed()
    {
        await using var host = await TestHost.OpenAsync();
        var open = new[] { await host.TicketAsync(), await host.TicketAsync(TicketStatus.InProgress) };
        var done = new[]
        {
            await host.TicketAsync(TicketStatus.Completed), await host.TicketAsync(TicketStatus.Closed), await host.TicketAsync(TicketStatus.Cancelled),
        };
        Assert.Equal(0, await RecalculateAsync(host));

        await CloseAsync(host, Monday);
        Assert.Equal(2, await RecalculateAsync(host));

        foreach (var ticket in open)
        {
            var now = await host.RowAsync(ticket.Number);
            Assert.Equal((ticket.DueAt.AddDays(1), ticket.Version + 1), (now.DueAt, now.Version));
        }
        foreach (var ticket in done) Assert.Equal(ticket, await host.RowAsync(ticket.Number));
        Assert.Equal(0, await RecalculateAsync(host));
    }

    [Fact]
    public async Task A_change_of_a_level_moves_nothing_that_was_submitted_before()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var levels = (await host.AsAsync(TestUsers.Manager)).Get<ServiceLevelService>();
        var inForce = (await levels.ReadAsync(Ct)).Single(l => l.Urgency == Urgency.Normal);
        await levels.SetAsync(
            new LevelForm { Urgency = Urgency.Normal, ResponseHours = 1, CompletionHours = 2, ExpectedLevelId = inForce.Id, Why = "试行" }, Ct);
        Assert.Equal(0, await RecalculateAsync(host));
    }

    [Fact]
    public async Task Many_are_done_in_batches_and_each_batch_is_announced_once()
    {
        await using var host = await TestHost.OpenAsync();
        await ManyAsync(host, 2_100);
        await CloseAsync(host, Monday);
        using var reader = host.Services.GetRequiredService<IChangeFeed>().Subscribe(null, c => c is ManyChanged or KeyChanged { Topic: "mark" });
        // What was written before is delivered in order, but maybe later than the subscription.
        await UntilMarkAsync(host, reader);

        Assert.Equal(2_100, await RecalculateAsync(host));

        var seen = await UntilMarkAsync(host, reader);
        Assert.Equal(2, seen.OfType<ManyChanged>().Count(m => m.Row == typeof(RepairRow)));
    }

    [Fact]
    public async Task Deadlines_are_recalculated_by_themselves_when_the_calendar_was_changed()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        using var reader = host.Services.GetRequiredService<IChangeFeed>().Subscribe(null, c => c is ManyChanged);
        var service = host.Services.GetServices<IHostedService>().OfType<RecalculationOnChange>().Single();
        await service.StartAsync(Ct);

        await CloseAsync(host, Monday);
        await reader.NextAsync(Ct);
        await service.StopAsync(Ct);

        Assert.Equal(ticket.DueAt.AddDays(1), (await host.RowAsync(ticket.Number)).DueAt);
        Assert.Equal(ticket.DueAt.AddDays(1), (await host.TicketAsync()).DueAt);
    }

    [Fact]
    public async Task A_row_that_was_changed_since_it_was_read_is_never_written_over()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var read = await host.InDatabaseAsync(db => db.RepairTickets.AsNoTracking().SingleAsync(t => t.Id == ticket.Id, Ct));
        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.TriageAsync(ticket.Id, Ct);
        var after = await host.RowAsync(ticket.Number);

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => host.InDatabaseAsync(db => db.WriteAsync(token =>
        {
            using var bulk = new BulkWriter(db);
            bulk.Update([read], [nameof(RepairTicket.DueAt)], token);
            return Task.FromResult(true);
        }, Ct)));
        Assert.Equal(after, await host.RowAsync(ticket.Number));
    }

    [Fact]
    public async Task Verbs_that_race_with_the_recalculation_are_all_kept_and_every_limit_is_right_afterwards()
    {
        await using var host = await TestHost.OpenAsync();
        var numbers = await ManyAsync(host, 120);
        var ids = await host.InDatabaseAsync(db => db.RepairTickets.OrderBy(t => t.Id).Select(t => t.Id).ToListAsync(Ct));
        var office = await host.AsAsync(TestUsers.Dispatcher);

        var verbs = Task.Run(async () =>
        {
            foreach (var id in ids)
            {
                await office.Repairs.TriageAsync(id, Ct);
                await office.Repairs.ChangeUrgencyAsync(id, Urgency.Urgent, Ct);
            }
        }, Ct);
        var rounds = 0;
        do
        {
            await CloseAsync(host, Monday.AddDays(rounds++));
            await RecalculateAsync(host);
        }
        while (!verbs.IsCompleted && rounds < 60);
        await verbs;
        await RecalculateAsync(host);

        var clocks = await host.ClocksAsync();
        var tickets = await host.InDatabaseAsync(db => db.RepairTickets.AsNoTracking().ToListAsync(Ct));
        Assert.Equal(numbers, tickets.Count(t => t is { Status: TicketStatus.Triaged, Urgency: Urgency.Urgent }));
        Assert.Equal(numbers * 3, await host.InDatabaseAsync(db => db.RepairEvents.CountAsync(Ct)));
        foreach (var ticket in tickets)
        {
            var stored = (ticket.DueAt, ticket.ResponseDueAt, ticket.WatchAt);
            ticket.RecalculateDeadlines(clocks, host.Clock.GetUtcNow());
            Assert.Equal(stored, (ticket.DueAt, ticket.ResponseDueAt, ticket.WatchAt));
        }
        Assert.True(rounds > 1, "Nothing raced.");
    }

    private static Task<int> RecalculateAsync(TestHost host) => host.AsSystem().Get<DeadlineRecalculation>().RunAsync(Ct);

    private static Task<bool> CloseAsync(TestHost host, DateOnly day) => host.InDatabaseAsync(db => db.WriteAsync(_ =>
    {
        db.CalendarSpans.Add(new CalendarSpan(day, day, SpanKind.Holiday, "停课", "Closed"));
        return Task.FromResult(Announce(db, CalendarService.Topic));
    }, Ct));

    /// <summary>Everything that was announced up to now.</summary>
    private static async Task<List<Change>> UntilMarkAsync(TestHost host, Subscription reader)
    {
        await host.InDatabaseAsync(db => db.WriteAsync(_ => Task.FromResult(Announce(db, "mark")), Ct));
        List<Change> seen = [];
        while (!seen.OfType<KeyChanged>().Any()) seen.AddRange((await reader.NextAsync(Ct))!.Changes);
        return seen;
    }

    private static bool Announce(LogisticsDb db, string topic)
    {
        db.Announce(new KeyChanged(topic, 0));
        return true;
    }

    /// <summary>New tickets of this Sunday, written in bulk.</summary>
    private static async Task<int> ManyAsync(TestHost host, int count)
    {
        var clocks = await host.ClocksAsync();
        return await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var category = await db.Categories.Where(c => c.Code == "water-tap").Select(c => c.Id).SingleAsync(token);
            var room = await db.Set<Room>().AsNoTracking().Include(r => r.Building).FirstAsync(token);
            var tickets = Enumerable.Range(1, count).Select(n =>
            {
                var ticket = RepairTicket.Submit($"T-{n}", new Report(room, category, Urgency.Normal, "漏水", null), null, null, TestHost.Start);
                ticket.RecalculateDeadlines(clocks, TestHost.Start);
                return ticket;
            }).ToList();
            using var bulk = new BulkWriter(db);
            bulk.Add(tickets, token);
            return count;
        }, Ct));
    }
}

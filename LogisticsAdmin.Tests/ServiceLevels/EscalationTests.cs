using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.ServiceLevels;

/// <summary>
/// Who is notified before and after a limit, by the steps of seeds/reference.json. Response: the owner at the limit, the manager an hour
/// after. Completion: the owner an hour before, the crew lead half an hour after, the manager four hours after.
/// </summary>
public sealed class EscalationTests
{
    /// <summary>马德福, who leads the crew of 孙强 in these tests.</summary>
    private const string Lead = "100202";

    private static readonly string[] Dispatchers = ["100102", "100103", "100104", TestUsers.Dispatcher, TestUsers.EnglishDispatcher];
    private static readonly string[] Managers = ["100012", TestUsers.Manager];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_and_after_the_limit_owner_lead_and_manager_are_told_once_each_in_order_and_in_working_time()
    {
        await using var host = await OpenHostAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        Assert.Equal(At(25, 17, 30), ticket.DueAt);

        await WalkAsync(host, At(25, 15, 0), At(30, 17, 30));

        Assert.Equal(
        [
            $"25 16:30 DueSoon: {TestUsers.Dispatcher} {TestUsers.Technician}",
            $"26 08:30 Escalated: {Lead}",
            $"26 14:00 Escalated: {string.Join(' ', Managers)}",
        ], await SentNotificationsAsync(host));
        Assert.Equal(["Completion.Owner", "Completion.CrewLead", "Completion.Manager"], await StepsAsync(host, ticket.Id));
    }

    [Fact]
    public async Task A_report_that_nobody_answers_is_every_dispatcher_s_and_then_the_managers()
    {
        await using var host = await OpenHostAsync();
        var ticket = await host.TicketAsync();
        Assert.Equal(At(23, 12, 0), await host.InDatabaseAsync(db => db.RepairTickets.Select(t => t.ResponseDueAt).SingleAsync(Ct)));

        await WalkAsync(host, TestHost.Start, At(24, 12, 0));

        Assert.Equal([$"23 14:00 Escalated: {string.Join(' ', Dispatchers)}", $"23 15:00 Escalated: {string.Join(' ', Managers)}"],
            await SentNotificationsAsync(host));
        Assert.Equal(["Response.Owner", "Response.Manager"], await StepsAsync(host, ticket.Id));
    }

    [Fact]
    public async Task An_emergency_notifies_on_a_Sunday_and_at_night()
    {
        await using var host = await OpenHostAsync();
        await (await host.AsAsync(TestUsers.Resident)).Intake.SubmitAsync(await host.FormAsync("water-burst"), Ct);

        await WalkAsync(host, TestHost.Start, At(23, 20, 0));

        Assert.Equal(
        [
            $"22 14:20 Escalated: {string.Join(' ', Dispatchers)}",
            $"22 15:20 Escalated: {string.Join(' ', Managers)}",
            $"23 13:00 DueSoon: {string.Join(' ', Dispatchers)}",
            $"23 14:30 Escalated: {Lead}",
            $"23 18:00 Escalated: {string.Join(' ', Managers)}",
        ], await SentNotificationsAsync(host));
    }

    [Fact]
    public async Task Workers_that_tick_at_the_same_time_notify_nobody_twice()
    {
        await using var host = await OpenHostAsync();
        var tickets = new List<RepairRow>();
        for (var n = 0; n < 5; n++) tickets.Add(await host.TicketAsync(TicketStatus.InProgress));
        var workers = Enumerable.Range(0, 4).Select(_ => host.AsSystem().Get<RepairClock>()).ToList();

        foreach (var at in Moments(At(25, 16, 0), At(26, 15, 0)))
        {
            host.Clock.SetUtcNow(at);
            await Task.WhenAll(workers.Select(worker => Task.Run(() => worker.TickAsync(Ct), Ct)));
        }

        foreach (var ticket in tickets)
            Assert.Equal(["Completion.Owner", "Completion.CrewLead", "Completion.Manager"], await StepsAsync(host, ticket.Id));
        Assert.All(await LinesAsync(host), of => Assert.Equal(tickets.Count, of.Value));
    }

    [Fact]
    public async Task An_app_that_is_restarted_continues_where_it_stopped()
    {
        var directory = await TestHost.NewStorageAsync();
        long ticket;
        await using (var first = await TestHost.StartAsync(directory))
        {
            await LeadAsync(first);
            ticket = (await first.TicketAsync(TicketStatus.InProgress)).Id;
        }
        foreach (var moment in Moments(At(25, 16, 20), At(26, 14, 10)).Where((_, n) => n % 20 == 1).Append(At(26, 14, 0)))
        {
            await using var host = await TestHost.StartAsync(directory);
            host.Clock.SetUtcNow(moment);
            await TickAsync(host);
            await TickAsync(host);
        }
        await using (var last = await TestHost.StartAsync(directory))
        {
            Assert.Equal(["Completion.Owner", "Completion.CrewLead", "Completion.Manager"], await StepsAsync(last, ticket));
            Assert.All(await LinesAsync(last), of => Assert.Equal(1, of.Value));
        }
        TestHost.DropStorage(directory);
    }

    [Fact]
    public async Task While_a_ticket_is_held_nobody_is_told_and_its_steps_come_with_the_moved_limit()
    {
        await using var host = await OpenHostAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        var technician = await host.AsAsync(TestUsers.Technician);
        host.Clock.SetUtcNow(At(25, 16, 0));
        await technician.Repairs.HoldAsync(ticket.Id, new HoldForm { Reason = HoldReason.Parts }, Ct);
        await WalkAsync(host, At(25, 16, 0), At(27, 8, 0));
        Assert.Empty(await SentNotificationsAsync(host));

        await technician.Repairs.ResumeAsync(ticket.Id, new NoteForm(), Ct);
        await WalkAsync(host, At(27, 8, 0), At(27, 17, 30));
        Assert.Equal(
        [
            $"27 08:30 DueSoon: {TestUsers.Dispatcher} {TestUsers.Technician}",
            $"27 10:00 Escalated: {Lead}",
            $"27 15:30 Escalated: {string.Join(' ', Managers)}",
        ], await SentNotificationsAsync(host));
    }

    [Fact]
    public async Task Time_that_is_granted_begins_a_new_round()
    {
        await using var host = await OpenHostAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        await WalkAsync(host, At(25, 16, 0), At(25, 16, 40));
        host.Clock.SetUtcNow(At(25, 16, 45));
        var technician = await host.AsAsync(TestUsers.Technician);
        await technician.Repairs.RequestExtensionAsync(ticket.Id, new ExtensionForm { Hours = 7.5m, Why = "等阀芯" }, ct: Ct);
        await (await host.AsAsync(TestUsers.Manager)).Repairs.DecideExtensionAsync(ticket.Id, granted: true, new NoteForm(), Ct);

        await WalkAsync(host, At(25, 16, 50), At(27, 17, 30));

        Assert.Equal(
        [
            $"25 16:30 DueSoon: {TestUsers.Dispatcher} {TestUsers.Technician}",
            $"26 16:30 DueSoon: {TestUsers.Dispatcher} {TestUsers.Technician}",
            $"27 08:30 Escalated: {Lead}",
            $"27 14:00 Escalated: {string.Join(' ', Managers)}",
        ], await SentNotificationsAsync(host));
    }

    [Fact]
    public async Task Old_tickets_that_are_imported_late_notify_nobody()
    {
        await using var host = await OpenHostAsync();
        var (form, clocks) = (await host.FormAsync(), await host.ClocksAsync());
        await host.InDatabaseAsync(async db =>
        {
            var room = await db.Set<Room>().Include(r => r.Building).FirstAsync(r => r.Id == form.RoomId, Ct);
            var report = new Report(room, form.CategoryId!.Value, Urgency.Normal, "漏水", null);
            db.RepairTickets.Add(RepairTicket.Import(
                "BX20260901-0001", report, TicketStatus.New, At(22, 0, 0).AddDays(-80), null, "log", "1", null, clocks, TestHost.Start));
            return await db.SaveChangesAsync(Ct);
        });

        await WalkAsync(host, TestHost.Start, At(24, 17, 30));

        Assert.Empty(await host.InDatabaseAsync(db => db.Inbox.ToListAsync(Ct)));
        Assert.True(await host.InDatabaseAsync(db => db.RepairTickets.Select(t => t.IsOverdue).SingleAsync(Ct)));
        Assert.False(await host.InDatabaseAsync(db => db.RepairEvents.AnyAsync(e => e.Verb == RepairVerb.Escalate, Ct)));
    }

    private static async Task<TestHost> OpenHostAsync()
    {
        var host = await TestHost.OpenAsync();
        await LeadAsync(host);
        return host;
    }

    private static async Task LeadAsync(TestHost host)
    {
        var lead = await host.AsAsync(Lead);
        var crew = await host.InDatabaseAsync(db => db.People.Where(p => p.Id == lead.PersonId).Select(p => p.CrewId).SingleAsync(Ct));
        await (await host.AsAsync(TestUsers.Manager)).Get<ServiceLevelService>().LeadAsync(crew!.Value, lead.PersonId, Ct);
    }

    private static Task TickAsync(TestHost host) => host.AsSystem().Get<RepairClock>().TickAsync(Ct);

    private static async Task WalkAsync(TestHost host, DateTimeOffset from, DateTimeOffset until)
    {
        var worker = host.AsSystem().Get<RepairClock>();
        foreach (var at in Moments(from, until))
        {
            host.Clock.SetUtcNow(at);
            await worker.TickAsync(Ct);
        }
    }

    private static IEnumerable<DateTimeOffset> Moments(DateTimeOffset from, DateTimeOffset until)
    {
        for (var at = from; at <= until; at += TimeSpan.FromMinutes(10)) yield return at;
    }

    /// <summary>The inbox messages about steps: "day hour:minute kind: user names".</summary>
    private static async Task<List<string>> SentNotificationsAsync(TestHost host)
    {
        var lines = await host.InDatabaseAsync(db => db.Inbox
            .Where(i => i.Kind == (int)RepairNotification.DueSoon || i.Kind == (int)RepairNotification.Escalated)
            .Join(db.Users, i => i.PersonId, p => p.Id, (i, p) => new { i.At, Kind = (RepairNotification)i.Kind, p.UserName }).ToListAsync(Ct));
        return [.. lines.GroupBy(l => (l.At, l.Kind)).OrderBy(g => g.Key.At).Select(g =>
            FormattableString.Invariant($"{g.Key.At.ToOffset(TimeSpan.FromHours(8)):dd HH:mm} {g.Key.Kind}: ")
            + string.Join(' ', g.Select(l => l.UserName).Order(StringComparer.Ordinal)))];
    }

    /// <summary>How many messages of each kind each person got for each moment.</summary>
    private static async Task<Dictionary<(long, RepairNotification, DateTimeOffset), int>> LinesAsync(TestHost host)
    {
        var lines = await host.InDatabaseAsync(db => db.Inbox
            .Where(i => i.Kind == (int)RepairNotification.DueSoon || i.Kind == (int)RepairNotification.Escalated)
            .ToListAsync(Ct));
        Assert.NotEmpty(lines);
        return lines.GroupBy(i => (i.PersonId, (RepairNotification)i.Kind, i.At)).ToDictionary(g => g.Key, g => g.Count());
    }

    private static Task<List<string?>> StepsAsync(TestHost host, long ticket) => host.InDatabaseAsync(db =>
        db.RepairEvents.Where(e => e.TicketId == ticket && e.Verb == RepairVerb.Escalate).OrderBy(e => e.Id).Select(e => e.Code).ToListAsync(Ct));

    /// <summary>A moment of November 2026 in Shanghai; the 22nd is a Sunday.</summary>
    private static DateTimeOffset At(int day, int hour, int minute) =>
        new DateTimeOffset(2026, 11, day, hour, minute, 0, TimeSpan.FromHours(8)).ToUniversalTime();
}

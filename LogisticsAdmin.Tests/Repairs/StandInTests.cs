using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Crews;
using LogisticsAdmin.Features.Repairs.Slips;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>代班: jobs, messages and escalations of somebody who is absent go to whoever stands in, for as long as the absence lasts.</summary>
public sealed class StandInTests
{
    /// <summary>马德福, of the crew of 孙强.</summary>
    private const string Mate = "100202";

    /// <summary>A technician of another crew, who sees nothing of the crew of 孙强.</summary>
    private const string StandIn = "100206";

    private static readonly DateOnly Today = new(2026, 11, 22);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stand_in_has_the_jobs_of_the_absent_technician_for_the_days_of_the_absence_only()
    {
        await using var host = await TestHost.OpenAsync();
        var (assigned, running) = (await host.TicketAsync(TicketStatus.Assigned), await host.TicketAsync(TicketStatus.InProgress));
        await AbsenceTests.EnterAsync(host, TestUsers.Technician, Today.AddDays(1), Today.AddDays(2), StandIn);
        var standIn = await host.AsAsync(StandIn);

        // Before.
        Assert.Empty(await standIn.Tickets.JobsAsync(Ct));
        await Assert.ThrowsAsync<NotFound>(() => standIn.Tickets.DetailAsync(running.Number, Ct));
        await Assert.ThrowsAsync<NotFound>(() => standIn.Repairs.CompleteAsync(running.Id, new NoteForm(), ct: Ct));
        await Assert.ThrowsAsync<NotFound>(() => standIn.Get<RepairCosts>().ViewAsync(running.Id, Ct));

        // During.
        host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal([assigned.Id, running.Id], (await standIn.Tickets.JobsAsync(Ct)).Select(r => r.Id).Order());
        var detail = await standIn.Tickets.DetailAsync(running.Number, Ct);
        Assert.True(detail is { IsAssigned: true, SeesInternal: true });
        Assert.Contains(RepairVerb.Complete, detail.Verbs);
        Assert.Equal([running.Number], (await standIn.Tickets.SearchAsync(running.Number, ct: Ct)).Select(r => r.Number));
        Assert.Single(await standIn.Get<SlipQueries>().SlipsAsync([running.Number], Ct));
        await standIn.Get<RepairCosts>().AddLabourAsync(running.Id, new UseLabourForm { Minutes = 30 }, Ct);
        await standIn.Repairs.TakeAsync(assigned.Id, Ct);
        Assert.Equal(standIn.PersonId, (await host.RowAsync(assigned.Number)).TechnicianId);
        await standIn.Repairs.HoldAsync(running.Id, new HoldForm { Reason = HoldReason.Parts }, Ct);

        // After: what was taken stays theirs, the rest is the technician's again.
        host.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal([assigned.Id], (await standIn.Tickets.JobsAsync(Ct)).Select(r => r.Id));
        await Assert.ThrowsAsync<NotFound>(() => standIn.Tickets.DetailAsync(running.Number, Ct));
        await Assert.ThrowsAsync<NotFound>(() => standIn.Repairs.ResumeAsync(running.Id, new NoteForm(), Ct));
        Assert.Empty(await standIn.Get<SlipQueries>().SlipsAsync([], Ct));
        await Assert.ThrowsAsync<NotFound>(() => standIn.Get<SlipQueries>().SlipsAsync([running.Number], Ct));
        await (await host.AsAsync(TestUsers.Technician)).Repairs.ResumeAsync(running.Id, new NoteForm(), Ct);
    }

    [Theory]
    [InlineData(Mate, true, false)]
    [InlineData("100207", false, false)]
    [InlineData(TestUsers.Dispatcher, true, true)]
    public async Task Nobody_else_gets_rights_by_an_absence(string who, bool sees, bool completes)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        await AbsenceTests.EnterAsync(host, TestUsers.Technician, Today, Today, StandIn);
        var other = await host.AsAsync(who);

        var read = await Record.ExceptionAsync(() => other.Tickets.DetailAsync(ticket.Number, Ct));
        var done = await Record.ExceptionAsync(() => other.Repairs.CompleteAsync(ticket.Id, new NoteForm { Note = "代办" }, ct: Ct));

        Assert.Equal(sees ? null : typeof(NotFound), read?.GetType());
        Assert.Equal(completes ? null : sees ? typeof(Forbidden) : typeof(NotFound), done?.GetType());
    }

    [Fact]
    public async Task A_message_to_somebody_absent_goes_to_the_stand_in_too_and_both_say_so()
    {
        await using var host = await TestHost.OpenAsync();
        await AbsenceTests.EnterAsync(host, TestUsers.Technician, Today, Today, StandIn);

        var ticket = await host.TicketAsync(TicketStatus.Assigned);

        Assert.Equal("有新派的活（代班：孙强）", Assert.Single(await TextsAsync(host, StandIn)));
        Assert.Contains("已同时通知代班人", Assert.Single(await TextsAsync(host, TestUsers.Technician)), StringComparison.Ordinal);
        await (await host.AsAsync(StandIn)).Repairs.TakeAsync(ticket.Id, Ct);
        Assert.Equal(0, await host.InDatabaseAsync(db => db.Inbox.CountAsync(i => i.Kind == (int)RepairNotification.Assigned && i.ReadAt == null, Ct)));
    }

    [Fact]
    public async Task A_stand_in_who_gets_the_message_anyway_gets_it_once_and_whoever_acts_gets_none()
    {
        await using var host = await TestHost.OpenAsync();
        await AbsenceTests.EnterAsync(host, TestUsers.Technician, Today, Today, Mate);
        var ticket = await host.TicketAsync();
        var form = await host.AssignmentAsync(ticket.Number);
        form.TechnicianId = null;
        var office = await host.AsAsync(TestUsers.Dispatcher);
        await office.Repairs.AssignAsync(ticket.Id, form, Ct);
        Assert.Single(await TextsAsync(host, Mate));

        var named = await host.TicketAsync(TicketStatus.Assigned);
        var mate = await host.AsAsync(Mate);
        await mate.Repairs.CommentAsync(named.Id, new CommentForm { Text = "我来" }, Ct);
        Assert.Equal(2, (await TextsAsync(host, Mate)).Count);
        Assert.Contains("孙强", (await TextsAsync(host, Mate))[^1], StringComparison.Ordinal);
        Assert.Contains(RepairNotification.Replied, await KindsAsync(host, TestUsers.Dispatcher));
    }

    [Fact]
    public async Task Escalations_reach_the_stand_ins_of_the_owner_and_of_the_crew_s_lead()
    {
        await using var host = await TestHost.OpenAsync();
        await LeadAsync(host, Mate);
        await AbsenceTests.EnterAsync(host, TestUsers.Dispatcher, Today, Today.AddDays(20), TestUsers.EnglishDispatcher);
        await AbsenceTests.EnterAsync(host, Mate, Today, Today.AddDays(20), StandIn);
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        var clock = host.AsSystem().Get<RepairClock>();
        host.Clock.SetUtcNow(ticket.DueAt.AddHours(21));
        await clock.TickAsync(Ct);

        Assert.Contains(RepairNotification.DueSoon, await KindsAsync(host, TestUsers.EnglishDispatcher));
        Assert.Contains(RepairNotification.BecameOverdue, await KindsAsync(host, TestUsers.EnglishDispatcher));
        Assert.Equal([RepairNotification.Escalated], await KindsAsync(host, StandIn));
        // The message leads to a ticket that the stand-in of the lead may read.
        Assert.Equal(ticket.Id, (await (await host.AsAsync(StandIn)).Tickets.DetailAsync(ticket.Number, Ct)).Row.Id);
    }

    [Fact]
    public async Task A_stand_in_who_is_absent_later_is_stood_in_for_in_turn()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        await AbsenceTests.EnterAsync(host, TestUsers.Technician, Today, Today.AddDays(3), Mate);
        await AbsenceTests.EnterAsync(host, Mate, Today, Today, StandIn);

        Assert.Equal([ticket.Id], (await (await host.AsAsync(StandIn)).Tickets.JobsAsync(Ct)).Select(r => r.Id));
        Assert.Empty(await (await host.AsAsync(Mate)).Tickets.JobsAsync(Ct));
        host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await (await host.AsAsync(StandIn)).Tickets.JobsAsync(Ct));
        Assert.Equal([ticket.Id], (await (await host.AsAsync(Mate)).Tickets.JobsAsync(Ct)).Select(r => r.Id));
    }

    [Fact]
    public async Task Two_who_stand_in_for_each_other_have_no_stand_in()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync(TicketStatus.InProgress);
        await AbsenceTests.EnterAsync(host, TestUsers.Technician, Today, Today.AddDays(3), Mate);
        await AbsenceTests.EnterAsync(host, StandIn, Today, Today, "100207");
        var refused = await Record.ExceptionAsync(() => AbsenceTests.EnterAsync(host, Mate, Today, Today, TestUsers.Technician));
        Assert.Equal("StandInAbsent", Assert.IsType<Rejected>(refused).Problems[0].Code);
        await AbsenceTests.EnterAsync(host, Mate, Today, Today);

        Assert.Empty(await (await host.AsAsync(Mate)).Tickets.JobsAsync(Ct));
        Assert.Empty(await (await host.AsAsync(StandIn)).Tickets.JobsAsync(Ct));
    }

    [Fact]
    public async Task A_dispatcher_who_stands_in_for_a_manager_is_not_asked_for_an_extension()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        await AbsenceTests.EnterAsync(host, TestUsers.Manager, Today, Today, TestUsers.EnglishDispatcher);
        await (await host.AsAsync(TestUsers.Technician)).Repairs.RequestExtensionAsync(ticket.Id, new ExtensionForm { Hours = 8, Why = "等阀芯" }, ct: Ct);

        Assert.Contains(RepairNotification.ExtensionAsked, await KindsAsync(host, TestUsers.Manager));
        Assert.Empty(await KindsAsync(host, TestUsers.EnglishDispatcher));
        await Assert.ThrowsAsync<Forbidden>(async () =>
            await (await host.AsAsync(TestUsers.EnglishDispatcher)).Repairs.DecideExtensionAsync(ticket.Id, true, new NoteForm(), Ct));
    }

    [Fact]
    public async Task A_crew_s_lead_has_the_list_of_the_whole_crew_and_no_more_rights_on_it()
    {
        await using var host = await TestHost.OpenAsync();
        await LeadAsync(host, Mate);
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        await host.TicketAsync(TicketStatus.Completed);
        var (lead, technician) = (await host.AsAsync(Mate), await host.AsAsync(TestUsers.Technician));

        Assert.Equal([ticket.Id], (await lead.Tickets.JobsOfLedCrewAsync(Ct)).Select(r => r.Id));
        Assert.Empty(await lead.Tickets.JobsAsync(Ct));
        Assert.Empty(await technician.Tickets.JobsOfLedCrewAsync(Ct));
        await lead.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "明天我去看", Internal = true }, Ct);
        await Assert.ThrowsAsync<Forbidden>(() => lead.Repairs.CompleteAsync(ticket.Id, new NoteForm(), ct: Ct));
        await Assert.ThrowsAsync<Forbidden>(async () => await (await host.AsAsync(TestUsers.Dispatcher)).Tickets.JobsOfLedCrewAsync(Ct));

        await AbsenceTests.EnterAsync(host, Mate, Today, Today, StandIn);
        Assert.Equal([ticket.Id], (await (await host.AsAsync(StandIn)).Tickets.JobsOfLedCrewAsync(Ct)).Select(r => r.Id));
    }

    [Fact]
    public async Task The_phone_lists_the_jobs_by_whom_they_are_and_an_old_message_leads_back_to_the_list()
    {
        await using var app = await TestApp.StartAsync();
        var number = await app.ReportAsync(await app.SignInAsync(TestUsers.Resident));
        var (technician, standIn) = (await app.SignInAsync(TestUsers.Technician), await app.SignInAsync(StandIn));
        await PhonePageTests.AssignAsync(app, number);
        await app.InDatabaseAsync(async db =>
        {
            var away = await db.Users.SingleAsync(p => p.UserName == TestUsers.Technician, Ct);
            var other = await db.Users.SingleAsync(p => p.UserName == StandIn, Ct);
            db.Add(new Absence(
                away.Id, Today.AddDays(-9_000), Today.AddDays(9_000), AbsenceReason.Leave, other.Id, null, away.Id, TestHost.Start));
            return await db.SaveChangesAsync(Ct);
        });

        var list = await standIn.PageAsync("/jobs");
        Assert.Contains("代班：孙强 的单", list.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await standIn.PageAsync($"/jobs/{number}")).QuerySelector($"[data-ticket='{number}']"));

        await app.InDatabaseAsync(async db =>
        {
            var crew = await db.Crews.Where(c => c.Id != db.Users.Single(p => p.UserName == StandIn).CrewId
                && c.Id != db.Users.Single(p => p.UserName == TestUsers.Technician).CrewId).FirstAsync(Ct);
            var (dispatcher, ticket) = (await db.Users.SingleAsync(p => p.UserName == TestUsers.Dispatcher, Ct), await db.RepairTickets.SingleAsync(Ct));
            ticket.Transfer(dispatcher.Id, crew.Id, null, null, TestHost.Start);
            return await db.SaveChangesAsync(Ct);
        });
        using var gone = await technician.GetAsync($"/jobs/{number}", Ct);
        var told = await technician.PageAsync(gone.Headers.Location!.OriginalString);
        Assert.Contains($"{number} 已不在你的清单里", told.Body!.TextContent, StringComparison.Ordinal);
        using var foreign = await technician.GetAsync("/jobs/BX20200101-0001", Ct);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, foreign.StatusCode);
    }

    private static Task<int> LeadAsync(TestHost host, string who) => host.InDatabaseAsync(async db =>
    {
        var person = await db.Users.SingleAsync(p => p.UserName == who, Ct);
        (await db.Crews.SingleAsync(c => c.Id == person.CrewId, Ct)).SetLead(person.Id);
        return await db.SaveChangesAsync(Ct);
    });

    private static async Task<IReadOnlyList<string>> TextsAsync(TestHost host, string who) =>
        [.. (await (await host.AsAsync(who)).Get<InboxService>().ReadAsync(ct: Ct)).Lines.OrderBy(l => l.Id).Select(l => l.Text.Zh)];

    private static Task<List<RepairNotification>> KindsAsync(TestHost host, string who) => host.InDatabaseAsync(db =>
        db.Inbox.Where(i => i.PersonId == db.Users.Single(p => p.UserName == who).Id).OrderBy(i => i.Id)
            .Select(i => (RepairNotification)i.Kind).ToListAsync(Ct));
}

using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Who receives which messages after a verb; never the person who acted.</summary>
public sealed class RepairNotificationTests
{
    private const string Mate = "100202";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RepairVerb.Triage, TicketStatus.New, "student:StateChanged")]
    [InlineData(RepairVerb.Reject, TicketStatus.New, "student:StateChanged")]
    [InlineData(RepairVerb.Assign, TicketStatus.New, "student:StateChanged technician:Assigned")]
    [InlineData(RepairVerb.Transfer, TicketStatus.Taken, "student:StateChanged technician:Assigned")]
    [InlineData(RepairVerb.Take, TicketStatus.Assigned, "student:StateChanged")]
    [InlineData(RepairVerb.Decline, TicketStatus.Assigned, "dispatcher:Declined")]
    [InlineData(RepairVerb.Start, TicketStatus.Taken, "student:StateChanged")]
    [InlineData(RepairVerb.Hold, TicketStatus.InProgress, "student:StateChanged")]
    [InlineData(RepairVerb.Resume, TicketStatus.OnHold, "student:StateChanged")]
    [InlineData(RepairVerb.Complete, TicketStatus.InProgress, "student:StateChanged")]
    [InlineData(RepairVerb.Verify, TicketStatus.Completed, "")]
    [InlineData(RepairVerb.SendBack, TicketStatus.Completed, "dispatcher:Reworked technician:Reworked")]
    [InlineData(RepairVerb.Cancel, TicketStatus.Assigned, "technician:StateChanged")]
    [InlineData(RepairVerb.Nudge, TicketStatus.Taken, "dispatcher:Nudged technician:Nudged")]
    [InlineData(RepairVerb.Comment, TicketStatus.Taken, "dispatcher:Replied technician:Replied")]
    [InlineData(RepairVerb.ChangeUrgency, TicketStatus.Taken, "technician:MadeUrgent")]
    [InlineData(RepairVerb.Rate, TicketStatus.Closed, "")]
    public async Task A_verb_sends_messages_to_those_it_concerns(RepairVerb verb, TicketStatus state, string expected)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(state);
        var (office, technician, resident) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Technician),
            await host.AsAsync(TestUsers.Resident));
        var note = new NoteForm { Note = "理由" };
        var before = await LastAsync(host);

        await (verb switch
        {
            RepairVerb.Triage => office.Repairs.TriageAsync(ticket.Id, Ct),
            RepairVerb.Reject => office.Repairs.RejectAsync(ticket.Id, note, Ct),
            RepairVerb.Assign => office.Repairs.AssignAsync(ticket.Id, await host.AssignmentAsync(ticket.Number), Ct),
            RepairVerb.Transfer => office.Repairs.TransferAsync(ticket.Id, await host.AssignmentAsync(ticket.Number), Ct),
            RepairVerb.ChangeUrgency => office.Repairs.ChangeUrgencyAsync(ticket.Id, Urgency.Urgent, Ct),
            RepairVerb.Take => technician.Repairs.TakeAsync(ticket.Id, Ct),
            RepairVerb.Decline => technician.Repairs.DeclineAsync(ticket.Id, note, Ct),
            RepairVerb.Start => technician.Repairs.StartAsync(ticket.Id, Ct),
            RepairVerb.Hold => technician.Repairs.HoldAsync(ticket.Id, new HoldForm { Reason = HoldReason.Parts }, Ct),
            RepairVerb.Resume => technician.Repairs.ResumeAsync(ticket.Id, note, Ct),
            RepairVerb.Complete => technician.Repairs.CompleteAsync(ticket.Id, note, ct: Ct),
            RepairVerb.Verify => resident.Repairs.VerifyAsync(ticket.Id, note, Ct),
            RepairVerb.SendBack => resident.Repairs.SendBackAsync(ticket.Id, note, Ct),
            RepairVerb.Cancel => resident.Repairs.CancelAsync(ticket.Id, note, Ct),
            RepairVerb.Nudge => resident.Repairs.NudgeAsync(ticket.Id, note, Ct),
            RepairVerb.Comment => resident.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "在吗" }, Ct),
            RepairVerb.Rate => resident.Repairs.RateAsync(ticket.Id, new RateForm { Stars = 5 }, Ct),
            _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, null),
        });

        Assert.Equal(expected, await LinesAsync(host, before));
    }

    [Fact]
    public async Task An_emergency_reaches_every_other_dispatcher_at_once_and_nobody_for_lesser_urgency()
    {
        await using var host = await TestHost.OpenAsync();
        var office = await host.AsAsync(TestUsers.Dispatcher);
        var colleague = await host.AsAsync(TestUsers.EnglishDispatcher);
        var before = await LastAsync(host);
        var form = await host.FormAsync();
        form.Urgency = Urgency.Urgent;
        await office.Intake.SubmitAsync(form, Ct);
        Assert.Equal("", await LinesAsync(host, before));

        form = await host.FormAsync();
        form.Urgency = Urgency.Emergency;
        var number = await office.Intake.SubmitAsync(form, Ct);

        Assert.Equal(await OtherDispatchersAsync(host, office.PersonId), await LinesAsync(host, before));
        var line = (await colleague.Get<InboxService>().ReadAsync(ct: Ct)).Lines[0];
        Assert.Equal((number, true, false), (line.Subject, line.IsUrgent, line.Read));

        await office.Repairs.TriageAsync((await host.RowAsync(number)).Id, Ct);
        Assert.Equal(0, await colleague.Get<InboxService>().UnreadAsync(Ct));
    }

    [Fact]
    public async Task A_waiting_ticket_that_becomes_an_emergency_reaches_the_other_dispatchers()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var office = await host.AsAsync(TestUsers.Dispatcher);
        var before = await LastAsync(host);

        await office.Repairs.ChangeUrgencyAsync(ticket.Id, Urgency.Emergency, Ct);

        Assert.Equal(await OtherDispatchersAsync(host, office.PersonId), await LinesAsync(host, before));
    }

    private static Task<string> OtherDispatchersAsync(TestHost host, long but) => host.InDatabaseAsync(async db => string.Join(' ', await (
        from p in db.Users
        join r in db.Set<IdentityUserRole<long>>() on p.Id equals r.UserId
        where r.RoleId == (long)Role.Dispatcher && p.Id != but
        orderby p.UserName
        select p.UserName + ":EmergencyReported").ToListAsync(Ct)));

    [Fact]
    public async Task A_public_reply_notifies_reporter_and_technician_and_an_internal_note_only_the_technician()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Taken);
        var office = await host.AsAsync(TestUsers.Dispatcher);
        var before = await LastAsync(host);
        await office.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "内部", Internal = true }, Ct);
        Assert.Equal("technician:Replied", await LinesAsync(host, before));
        before = await LastAsync(host);
        await office.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "明天上门" }, Ct);
        Assert.Equal("student:Replied technician:Replied", await LinesAsync(host, before));
    }

    [Fact]
    public async Task A_technician_hears_what_the_office_does_with_their_job_and_a_new_owner_that_it_is_theirs()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        var (office, manager) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Manager));
        await ExpectAsync(
            "student:StateChanged technician:StateChanged",
            () => office.Repairs.HoldAsync(ticket.Id, new HoldForm { Reason = HoldReason.Parts }, Ct));
        await ExpectAsync("student:StateChanged technician:StateChanged", () => office.Repairs.ResumeAsync(ticket.Id, new NoteForm(), Ct));
        await ExpectAsync("manager:HandedOver", () => office.Repairs.HandOverAsync(ticket.Id, manager.PersonId, new NoteForm(), Ct));
        var form = await host.AssignmentAsync(ticket.Number);
        form.TechnicianId = (await host.AsAsync(Mate)).PersonId;
        await ExpectAsync("100202:Assigned student:StateChanged technician:TakenAway", () => office.Repairs.TransferAsync(ticket.Id, form, Ct));

        async Task ExpectAsync(string expected, Func<Task> verb)
        {
            var before = await LastAsync(host);
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            await verb();
            Assert.Equal(expected, await LinesAsync(host, before));
        }
    }

    [Fact]
    public async Task A_ticket_has_one_unread_message_for_each_reader_and_none_about_what_is_settled()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Assigned);
        var (office, technician, resident) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Technician),
            await host.AsAsync(TestUsers.Resident));
        Assert.Equal((1, 1), (await UnreadAsync(technician), await UnreadAsync(resident)));

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await technician.Repairs.TakeAsync(ticket.Id, Ct);
        Assert.Equal((0, 1), (await UnreadAsync(technician), await UnreadAsync(resident)));

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await resident.Repairs.NudgeAsync(ticket.Id, new NoteForm(), Ct);
        Assert.Equal((1, 1), (await UnreadAsync(technician), await UnreadAsync(office)));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await technician.Repairs.StartAsync(ticket.Id, Ct);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await technician.Repairs.CompleteAsync(ticket.Id, new NoteForm { Note = "好了" }, ct: Ct);
        Assert.Equal((0, 0, 1), (await UnreadAsync(technician), await UnreadAsync(office), await UnreadAsync(resident)));

        Task<int> UnreadAsync(Desk person) =>
            host.InDatabaseAsync(db => db.Inbox.CountAsync(i => i.PersonId == person.PersonId && i.ReadAt == null, Ct));
    }

    [Fact]
    public async Task The_whole_crew_is_notified_when_no_technician_is_named()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var form = await host.AssignmentAsync(ticket.Number);
        form.TechnicianId = null;
        var before = await LastAsync(host);
        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.AssignAsync(ticket.Id, form, Ct);
        Assert.Equal(
            $"100202:Assigned 100203:Assigned 100204:Assigned 100205:Assigned student:StateChanged {TestUsers.Technician}:Assigned",
            await LinesAsync(host, before));
    }

    [Fact]
    public async Task Work_without_a_crew_notifies_no_crew_when_it_is_sent_back()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        var (form, clocks) = (await host.FormAsync(), await host.ClocksAsync());
        var id = await host.InDatabaseAsync(async db =>
        {
            var room = await db.Set<Features.Places.Room>().Include(r => r.Building).SingleAsync(r => r.Id == form.RoomId, Ct);
            var report = new Report(room, form.CategoryId!.Value, Urgency.Normal, "旧单", null);
            var ticket = RepairTicket.Import("BX20261101-0001", report, TicketStatus.Completed,
                TestHost.Start, null, "log", "1", null, clocks, TestHost.Start);
            db.RepairTickets.Add(ticket);
            await db.SaveChangesAsync(Ct);
            return ticket.Id;
        });
        var before = await LastAsync(host);
        await office.Repairs.SendBackAsync(id, new NoteForm { Note = "没修好" }, Ct);
        Assert.Equal("", await LinesAsync(host, before));
        Assert.NotEqual(0, resident.PersonId);
    }

    [Fact]
    public async Task The_person_who_acts_gets_no_message()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Taken, Mate);
        var owner = await host.AsAsync(TestUsers.Dispatcher);
        var mate = await host.AsAsync(Mate);
        await mate.Repairs.NudgeAsync(ticket.Id, new NoteForm(), Ct);
        await mate.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "?" }, Ct);
        await owner.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "!" }, Ct);

        var own = await host.InDatabaseAsync(db =>
            db.Inbox.Where(i => i.PersonId == mate.PersonId && i.Kind != (int)RepairNotification.StateChanged)
                .Select(i => (RepairNotification)i.Kind).ToListAsync(Ct));
        Assert.Equal([RepairNotification.Replied], own);
        Assert.Equal(2, await host.InDatabaseAsync(db => db.Inbox.CountAsync(i => i.PersonId == owner.PersonId, Ct)));
    }

    private static Task<long> LastAsync(TestHost host) => host.InDatabaseAsync(async db => await db.Inbox.MaxAsync(i => (long?)i.Id, Ct) ?? 0);

    private static Task<string> LinesAsync(TestHost host, long after) => host.InDatabaseAsync(async db =>
    {
        var lines = await (
            from i in db.Inbox
            where i.Id > after
            join p in db.Users on i.PersonId equals p.Id
            select new { p.UserName, i.Kind }).ToListAsync(Ct);
        return string.Join(' ', lines.Select(l => $"{l.UserName}:{(RepairNotification)l.Kind}").Order(StringComparer.Ordinal));
    });
}

using System.Text.Json;
using CsCheck;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.Repairs.Work.Undo;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Undoing one's own last action: the ticket is as before, and everything that others said or did since is kept.</summary>
public sealed class UndoTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly RepairVerb[] Undoable = [.. VerbTable.AllVerbs.Except(
        [RepairVerb.Comment, RepairVerb.Attach, RepairVerb.Rate, RepairVerb.Nudge, RepairVerb.BecomeOverdue])];

    public static TheoryData<RepairVerb> Verbs => [.. Undoable];

    [Fact]
    public void After_any_history_a_verb_undone_leaves_state_limits_and_pauses_exactly_as_before()
    {
        var step = Gen.Select(Gen.Int[0, Undoable.Length - 1].Select(i => Undoable[i]), Gen.Int[0, 60 * 30]);
        var undone = 0;
        Gen.Select(step.Array[0, 14], step).Sample((history, last) =>
        {
            var (ticket, at) = (Sample.New(), Sample.Submitted);
            foreach (var (verb, wait) in history)
            {
                at = at.AddMinutes(wait);
                Try(ticket, verb, at);
            }
            at = at.AddMinutes(last.Item2);
            ticket.RecalculateDeadlines(Sample.Clocks, at);
            var (before, snapshot, events) = (StateText(ticket), Stored(ticket.Snapshot()), ticket.Events.Count);
            if (!Try(ticket, last.Item1, at)) return;

            ticket.Undo(Sample.Office, last.Item1, snapshot, at);
            ticket.RecalculateDeadlines(Sample.Clocks, at);

            Assert.Equal(before, StateText(ticket));
            Assert.Equal((events + 2, RepairVerb.Undo), (ticket.Events.Count, ticket.Events.Last().Verb));
            Interlocked.Increment(ref undone);
        }, iter: 2_000);
        Assert.True(undone > 200);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Each_verb_comes_back_whole_through_the_service(RepairVerb verb)
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(verb switch
        {
            RepairVerb.Take or RepairVerb.Decline or RepairVerb.Arrive or RepairVerb.Start or RepairVerb.RequestExtension
                or RepairVerb.Complete => TestUsers.Technician,
            RepairVerb.DecideExtension => TestUsers.Manager,
            _ => TestUsers.Dispatcher,
        });
        var ticket = await host.TicketAsync(verb is RepairVerb.Transfer ? TicketStatus.OnHold : VerbTable.FittingStates(verb)[^1]);
        if (verb == RepairVerb.DecideExtension)
        {
            await (await host.AsAsync(TestUsers.Technician)).Repairs.RequestExtensionAsync(
                ticket.Id, new ExtensionForm { Hours = 8, Why = "等阀芯" }, ct: Ct);
        }
        host.Clock.Advance(TimeSpan.FromMinutes(40));
        var before = await StateTextAsync(host, ticket.Id);
        await PerformAsync(host, desk, verb, ticket);
        Assert.NotEqual(before, await StateTextAsync(host, ticket.Id));
        var offer = await desk.Get<UndoService>().LatestAsync(Ct);
        Assert.Equal((verb, 1, ticket.Number), (offer!.Verb, offer.Count, offer.Number));
        Assert.Equal(offer.Id, desk.Get<UndoOffers>().Latest);
        host.Clock.Advance(TimeSpan.FromSeconds(3));

        var result = await desk.Get<UndoService>().UndoAsync(offer.Id, Ct);

        Assert.Equal((1, 0), (result.Done, result.Refused.Count));
        Assert.Equal(before, await StateTextAsync(host, ticket.Id));
        Assert.Null(desk.Get<UndoOffers>().Latest);
        var events = await host.InDatabaseAsync(db => db.RepairEvents.Where(e => e.TicketId == ticket.Id).OrderBy(e => e.Id).ToListAsync(Ct));
        Assert.Equal((verb, RepairVerb.Undo), (events[^2].Verb, events[^1].Verb));
        Assert.Equal((events[^2].To, events[^2].From), (events[^1].From, events[^1].To));
        Assert.Equal(verb.ToString(), events[^1].Code!.Split('.')[0]);
    }

    [Fact]
    public async Task What_somebody_touched_since_stays_and_says_who_and_their_comment_is_kept()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Triaged);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        await desk.Repairs.AssignAsync(ticket.Id, await host.AssignmentAsync(ticket.Number), Ct);
        await (await host.AsAsync(TestUsers.Technician)).Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "马上到" }, Ct);

        var result = await UndoLatestAsync(desk);

        Assert.Equal(0, result.Done);
        Assert.Equal(new UndoRefusal(ticket.Number, "孙强", RepairVerb.Comment), Assert.Single(result.Refused));
        Assert.Equal(TicketStatus.Assigned, (await host.RowAsync(ticket.Number)).Status);
        Assert.True(await host.InDatabaseAsync(db => db.RepairEvents.AnyAsync(e => e.Note == "马上到", Ct)));
    }

    [Fact]
    public async Task A_macro_undone_keeps_its_reply_and_that_the_reporter_was_answered()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var (desk, resident) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Resident));
        host.Clock.Advance(TimeSpan.FromMinutes(20));
        var answered = host.Clock.GetUtcNow();
        await desk.Repairs.ReplyAsync(ticket.Id, new CommentForm { Text = "师傅下午到" }, new ReplyAction(RepairVerb.Triage), Ct);
        host.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(1, (await UndoLatestAsync(desk)).Done);

        var stored = await host.InDatabaseAsync(db => db.RepairTickets.Where(t => t.Id == ticket.Id)
            .Select(t => new { t.Status, t.AnsweredAt, t.RespondedAt, t.OwnerId }).SingleAsync(Ct));
        Assert.Equal((TicketStatus.New, answered, answered, desk.PersonId), (stored.Status, stored.AnsweredAt, stored.RespondedAt, stored.OwnerId));
        Assert.Equal(0, (await desk.Lists.CountsAsync(new RepairFilter(), Ct))[RepairView.FirstAsked]);
        var sheet = await resident.Tickets.DetailAsync(ticket.Number, Ct);
        Assert.Equal([RepairVerb.Comment, RepairVerb.Triage, RepairVerb.Undo], sheet.Timeline.TakeLast(3).Select(e => e.Verb));
        Assert.Equal(
            [(int)RepairNotification.Replied],
            await host.InDatabaseAsync(db => db.Inbox.Where(i => i.PersonId == resident.PersonId).Select(i => i.Kind).ToListAsync(Ct)));
    }

    [Fact]
    public async Task A_macro_with_an_internal_note_undone_leaves_the_reporter_unanswered()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        await desk.Repairs.ReplyAsync(ticket.Id, new CommentForm { Text = "先看现场", Internal = true }, new ReplyAction(RepairVerb.Triage), Ct);
        await UndoLatestAsync(desk);

        Assert.True(await host.InDatabaseAsync(db => db.RepairTickets.AnyAsync(t => t.Id == ticket.Id && t.AnsweredAt == null && t.RespondedAt == null, Ct)));
        Assert.Equal(1, (await desk.Lists.CountsAsync(new RepairFilter(), Ct))[RepairView.FirstAsked]);
    }

    [Fact]
    public async Task It_is_offered_for_ten_seconds_and_taken_for_twelve()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        await desk.Repairs.TriageAsync(ticket.Id, Ct);
        var id = desk.Get<UndoOffers>().Latest!.Value;

        host.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(TimeSpan.FromSeconds(1), (await desk.Get<UndoService>().LatestAsync(Ct))!.Remaining);
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await desk.Get<UndoService>().LatestAsync(Ct));
        host.Clock.Advance(TimeSpan.FromSeconds(1.1));
        var late = await Assert.ThrowsAsync<Rejected>(() => desk.Get<UndoService>().UndoAsync(id, Ct));
        Assert.Equal("UndoTooLate", late.Code);

        await desk.Repairs.RejectAsync(ticket.Id, new NoteForm { Note = "重复" }, Ct);
        host.Clock.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(1, (await desk.Get<UndoService>().UndoAsync(desk.Get<UndoOffers>().Latest!.Value, Ct)).Done);
        Assert.Equal(TicketStatus.Triaged, (await host.RowAsync(ticket.Number)).Status);
    }

    [Fact]
    public async Task Nobody_undoes_another_persons_change_and_nobody_twice()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        await desk.Repairs.TriageAsync(ticket.Id, Ct);
        var id = desk.Get<UndoOffers>().Latest!.Value;

        var manager = await host.AsAsync(TestUsers.Manager);
        Assert.Null(await manager.Get<UndoService>().LatestAsync(Ct));
        await Assert.ThrowsAsync<NotFound>(() => manager.Get<UndoService>().UndoAsync(id, Ct));
        await desk.Get<UndoService>().UndoAsync(id, Ct);
        Assert.Equal("UndoneAlready", (await Assert.ThrowsAsync<Rejected>(() => desk.Get<UndoService>().UndoAsync(id, Ct))).Code);
        Assert.Null(await desk.Get<UndoService>().LatestAsync(Ct));
    }

    [Fact]
    public async Task What_was_said_and_what_residents_do_is_not_offered()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Completed);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var (desk, resident) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Resident));
        await desk.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "请验收" }, Ct);
        await resident.Repairs.VerifyAsync(ticket.Id, new NoteForm(), Ct);
        await resident.Repairs.RateAsync(ticket.Id, new RateForm { Stars = 5 }, Ct);

        Assert.Null(await desk.Get<UndoService>().LatestAsync(Ct));
        Assert.Null(await resident.Get<UndoService>().LatestAsync(Ct));
        Assert.Null(resident.Get<UndoOffers>().Latest);
    }

    [Fact]
    public async Task Who_has_not_read_of_it_yet_hears_nothing_of_it_any_more()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Triaged);
        var (desk, technician, resident) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Technician),
            await host.AsAsync(TestUsers.Resident));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.Repairs.AssignAsync(ticket.Id, await host.AssignmentAsync(ticket.Number), Ct);
        var unread = await resident.Get<InboxService>().UnreadAsync(Ct);
        await technician.Get<InboxService>().MarkReadAsync(ct: Ct);

        await UndoLatestAsync(desk);

        Assert.Equal(unread - 1, await resident.Get<InboxService>().UnreadAsync(Ct));
        Assert.Contains((await technician.Get<InboxService>().ReadAsync(ct: Ct)).Lines, l => l.Kind == (int)RepairNotification.Assigned);
    }

    [Fact]
    public async Task Photos_and_words_of_a_completion_stay_when_it_is_undone()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        var technician = await host.AsAsync(TestUsers.Technician);
        var key = await host.InDatabaseAsync(async db =>
        {
            var photo = new RepairPhoto(Guid.NewGuid(), technician.PersonId, 10, 10, 100, TestHost.Start);
            db.RepairPhotos.Add(photo);
            await db.SaveChangesAsync(Ct);
            return photo.Key;
        });
        await technician.Repairs.CompleteAsync(ticket.Id, new NoteForm { Note = "换了阀芯" }, [key], Ct);

        await UndoLatestAsync(technician);

        var sheet = await technician.Tickets.DetailAsync(ticket.Number, Ct);
        Assert.Equal(TicketStatus.InProgress, sheet.Row.Status);
        var completion = Assert.Single(sheet.Timeline, e => e.Verb == RepairVerb.Complete);
        Assert.Equal(("换了阀芯", key), (completion.Note, Assert.Single(completion.Photos).Key));
    }

    [Fact]
    public async Task The_time_breakdown_of_a_hold_resumed_by_mistake_still_waits_for_parts()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.OnHold);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        await desk.Repairs.ResumeAsync(ticket.Id, new NoteForm(), Ct);
        await UndoLatestAsync(desk);
        host.Clock.Advance(TimeSpan.FromHours(1));

        var breakdown = (await desk.Tickets.DetailAsync(ticket.Number, Ct)).TimeBreakdown;
        Assert.Equal(TimeKind.Parts, breakdown.Periods[^1].Kind);
    }

    [Fact]
    public async Task Old_change_sets_are_swept_with_their_items()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Taken);
        host.Clock.Advance(UndoService.Retention + TimeSpan.FromMinutes(1));
        await (await host.AsAsync(TestUsers.Technician)).Repairs.StartAsync(ticket.Id, Ct);

        Assert.True(await host.AsSystem().Get<UndoService>().SweepAsync(Ct) > 0);
        Assert.Equal((1, 1), await host.InDatabaseAsync(async db => (await db.ChangeSets.CountAsync(Ct), await db.ChangeSetItems.CountAsync(Ct))));
    }

    private static async Task<UndoResult> UndoLatestAsync(Desk desk)
    {
        var undo = desk.Get<UndoService>();
        return await undo.UndoAsync((await undo.LatestAsync(Ct))!.Id, Ct);
    }

    private static bool Try(RepairTicket ticket, RepairVerb verb, DateTimeOffset at)
    {
        try
        {
            Sample.Perform(ticket, verb, at);
            return true;
        }
        catch (Rejected)
        {
            return false;
        }
    }

    /// <summary>The snapshot after serialisation, as it is read from the database.</summary>
    private static TicketSnapshot Stored(TicketSnapshot snapshot) => JsonSerializer.Deserialize<TicketSnapshot>(JsonSerializer.Serialize(snapshot))!;

    /// <summary>Everything that undo must restore: the snapshot and the values derived from it.</summary>
    private static string StateText(RepairTicket t) =>
        $"{JsonSerializer.Serialize(t.Snapshot())} {t.Pressing} {t.PausedLeftMinutes} {t.WatchAt:O} {t.IsOverdue} {t.Stars} "
        + $"{t.Nudges} {t.NudgedAt:O} {t.Description}";

    private static Task<string> StateTextAsync(TestHost host, long id) =>
        host.InDatabaseAsync(async db => StateText(await db.RepairTickets.AsNoTracking().SingleAsync(t => t.Id == id, Ct)));

    private static async Task PerformAsync(TestHost host, Desk desk, RepairVerb verb, RepairRow ticket)
    {
        var (note, repairs) = (new NoteForm { Note = "理由" }, desk.Repairs);
        var assignment = await host.AssignmentAsync(ticket.Number);
        var room = await host.InDatabaseAsync(db => db.RepairTickets.Where(t => t.Id == ticket.Id).Select(t => t.RoomId).SingleAsync(Ct));
        await (verb switch
        {
            RepairVerb.Triage => repairs.TriageAsync(ticket.Id, Ct),
            RepairVerb.Reject => repairs.RejectAsync(ticket.Id, note, Ct),
            RepairVerb.Assign => repairs.AssignAsync(ticket.Id, assignment, Ct),
            RepairVerb.Transfer => repairs.TransferAsync(ticket.Id, assignment, Ct),
            RepairVerb.HandOver => repairs.HandOverAsync(ticket.Id, (await host.AsAsync(TestUsers.Manager)).PersonId, note, Ct),
            RepairVerb.Take => repairs.TakeAsync(ticket.Id, Ct),
            RepairVerb.Decline => repairs.DeclineAsync(ticket.Id, note, Ct),
            RepairVerb.Arrive => repairs.ArriveAsync(ticket.Id, Ct),
            RepairVerb.Start => repairs.StartAsync(ticket.Id, Ct),
            RepairVerb.Hold => repairs.HoldAsync(ticket.Id, new HoldForm { Reason = HoldReason.Parts }, Ct),
            RepairVerb.Resume => repairs.ResumeAsync(ticket.Id, note, Ct),
            RepairVerb.Complete => repairs.CompleteAsync(ticket.Id, note, ct: Ct),
            RepairVerb.Verify => repairs.VerifyAsync(ticket.Id, note, Ct),
            RepairVerb.SendBack => repairs.SendBackAsync(ticket.Id, note, Ct),
            RepairVerb.Cancel => repairs.CancelAsync(ticket.Id, note, Ct),
            RepairVerb.ChangeUrgency => repairs.ChangeUrgencyAsync(ticket.Id, Urgency.Urgent, Ct),
            RepairVerb.RequestExtension => repairs.RequestExtensionAsync(ticket.Id, new ExtensionForm { Hours = 8, Why = "等阀芯" }, ct: Ct),
            RepairVerb.DecideExtension => repairs.DecideExtensionAsync(ticket.Id, granted: true, note, Ct),
            RepairVerb.Correct => repairs.CorrectAsync(
                ticket.Id, new CorrectForm { Version = ticket.Version, RoomId = room, CategoryId = ticket.CategoryId, Phone = "13900001111" }, Ct),
            _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, null),
        });
    }
}

using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>The same table through the services on real SQLite: a refused verb leaves no trace, a performed one leaves one event.</summary>
public sealed class VerbsThroughServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>
    /// The user for each person of the table. The resident reported the ticket and it is assigned to the technician, unless a row says
    /// otherwise.
    /// </summary>
    private static readonly (string Person, string User, string Reporter)[] People =
    [
        ("an administrator", TestUsers.Administrator, TestUsers.Resident),
        ("a manager", TestUsers.Manager, TestUsers.Resident),
        ("a dispatcher", TestUsers.Dispatcher, TestUsers.Resident),
        ("a dispatcher who reported it", TestUsers.EnglishDispatcher, TestUsers.EnglishDispatcher),
        ("the technician named", TestUsers.Technician, TestUsers.Resident),
        ("the technician named, who reported it", TestUsers.Technician, TestUsers.Technician),
        ("a technician of the crew while another is named", "100202", TestUsers.Resident),
        ("a technician of the crew, who reported it", "100202", "100202"),
        ("a technician of another crew", "100206", TestUsers.Resident),
        ("a technician of another crew who reported it", "100206", "100206"),
        ("the resident who reported it", TestUsers.Resident, TestUsers.Resident),
        ("another resident", "2025020051", TestUsers.Resident),
    ];

    // In these states the ticket has no crew, so that a technician who did not report it can't see it.
    private static readonly RepairVerb[] BeforeAssignment = [RepairVerb.Triage, RepairVerb.Reject];

    public static TheoryData<RepairVerb> Verbs => [.. VerbTable.AllVerbs.Except([RepairVerb.BecomeOverdue])];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Everybody_gets_what_the_table_says(RepairVerb verb)
    {
        await using var host = await TestHost.OpenAsync();
        List<string> wrong = [];
        var state = Fitting(verb);
        Dictionary<string, RepairRow> untouched = [];
        foreach (var (person, user, reporter) in People)
        {
            var expected = Expected(verb, person, state);
            if (!untouched.Remove(reporter, out var ticket)) ticket = await AskedAsync(host, verb, await host.TicketAsync(state, reporter));
            var desk = await host.AsAsync(user);
            var before = await EventsAsync(host, ticket.Id);

            var actual = await TryAsync(host, desk, verb, ticket);

            var (row, after) = (await host.RowAsync(ticket.Number), await EventsAsync(host, ticket.Id));
            if (actual != expected) wrong.Add($"{verb} by {person} in {state}: expected {expected}, was {actual}");
            if (actual is not "done")
            {
                if (row.Version != ticket.Version || after != before) wrong.Add($"{verb} by {person}: refused, but something was stored");
                untouched[reporter] = row;
                continue;
            }
            if (after != before + 1) wrong.Add($"{verb} by {person}: {after - before} events");
            var stored = VerbTable.Expected(verb, "a dispatcher", state, TicketStatus.InProgress);
            if (!VerbTable.IsRefusal(stored) && row.Status.ToString() != stored) wrong.Add($"{verb} by {person}: {row.Status} instead of {stored}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_crew_s_ticket_that_names_nobody_is_any_member_s_until_one_takes_it()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var form = await host.AssignmentAsync(ticket.Number);
        form.TechnicianId = null;
        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.AssignAsync(ticket.Id, form, Ct);
        var (first, second, stranger) = (await host.AsAsync("100202"), await host.AsAsync(TestUsers.Technician), await host.AsAsync("100206"));

        await Assert.ThrowsAsync<NotFound>(() => stranger.Repairs.TakeAsync(ticket.Id, Ct));
        await first.Repairs.TakeAsync(ticket.Id, Ct);

        Assert.Equal(first.PersonId, (await host.RowAsync(ticket.Number)).TechnicianId);
        await Assert.ThrowsAsync<Forbidden>(() => second.Repairs.StartAsync(ticket.Id, Ct));
        await first.Repairs.StartAsync(ticket.Id, Ct);
    }

    [Fact]
    public async Task A_verb_in_a_state_it_does_not_fit_is_rejected_and_leaves_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var (closed, fresh) = (await host.TicketAsync(TicketStatus.Closed), await host.TicketAsync());
        var (office, reporter) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Resident));
        foreach (var verb in Enum.GetValues<RepairVerb>())
        {
            if (!VerbTable.AllVerbs.Contains(verb) || verb == RepairVerb.BecomeOverdue) continue;
            var states = VerbTable.FittingStates(verb);
            var ticket = !states.Contains(TicketStatus.Closed) ? closed : !states.Contains(TicketStatus.New) ? fresh : null;
            var desk = VerbTable.Expected(verb, "a dispatcher", TicketStatus.Closed, default) != VerbTable.Forbidden ? office
                : VerbTable.Expected(verb, "the resident who reported it", TicketStatus.Closed, default) != VerbTable.Forbidden ? reporter : null;
            if (ticket is null || desk is null) continue;

            Assert.Equal(VerbTable.WrongState, await TryAsync(host, desk, verb, ticket));
            Assert.Equal(ticket.Version, (await host.RowAsync(ticket.Number)).Version);
        }
    }

    [Fact]
    public async Task A_ticket_that_does_not_exist_is_not_found()
    {
        await using var host = await TestHost.OpenAsync();
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync(TestUsers.Administrator)).Repairs.TriageAsync(4711, Ct));
    }

    private static TicketStatus Fitting(RepairVerb verb) => verb switch
    {
        RepairVerb.Assign or RepairVerb.Cancel or RepairVerb.Transfer or RepairVerb.Nudge or RepairVerb.HandOver
            or RepairVerb.ChangeUrgency or RepairVerb.Correct or RepairVerb.Comment or RepairVerb.Attach => TicketStatus.Assigned,
        RepairVerb.Hold => TicketStatus.InProgress,
        _ => VerbTable.FittingStates(verb)[0],
    };

    private static string Expected(RepairVerb verb, string person, TicketStatus state)
    {
        if (BeforeAssignment.Contains(verb) && person.Contains("technician", StringComparison.Ordinal))
            return person.Contains("reported", StringComparison.Ordinal) ? VerbTable.Forbidden : VerbTable.NotFound;
        // Staff who worked on a ticket can't rate it, and the named technician has worked on it.
        if (verb == RepairVerb.Rate && person == "the technician named, who reported it") return VerbTable.Forbidden;
        var expected = VerbTable.Expected(verb, person, state, TicketStatus.InProgress);
        return VerbTable.IsRefusal(expected) ? expected : "done";
    }

    private static Task<int> EventsAsync(TestHost host, long id) => host.InDatabaseAsync(db => db.RepairEvents.CountAsync(e => e.TicketId == id, Ct));

    private static async Task<string> TryAsync(TestHost host, Desk desk, RepairVerb verb, RepairRow ticket)
    {
        try
        {
            await PerformAsync(host, desk, verb, ticket);
            return "done";
        }
        catch (Refusal refusal)
        {
            return $"refused as {refusal.GetType().Name}";
        }
    }

    private static async Task PerformAsync(TestHost host, Desk desk, RepairVerb verb, RepairRow ticket)
    {
        var note = new NoteForm { Note = "理由" };
        var assignment = await host.AssignmentAsync(ticket.Number);
        assignment.Override = true;
        var photo = verb == RepairVerb.Attach ? await DraftAsync(host, desk.PersonId) : Guid.Empty;
        var colleague = (await host.AsAsync(TestUsers.Manager)).PersonId;
        await (verb switch
        {
            RepairVerb.Triage => desk.Repairs.TriageAsync(ticket.Id, Ct),
            RepairVerb.Reject => desk.Repairs.RejectAsync(ticket.Id, note, Ct),
            RepairVerb.Assign => desk.Repairs.AssignAsync(ticket.Id, assignment, Ct),
            RepairVerb.Transfer => desk.Repairs.TransferAsync(ticket.Id, assignment, Ct),
            RepairVerb.HandOver => desk.Repairs.HandOverAsync(ticket.Id, colleague, note, Ct),
            RepairVerb.Take => desk.Repairs.TakeAsync(ticket.Id, Ct),
            RepairVerb.Decline => desk.Repairs.DeclineAsync(ticket.Id, note, Ct),
            RepairVerb.Arrive => desk.Repairs.ArriveAsync(ticket.Id, Ct),
            RepairVerb.Start => desk.Repairs.StartAsync(ticket.Id, Ct),
            RepairVerb.Hold => desk.Repairs.HoldAsync(ticket.Id, new HoldForm { Reason = HoldReason.Access }, Ct),
            RepairVerb.Resume => desk.Repairs.ResumeAsync(ticket.Id, note, Ct),
            RepairVerb.Complete => desk.Repairs.CompleteAsync(ticket.Id, note, ct: Ct),
            RepairVerb.Verify => desk.Repairs.VerifyAsync(ticket.Id, note, Ct),
            RepairVerb.SendBack => desk.Repairs.SendBackAsync(ticket.Id, note, Ct),
            RepairVerb.Rate => desk.Repairs.RateAsync(ticket.Id, new RateForm { Stars = 4 }, Ct),
            RepairVerb.Cancel => desk.Repairs.CancelAsync(ticket.Id, note, Ct),
            RepairVerb.Nudge => desk.Repairs.NudgeAsync(ticket.Id, note, Ct),
            RepairVerb.Comment => desk.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "下午在" }, Ct),
            RepairVerb.Attach => desk.Repairs.CommentAsync(ticket.Id, new CommentForm { Photos = [photo] }, Ct),
            RepairVerb.ChangeUrgency => desk.Repairs.ChangeUrgencyAsync(ticket.Id, Urgency.Urgent, Ct),
            RepairVerb.RequestExtension => desk.Repairs.RequestExtensionAsync(ticket.Id, new ExtensionForm { Hours = 8, Why = "等阀芯" }, ct: Ct),
            RepairVerb.DecideExtension => desk.Repairs.DecideExtensionAsync(ticket.Id, granted: true, new NoteForm(), Ct),
            RepairVerb.Correct => desk.Repairs.CorrectAsync(ticket.Id, await CorrectionAsync(host, ticket), Ct),
            _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, null),
        });
    }

    /// <summary>Requests an extension first if the verb decides one.</summary>
    private static async Task<RepairRow> AskedAsync(TestHost host, RepairVerb verb, RepairRow ticket)
    {
        if (verb != RepairVerb.DecideExtension) return ticket;
        await (await host.AsAsync(TestUsers.Technician)).Repairs.RequestExtensionAsync(ticket.Id, new ExtensionForm { Hours = 8, Why = "等阀芯" }, ct: Ct);
        return await host.RowAsync(ticket.Number);
    }

    private static async Task<CorrectForm> CorrectionAsync(TestHost host, RepairRow ticket) => new()
    {
        Version = (await host.RowAsync(ticket.Number)).Version,
        RoomId = await host.InDatabaseAsync(db => db.RepairTickets.Where(t => t.Id == ticket.Id).Select(t => t.RoomId).SingleAsync(Ct)),
        CategoryId = ticket.CategoryId,
        Phone = "13900001111",
    };

    private static Task<Guid> DraftAsync(TestHost host, long uploader) => host.InDatabaseAsync(async db =>
    {
        var photo = new RepairPhoto(Guid.NewGuid(), uploader, 10, 10, 100, TestHost.Start);
        db.RepairPhotos.Add(photo);
        await db.SaveChangesAsync(Ct);
        return photo.Key;
    });
}

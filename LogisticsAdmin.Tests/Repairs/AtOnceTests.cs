using System.Globalization;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Several people act on one ticket at the same time.</summary>
public sealed class AtOnceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_verbs_at_once_leave_a_valid_history()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var form = await host.AssignmentAsync(ticket.Number);
        form.Override = true;
        var (office, technician, resident) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Technician),
            await host.AsAsync(TestUsers.Resident));
        var note = new NoteForm { Note = "理由" };
        Func<Task>[] verbs =
        [
            () => office.Repairs.TriageAsync(ticket.Id, Ct),
            () => office.Repairs.AssignAsync(ticket.Id, form, Ct),
            () => technician.Repairs.TakeAsync(ticket.Id, Ct),
            () => technician.Repairs.StartAsync(ticket.Id, Ct),
            () => technician.Repairs.HoldAsync(ticket.Id, new HoldForm { Reason = HoldReason.Parts }, Ct),
            () => office.Repairs.ResumeAsync(ticket.Id, note, Ct),
            () => technician.Repairs.CompleteAsync(ticket.Id, note, ct: Ct),
            () => resident.Repairs.SendBackAsync(ticket.Id, note, Ct),
            () => resident.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "好" }, Ct),
            () => office.Repairs.TransferAsync(ticket.Id, form, Ct),
        ];

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Task.Run(async () =>
        {
            try
            {
                await verbs[n * 7 % verbs.Length]();
                return true;
            }
            catch (Refusal)
            {
                return false;
            }
        }, Ct)));

        var events = await host.InDatabaseAsync(db => db.RepairEvents.Where(e => e.TicketId == ticket.Id).OrderBy(e => e.Id).ToListAsync(Ct));
        var row = await host.RowAsync(ticket.Number);
        Assert.Equal(outcomes.Count(done => done) + 1, events.Count);
        foreach (var (earlier, later) in events.Zip(events.Skip(1))) Assert.Equal(earlier.To, later.From);
        Assert.Equal(events[^1].To, row.Status);
        Assert.All(events.Skip(1).Where(e => e.From != e.To), e => Assert.Contains(e.From, VerbTable.FittingStates(e.Verb)));
    }

    [Fact]
    public async Task Of_many_who_assign_at_once_exactly_one_wins()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var form = await host.AssignmentAsync(ticket.Number);
        CultureInfo.CurrentUICulture = new CultureInfo(Languages.Chinese);
        string[] users = [TestUsers.Dispatcher, TestUsers.EnglishDispatcher, TestUsers.Manager, TestUsers.Administrator, "100102", "100103"];
        var desks = new List<Desk>();
        foreach (var user in users) desks.Add(await host.AsAsync(user));

        var outcomes = await Task.WhenAll(desks.Select(async desk => await Record.ExceptionAsync(() => desk.Repairs.AssignAsync(ticket.Id, form, Ct))));

        Assert.Single(outcomes, e => e is null);
        Assert.Equal(users.Length - 1, outcomes.OfType<Stale>().Count());
        var winner = await host.InDatabaseAsync(db => db.RepairEvents.Where(e => e.Verb == RepairVerb.Assign)
            .Join(db.Users, e => e.ActorId, p => p.Id, (e, p) => p.FullName).SingleAsync(Ct));
        Assert.All(outcomes.OfType<Stale>(), s => Assert.Equal((winner, "水电组 · 孙强"), (s.By, s.CurrentState)));
    }

    [Fact]
    public async Task Stale_names_whoever_moved_the_ticket_not_whoever_spoke_last()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var form = await host.AssignmentAsync(ticket.Number);
        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.AssignAsync(ticket.Id, form, Ct);
        await (await host.AsAsync(TestUsers.Resident)).Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "谢谢" }, Ct);

        var stale = await Assert.ThrowsAsync<Stale>(async () => await (await host.AsAsync(TestUsers.Manager)).Repairs.AssignAsync(ticket.Id, form, Ct));
        Assert.Equal("王静", stale.By);
    }

    [Fact]
    public async Task Stale_without_a_crew_says_who_alone()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var form = await host.AssignmentAsync(ticket.Number);
        await (await host.AsAsync(TestUsers.Resident)).Repairs.CancelAsync(ticket.Id, new NoteForm(), Ct);

        var stale = await Assert.ThrowsAsync<Stale>(async () => await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.AssignAsync(ticket.Id, form, Ct));
        Assert.Equal(("王小雨", "StaleWho"), (stale.By, stale.Code));
    }

    [Fact]
    public async Task A_correction_of_an_older_version_is_stale_and_stores_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var room = await host.InDatabaseAsync(db => db.RepairTickets.Select(t => t.RoomId).SingleAsync(Ct));
        var form = new CorrectForm { Version = ticket.Version, RoomId = room, CategoryId = ticket.CategoryId, Phone = "13900001111" };
        var (first, second) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Manager));
        await first.Repairs.CorrectAsync(ticket.Id, form, Ct);

        var later = new CorrectForm { Version = ticket.Version, RoomId = room, CategoryId = ticket.CategoryId, Phone = "13700000000" };
        var stale = await Assert.ThrowsAsync<Stale>(() => second.Repairs.CorrectAsync(ticket.Id, later, Ct));

        Assert.Equal("王静", stale.By);
        Assert.Equal("13900001111", (await host.RowAsync(ticket.Number)).ContactPhone);
    }

    [Fact]
    public async Task An_emptied_phone_falls_back_to_the_reporter_s_own()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var room = await host.InDatabaseAsync(db => db.RepairTickets.Select(t => t.RoomId).SingleAsync(Ct));
        var office = await host.AsAsync(TestUsers.Dispatcher);
        await office.Repairs.CorrectAsync(
            ticket.Id, new CorrectForm { Version = ticket.Version, RoomId = room, CategoryId = ticket.CategoryId, Phone = " " }, Ct);
        Assert.Equal("18700003340", (await office.Tickets.DetailAsync(ticket.Number, Ct)).Phone);
    }
}

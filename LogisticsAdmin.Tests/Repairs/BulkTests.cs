using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.Repairs.Work.Bulk;
using LogisticsAdmin.Features.Repairs.Work.Undo;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>One verb on many tickets: each is done or refused on its own, by the rules of single tickets.</summary>
public sealed class BulkTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_ticket_answers_for_itself_and_the_others_go_on()
    {
        await using var host = await TestHost.OpenAsync();
        RepairRow[] rows =
        [
            await host.TicketAsync(), await host.TicketAsync(TicketStatus.Closed),
            await host.TicketAsync(TicketStatus.Triaged), await host.TicketAsync(),
        ];
        var request = await AssignAsync(host, [.. rows.Select(BulkTicket.Of), new BulkTicket(4711, "BX20261122-4711", TicketStatus.New, null, null)]);
        await (await host.AsAsync(TestUsers.Manager)).Repairs.AssignAsync(rows[3].Id, await host.AssignmentAsync(rows[3].Number), Ct);

        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var result = await desk.Get<RepairBulk>().RunAsync(request, ct: Ct);

        Assert.Equal([rows[0].Id, rows[2].Id], result.Done);
        Assert.Equal(
            [(rows[1].Number, "WrongState"), (rows[3].Number, "StaleBy"), ("BX20261122-4711", "NotFound")],
            result.Refused.Select(r => (r.Number, r.Why!.Code)));
        Assert.Equal(0, result.Remaining);
        Assert.Equal(TicketStatus.Assigned, (await host.RowAsync(rows[0].Number)).Status);
        Assert.Equal(TicketStatus.Closed, (await host.RowAsync(rows[1].Number)).Status);
    }

    [Fact]
    public async Task A_state_that_does_not_fit_is_refused_with_the_state_and_leaves_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var (closed, completed) = (await host.TicketAsync(TicketStatus.Closed), await host.TicketAsync(TicketStatus.Completed));
        var desk = await host.AsAsync(TestUsers.Dispatcher);

        var held = await desk.Get<RepairBulk>().RunAsync(
            new BulkRequest(TicketAction.Hold(new HoldForm { Reason = HoldReason.Parts }), [BulkTicket.Of(closed)]), ct: Ct);
        var verified = await desk.Get<RepairBulk>().RunAsync(
            new BulkRequest(TicketAction.Verify(new NoteForm()), [BulkTicket.Of(closed), BulkTicket.Of(completed)]), ct: Ct);

        var refusal = Assert.Single(held.Refused).Why!;
        Assert.Equal(("WrongState", TicketStatus.Closed), (refusal.Code, refusal.Args[0]));
        Assert.Equal([completed.Id], verified.Done);
        Assert.Equal(closed.Version, (await host.RowAsync(closed.Number)).Version);
        Assert.Equal(TicketStatus.Closed, (await host.RowAsync(completed.Number)).Status);
    }

    [Fact]
    public async Task Each_goes_to_the_crew_of_its_category_and_one_whose_category_has_none_is_refused()
    {
        await using var host = await TestHost.OpenAsync();
        RepairRow[] rows = [await host.TicketAsync(), await host.TicketAsync(), await host.TicketAsync()];
        var crews = await host.InDatabaseAsync(async db =>
        {
            var categories = await db.Categories.Where(c => c.ParentId != null && c.DefaultCrewId != null).ToListAsync(Ct);
            var first = categories[0];
            var second = categories.First(c => c.DefaultCrewId != first.DefaultCrewId);
            var orphan = categories.First(c => c.Id != first.Id && c.Id != second.Id);
            await db.Categories.Where(c => c.Id == orphan.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.DefaultCrewId, (long?)null), Ct);
            foreach (var (row, category) in rows.Zip([first, second, orphan]))
            {
                await db.RepairTickets.Where(t => t.Id == row.Id)
                    .ExecuteUpdateAsync(t => t.SetProperty(x => x.CategoryId, category.Id).SetProperty(x => x.SuggestedCrewId, (long?)null), Ct);
            }
            return (First: first.DefaultCrewId, Second: second.DefaultCrewId);
        });

        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var result = await desk.Get<RepairBulk>().RunAsync(
            new BulkRequest(TicketAction.Assign(new AssignForm { ToOwnCrew = true }), [.. rows.Select(BulkTicket.Of)]), ct: Ct);

        Assert.Equal([rows[0].Id, rows[1].Id], result.Done);
        Assert.Equal("NoOwnCrew", Assert.Single(result.Refused).Why!.Code);
        Assert.Equal((crews.First, null), await host.RowAsync(rows[0].Number) is var one ? (one.CrewId, one.TechnicianId) : default);
        Assert.Equal(crews.Second, (await host.RowAsync(rows[1].Number)).CrewId);
    }

    [Fact]
    public async Task A_canned_text_is_filled_for_each_ticket()
    {
        await using var host = await TestHost.OpenAsync();
        RepairRow[] rows = [await host.TicketAsync(), await host.TicketAsync()];
        var desk = await host.AsAsync(TestUsers.Dispatcher);

        var comment = TicketAction.Comment(new CommentForm { Text = "{单号} 已派人", FillsPlaceholders = true });
        await desk.Get<RepairBulk>().RunAsync(new BulkRequest(comment, [.. rows.Select(BulkTicket.Of)]), ct: Ct);

        foreach (var row in rows)
            Assert.True(await host.InDatabaseAsync(db => db.RepairEvents.AnyAsync(e => e.TicketId == row.Id && e.Note == $"{row.Number} 已派人", Ct)));
    }

    [Fact]
    public async Task A_text_that_becomes_too_long_for_a_ticket_is_refused_for_that_ticket()
    {
        await using var host = await TestHost.OpenAsync();
        var row = await host.TicketAsync();
        var text = string.Concat(Enumerable.Repeat("{单号}", RepairLimits.Description / 8));
        var comment = TicketAction.Comment(new CommentForm { Text = text, FillsPlaceholders = true });

        var result = await (await host.AsAsync(TestUsers.Dispatcher)).Get<RepairBulk>().RunAsync(new BulkRequest(comment, [BulkTicket.Of(row)]), ct: Ct);

        Assert.IsType<Rejected>(Assert.Single(result.Refused).Why);
        Assert.Equal(row.Version, (await host.RowAsync(row.Number)).Version);
    }

    [Fact]
    public async Task A_ticket_is_transferred_to_the_crew_of_its_category_too_and_never_to_a_dissolved_one()
    {
        await using var host = await TestHost.OpenAsync();
        var row = await host.TicketAsync(TicketStatus.Taken);
        var office = await host.AsAsync(TestUsers.Dispatcher);
        var form = await host.AssignmentAsync(row.Number);
        (form.ToOwnCrew, form.CrewId, form.TechnicianId) = (true, null, null);
        var own = await host.InDatabaseAsync(db => db.Categories.Where(c => c.Id == row.CategoryId).Select(c => c.DefaultCrewId).SingleAsync(Ct));

        await host.InDatabaseAsync(db => db.Crews.Where(c => c.Id == own).ExecuteUpdateAsync(c => c.SetProperty(x => x.RetiredAt, TestHost.Start), Ct));
        Assert.Equal("NoOwnCrew", (await Assert.ThrowsAsync<Rejected>(() => office.Repairs.TransferAsync(row.Id, form, Ct))).Code);

        await host.InDatabaseAsync(db =>
            db.Crews.Where(c => c.Id == own).ExecuteUpdateAsync(c => c.SetProperty(x => x.RetiredAt, (DateTimeOffset?)null), Ct));
        await office.Repairs.TransferAsync(row.Id, form, Ct);
        Assert.Equal((own, null), await host.RowAsync(row.Number) is var moved ? (moved.CrewId, moved.TechnicianId) : default);
    }

    [Fact]
    public async Task Many_are_accepted_resumed_and_rejected_with_a_reason()
    {
        await using var host = await TestHost.OpenAsync();
        var (fresh, held, wrong) = (await host.TicketAsync(), await host.TicketAsync(TicketStatus.OnHold), await host.TicketAsync());
        var bulk = (await host.AsAsync(TestUsers.Dispatcher)).Get<RepairBulk>();

        await bulk.RunAsync(new BulkRequest(TicketAction.Triage(), [BulkTicket.Of(fresh)]), ct: Ct);
        await bulk.RunAsync(new BulkRequest(TicketAction.Resume(new NoteForm()), [BulkTicket.Of(held)]), ct: Ct);
        await Assert.ThrowsAsync<Rejected>(() => bulk.RunAsync(new BulkRequest(TicketAction.Reject(new NoteForm()), [BulkTicket.Of(wrong)]), ct: Ct));
        await bulk.RunAsync(new BulkRequest(TicketAction.Reject(new NoteForm { Note = "重复" }), [BulkTicket.Of(wrong)]), ct: Ct);

        Assert.Equal(TicketStatus.Triaged, (await host.RowAsync(fresh.Number)).Status);
        Assert.NotEqual(TicketStatus.OnHold, (await host.RowAsync(held.Number)).Status);
        Assert.Equal(TicketStatus.Rejected, (await host.RowAsync(wrong.Number)).Status);
    }

    [Fact]
    public async Task All_batches_share_one_change_set_and_undoing_it_names_those_touched_since()
    {
        await using var host = await TestHost.OpenAsync();
        var tickets = await ManyAsync(host, 103);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        RecordedProgress progress = new();
        var result = await desk.Get<RepairBulk>().RunAsync(await AssignAsync(host, tickets), progress, Ct);
        Assert.Equal(103, result.Done.Count);
        Assert.Equal([new(50, 0, 103), new(100, 0, 103), new BulkProgress(103, 0, 103)], progress.Steps);
        Assert.Equal((1, 103), await host.InDatabaseAsync(async db => (await db.ChangeSets.CountAsync(Ct), await db.ChangeSetItems.CountAsync(Ct))));
        var technician = await host.AsAsync(TestUsers.Technician);
        await technician.Repairs.CommentAsync(tickets[7].Id, new CommentForm { Text = "今天去" }, Ct);
        await technician.Repairs.TakeAsync(tickets[101].Id, Ct);

        var offer = await desk.Get<UndoService>().LatestAsync(Ct);
        var undone = await desk.Get<UndoService>().UndoAsync(offer!.Id, Ct);

        Assert.Equal((RepairVerb.Assign, 103, "孙强"), (offer.Verb, offer.Count, offer.Technician));
        Assert.Equal(101, undone.Done);
        Assert.Equal(
            [(tickets[7].Number, "孙强", RepairVerb.Comment), (tickets[101].Number, "孙强", RepairVerb.Take)],
            undone.Refused.Select(r => (r.Number, r.By!, r.LastVerb)));
        Assert.Equal(101, await host.InDatabaseAsync(db => db.RepairTickets.CountAsync(t => t.Status == TicketStatus.New && t.CrewId == null, Ct)));
        Assert.True(await host.InDatabaseAsync(db => db.RepairEvents.AnyAsync(e => e.Note == "今天去", Ct)));
    }

    [Fact]
    public async Task Whoever_stops_hears_what_was_done_and_how_many_were_left()
    {
        await using var host = await TestHost.OpenAsync();
        var tickets = await ManyAsync(host, 101);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        using var stop = new CancellationTokenSource();

        var result = await desk.Get<RepairBulk>().RunAsync(await AssignAsync(host, tickets), new RecordedProgress(stop.Cancel), stop.Token);

        Assert.Equal((50, 0, 51), (result.Done.Count, result.Refused.Count, result.Remaining));
        Assert.Equal(50, await host.InDatabaseAsync(db => db.RepairTickets.CountAsync(t => t.Status == TicketStatus.Assigned, Ct)));
        Assert.Equal(50, (await desk.Get<UndoService>().LatestAsync(Ct))!.Count);
    }

    [Fact]
    public async Task An_error_in_the_middle_leaves_what_was_done_and_names_the_rest_by_a_reference_in_the_log()
    {
        RecordingLoggerProvider log = new();
        await using var host = await TestHost.OpenAsync(services => services.AddSingleton<ILoggerProvider>(log));
        var tickets = await ManyAsync(host, 103);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        await host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(
            """
            CREATE TRIGGER "Fault" BEFORE UPDATE ON "RepairTickets" WHEN NEW."Description" = '走廊灯不亮 60'
            BEGIN SELECT RAISE(ABORT, 'disk on fire'); END
            """,
            Ct));
        RecordedProgress progress = new();

        var result = await desk.Get<RepairBulk>().RunAsync(await AssignAsync(host, tickets), progress, Ct);

        long[] failed = [.. tickets.Skip(50).Take(50).Select(t => t.Id)];
        Assert.Equal(tickets.Select(t => t.Id).Except(failed), result.Done);
        Assert.Equal(failed, result.Refused.Select(r => r.Id));
        Assert.All(result.Refused, r => Assert.Null(r.Why));
        Assert.Equal(0, result.Remaining);
        Assert.Equal([new(50, 0, 103), new(50, 50, 103), new BulkProgress(53, 50, 103)], progress.Steps);
        var reference = Assert.Single(result.Refused.Select(r => r.ErrorReference).Distinct());
        var entry = Assert.Single(log.Errors, e => e.Message.Contains(reference!, StringComparison.Ordinal));
        Assert.Contains("disk on fire", entry.Error!.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            result.Done.Order(),
            await host.InDatabaseAsync(db =>
                db.RepairTickets.Where(t => t.Status == TicketStatus.Assigned).Select(t => t.Id).Order().ToListAsync(Ct)));
        Assert.Equal(103 + 53, await host.InDatabaseAsync(db => db.RepairEvents.CountAsync(Ct)));

        await host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("""DROP TRIGGER "Fault" """, Ct));
        var again = await desk.Get<RepairBulk>().RunAsync(await AssignAsync(host, [.. tickets.Where(t => failed.Contains(t.Id))]), ct: Ct);
        Assert.Equal(failed, again.Done);
        Assert.Equal(50, (await desk.Get<UndoService>().UndoAsync((await desk.Get<UndoService>().LatestAsync(Ct))!.Id, Ct)).Done);
    }

    [Fact]
    public async Task An_error_in_the_first_batch_costs_the_others_neither_their_change_nor_its_undo()
    {
        await using var host = await TestHost.OpenAsync();
        var tickets = await ManyAsync(host, 52);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        await host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(
            """
            CREATE TRIGGER "Fault" BEFORE UPDATE ON "RepairTickets" WHEN NEW."Description" = '走廊灯不亮 3'
            BEGIN SELECT RAISE(ABORT, 'disk on fire'); END
            """,
            Ct));

        var result = await desk.Get<RepairBulk>().RunAsync(await AssignAsync(host, tickets), ct: Ct);

        Assert.Equal((2, 50), (result.Done.Count, result.Refused.Count));
        Assert.Equal(2, (await desk.Get<UndoService>().LatestAsync(Ct))!.Count);
    }

    [Theory]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task It_is_for_the_office_alone(string person)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Completed);
        var desk = await host.AsAsync(person);
        foreach (var verb in BulkRequest.Verbs)
            await Assert.ThrowsAsync<Forbidden>(() => desk.Get<RepairBulk>().RunAsync(new BulkRequest(Empty(verb), [BulkTicket.Of(ticket)]), ct: Ct));
    }

    [Fact]
    public async Task What_was_typed_wrong_is_refused_before_anything_is_done()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = BulkTicket.Of(await host.TicketAsync());
        var bulk = (await host.AsAsync(TestUsers.Dispatcher)).Get<RepairBulk>();
        var many = Enumerable.Range(1, BulkRequest.MaxTickets + 1).Select(i => new BulkTicket(i, $"{i}", TicketStatus.New, null, null)).ToList();

        await Assert.ThrowsAsync<Rejected>(() => bulk.RunAsync(new BulkRequest(Empty(RepairVerb.Assign), [ticket]), ct: Ct));
        await Assert.ThrowsAsync<Rejected>(() => bulk.RunAsync(new BulkRequest(Empty(RepairVerb.ChangeUrgency), [ticket]), ct: Ct));
        await Assert.ThrowsAsync<Rejected>(() => bulk.RunAsync(new BulkRequest(Empty(RepairVerb.Hold), [ticket]), ct: Ct));
        await Assert.ThrowsAsync<Rejected>(() => bulk.RunAsync(new BulkRequest(TicketAction.Comment(new CommentForm { Text = " " }), [ticket]), ct: Ct));
        var tooMany = await Assert.ThrowsAsync<Rejected>(() => bulk.RunAsync(new BulkRequest(TicketAction.Verify(new NoteForm()), many), ct: Ct));
        Assert.Equal("BulkTooMany", tooMany.Code);
        Assert.Equal(1, await host.InDatabaseAsync(db => db.RepairEvents.CountAsync(Ct)));
    }

    [Fact]
    public async Task Comments_reach_every_ticket_stay_and_take_no_draft_photo_with_them()
    {
        await using var host = await TestHost.OpenAsync();
        var tickets = await ManyAsync(host, 3);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var draft = await host.InDatabaseAsync(async db =>
        {
            var photo = new RepairPhoto(Guid.NewGuid(), desk.PersonId, 10, 10, 100, TestHost.Start);
            db.RepairPhotos.Add(photo);
            await db.SaveChangesAsync(Ct);
            return photo.Key;
        });
        var bulk = desk.Get<RepairBulk>();

        var refused = await Assert.ThrowsAsync<Rejected>(() => bulk.RunAsync(
            new BulkRequest(TicketAction.Comment(new CommentForm { Text = "停水通知", Photos = [draft] }), tickets), ct: Ct));
        await bulk.RunAsync(new BulkRequest(TicketAction.Comment(new CommentForm { Text = "停水通知", Internal = true }), tickets), ct: Ct);

        Assert.Equal("BulkPhotos", refused.Code);
        Assert.Equal(3, await host.InDatabaseAsync(db => db.RepairEvents.CountAsync(e => e.Note == "停水通知" && e.Internal, Ct)));
        Assert.Equal(draft, Assert.Single(await desk.Get<RepairPhotos>().DraftsAsync([draft], Ct)).Key);
        Assert.Null(await desk.Get<UndoService>().LatestAsync(Ct));
    }

    [Fact]
    public async Task Bulk_undo_and_single_verbs_at_once_leave_valid_histories()
    {
        await using var host = await TestHost.OpenAsync();
        var tickets = await ManyAsync(host, 60);
        var (desk, manager, technician) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Manager),
            await host.AsAsync(TestUsers.Technician));
        var request = await AssignAsync(host, tickets);

        await Task.WhenAll(
            Task.Run(async () =>
            {
                await desk.Get<RepairBulk>().RunAsync(request, ct: Ct);
                if (await desk.Get<UndoService>().LatestAsync(Ct) is { } offer) await desk.Get<UndoService>().UndoAsync(offer.Id, Ct);
            }, Ct),
            Task.Run(() => EachAsync(id => manager.Repairs.TriageAsync(id, Ct)), Ct),
            Task.Run(() => EachAsync(id => technician.Repairs.TakeAsync(id, Ct)), Ct),
            Task.Run(() => EachAsync(id => manager.Repairs.CommentAsync(id, new CommentForm { Text = "已知悉" }, Ct)), Ct));

        var events = (await host.InDatabaseAsync(db => db.RepairEvents.OrderBy(e => e.Id).ToListAsync(Ct))).ToLookup(e => e.TicketId);
        var states = await host.InDatabaseAsync(db => db.RepairTickets.ToDictionaryAsync(t => t.Id, t => (t.Status, t.EventCount), Ct));
        foreach (var ticket in events)
        {
            foreach (var (earlier, later) in ticket.Zip(ticket.Skip(1))) Assert.Equal(earlier.To, later.From);
            Assert.Equal(states[ticket.Key], (ticket.Last().To, ticket.Count()));
        }
        Assert.Equal(60, await host.InDatabaseAsync(db => db.RepairEvents.CountAsync(e => e.Note == "已知悉", Ct)));

        async Task EachAsync(Func<long, Task> verb)
        {
            foreach (var ticket in tickets.Reverse())
            {
                try
                {
                    await verb(ticket.Id);
                }
                catch (Refusal)
                {
                    // Somebody else was faster.
                }
            }
        }
    }

    private static async Task<IReadOnlyList<BulkTicket>> ManyAsync(TestHost host, int count)
    {
        var (resident, form) = (await host.AsAsync(TestUsers.EnglishDispatcher), await host.FormAsync());
        for (var i = 0; i < count; i++)
        {
            form.Description = $"走廊灯不亮 {i}";
            await resident.Intake.SubmitAsync(form);
        }
        return await host.InDatabaseAsync(async db =>
            (IReadOnlyList<BulkTicket>)(await RepairRow.From(db, db.RepairTickets.OrderBy(t => t.Id)).ToListAsync(Ct))
                .OrderBy(r => r.Id).Select(BulkTicket.Of).ToList());
    }

    /// <summary>The verb with an empty form.</summary>
    private static TicketAction Empty(RepairVerb verb) => verb switch
    {
        RepairVerb.Assign => TicketAction.Assign(new AssignForm()),
        RepairVerb.ChangeUrgency => TicketAction.ChangeUrgency(null),
        RepairVerb.Hold => TicketAction.Hold(new HoldForm()),
        RepairVerb.Comment => TicketAction.Comment(new CommentForm()),
        _ => TicketAction.Verify(new NoteForm()),
    };

    private static Task<BulkRequest> AssignAsync(TestHost host, IReadOnlyList<BulkTicket> tickets) => host.InDatabaseAsync(async db =>
    {
        var technician = await db.Users.SingleAsync(p => p.UserName == TestUsers.Technician, Ct);
        return new BulkRequest(TicketAction.Assign(new AssignForm { CrewId = technician.CrewId, TechnicianId = technician.Id }), tickets);
    });
}

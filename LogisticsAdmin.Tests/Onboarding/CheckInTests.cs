using System.Globalization;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Onboarding.Desk;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>Check-in at the desk: beds, keys, steps that are missing, two desks at once, and undo.</summary>
public sealed class CheckInTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_checks_in_lives_in_the_bed_is_active_and_has_the_keys()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        await host.ChangeAsync("freshman1", f => f.ConfirmData(null, TestHost.Start));
        var person = await host.GivenAsync("freshman1", intake.Beds[0]);
        var desk = await host.AsAsync(TestUsers.Dispatcher);

        await desk.Get<EntryDeskService>().CheckInAsync(person, new CheckInForm { KeyLabels = "101-1， 101-2" }, Ct);

        var (stored, freshman) = (await host.PersonAsync("freshman1"), await host.FreshmanAsync("freshman1"));
        Assert.Equal((PersonStatus.Active, (long?)intake.Beds[0]), (stored.Status, stored.BedId));
        Assert.Equal((TestHost.Start, desk.PersonId, (string?)null), (freshman.CheckedInAt, freshman.CheckedInById, freshman.CheckedInBecause));
        var stay = await host.InDatabaseAsync(db => db.Occupancies.SingleAsync(o => o.PersonId == person, Ct));
        Assert.Equal((stored.RoomId, stored.BedId, (long?)desk.PersonId), ((long?)stay.RoomId, stay.BedId, stay.BeganById));
        var entry = await desk.Get<EntryDeskQueries>().ReadAsync(person, Ct);
        Assert.Equal(["101-1", "101-2"], entry.Keys.Select(k => k.Label));
        Assert.Equal(EntryState.Arrived, entry.Person.State);
        Assert.Equal(1, await host.MessagesAsync(person, 114));
    }

    [Fact]
    public async Task Missing_steps_need_a_reason_and_a_missing_bed_is_refused()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(fee: 50);
        var desk = await host.DeskAsync();
        var without = (await host.FreshmanAsync("freshman2")).PersonId;
        var person = await host.GivenAsync("freshman1", intake.Beds[0]);

        Assert.Equal("HasNoBed", (await Assert.ThrowsAsync<Rejected>(() => desk.CheckInAsync(without, EntryDeskSteps.Late(), Ct))).Code);
        var refused = await Assert.ThrowsAsync<Rejected>(() => desk.CheckInAsync(person, new CheckInForm { Because = " " }, Ct));
        Assert.Equal(("BecauseNeeded", nameof(CheckInForm.Because)), (refused.Code, refused.Problems.Single().Field));
        Assert.Equal(2, refused.Args.Single());
        Assert.Equal(PersonStatus.Expected, (await host.PersonAsync("freshman1")).Status);

        await desk.CheckInAsync(person, EntryDeskSteps.Late(), Ct);

        Assert.Equal("现场确认", (await host.FreshmanAsync("freshman1")).CheckedInBecause);
    }

    [Fact]
    public async Task A_bed_that_somebody_took_meanwhile_is_refused_and_says_who_has_it()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var person = await host.GivenAsync("freshman1", intake.Beds[0]);
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var other = await db.Users.SingleAsync(p => p.UserName == TestUsers.Resident, token);
            var room = await db.Beds.Where(b => b.Id == intake.Beds[0]).Select(b => b.RoomId).SingleAsync(token);
            await Housing.MoveAsync(db, other, room, intake.Beds[0], TestHost.Start, token);
            return 0;
        }, Ct));

        var refused = await Assert.ThrowsAsync<Rejected>(async () => await (await host.DeskAsync()).CheckInAsync(person, EntryDeskSteps.Late(), Ct));

        Assert.Equal("BedTaken", refused.Code);
        Assert.Contains("王小雨", refused.Args.Single()!.ToString(), StringComparison.Ordinal);
        Assert.Null((await host.FreshmanAsync("freshman1")).CheckedInAt);
        Assert.Null((await host.PersonAsync("freshman1")).BedId);
    }

    [Fact]
    public async Task Of_two_desks_at_once_one_checks_in_and_the_other_is_told()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var person = await host.GivenAsync("freshman1", intake.Beds[0]);
        EntryDeskService[] desks = [await host.DeskAsync(), await host.DeskAsync(TestUsers.Administrator), await host.DeskAsync(TestUsers.EnglishDispatcher)];

        var codes = await Task.WhenAll(desks.Select(d =>
            Task.Run(() => EntryDeskSteps.CodeOfAsync(() => d.CheckInAsync(person, EntryDeskSteps.Late("K1"), Ct)), Ct)));

        Assert.Equal(["IsCheckedIn", "IsCheckedIn", null], codes.OrderBy(c => c is null));
        Assert.Equal(1, await host.InDatabaseAsync(db => db.Occupancies.CountAsync(o => o.PersonId == person, Ct)));
        Assert.Equal(1, await host.InDatabaseAsync(db => db.RoomKeys.CountAsync(Ct)));
    }

    [Fact]
    public async Task Of_two_desks_that_give_the_same_bed_one_is_told_who_has_it()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var people = new List<long>();
        foreach (var user in intake.Students) people.Add((await host.FreshmanAsync(user)).PersonId);
        var (one, other) = (await host.DeskAsync(), await host.DeskAsync(TestUsers.Administrator));

        var codes = await Task.WhenAll(
            Task.Run(() => EntryDeskSteps.CodeOfAsync(() => one.GiveBedAsync(people[0], new GiveBedForm { BedId = intake.Beds[0] }, Ct)), Ct),
            Task.Run(() => EntryDeskSteps.CodeOfAsync(() => other.GiveBedAsync(people[2], new GiveBedForm { BedId = intake.Beds[0] }, Ct)), Ct));

        Assert.Equal(["BedTaken", null], codes.OrderBy(c => c is null));
        Assert.Equal(1, await host.InDatabaseAsync(db => db.Freshmen.CountAsync(f => f.BedId == intake.Beds[0], Ct)));
    }

    [Fact]
    public async Task A_bed_that_is_held_is_refused_until_the_hold_runs_out()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        await host.ChangeAsync("freshman3", f => f.Hold(intake.Beds[0], TestHost.Start.AddMinutes(10)));
        var (desk, person) = (await host.DeskAsync(), (await host.FreshmanAsync("freshman1")).PersonId);
        var form = new GiveBedForm { BedId = intake.Beds[0] };

        Assert.Equal("BedTaken", await EntryDeskSteps.CodeOfAsync(() => desk.GiveBedAsync(person, form, Ct)));
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        await desk.GiveBedAsync(person, form, Ct);

        Assert.Equal(intake.Beds[0], (await host.FreshmanAsync("freshman1")).BedId);
        Assert.Null((await host.FreshmanAsync("freshman3")).BedId);
    }

    [Fact]
    public async Task Only_offered_beds_are_given_unless_the_desk_says_anywhere()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var person = (await host.FreshmanAsync("freshman1")).PersonId;
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var elsewhere = (await desk.Get<EntryDeskQueries>().FreeBedsAsync(person, anywhere: true, "竹园", Ct))[0];

        Assert.Equal(intake.Beds.Order(), (await desk.Get<EntryDeskQueries>().FreeBedsAsync(person, anywhere: false, null, Ct)).Select(b => b.Id).Order());
        Assert.Equal("NotOffered", await EntryDeskSteps.CodeOfAsync(
            () => desk.Get<EntryDeskService>().GiveBedAsync(person, new GiveBedForm { BedId = elsewhere.Id }, Ct)));
        await desk.Get<EntryDeskService>().GiveBedAsync(person, new GiveBedForm { BedId = elsewhere.Id, IsAnywhere = true }, Ct);

        Assert.Equal(elsewhere.Id, (await host.FreshmanAsync("freshman1")).BedId);
    }

    [Fact]
    public async Task A_key_that_somebody_else_has_is_refused_at_its_field_and_nothing_is_stored()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var (one, other) = (await host.GivenAsync("freshman1", intake.Beds[0]), await host.GivenAsync("freshman3", intake.Beds[1]));
        var desk = await host.DeskAsync();
        await desk.CheckInAsync(one, EntryDeskSteps.Late("K1"), Ct);

        var refused = await Assert.ThrowsAsync<Rejected>(() => desk.CheckInAsync(other, EntryDeskSteps.Late("K2,K1"), Ct));
        Assert.Equal(("KeyTaken", nameof(CheckInForm.KeyLabels)), (refused.Code, refused.Problems.Single().Field));
        Assert.Equal(["K1", "新生1"], refused.Args);
        Assert.Null((await host.FreshmanAsync("freshman3")).CheckedInAt);
        Assert.Equal(1, await host.InDatabaseAsync(db => db.RoomKeys.CountAsync(Ct)));

        await desk.CheckInAsync(other, EntryDeskSteps.Late(), Ct);
        await desk.HandKeyAsync(other, new HandKeyForm { KeyLabels = "K3" }, Ct);
        await desk.HandKeyAsync(one, new HandKeyForm { KeyLabels = "K1" }, Ct);
        Assert.Equal(2, await host.InDatabaseAsync(db => db.RoomKeys.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_check_in_is_undone_with_bed_status_and_keys()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var person = await host.GivenAsync("freshman1", intake.Beds[0]);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        await desk.Get<EntryDeskService>().CheckInAsync(person, EntryDeskSteps.Late("K1"), Ct);
        var undo = desk.Get<EntryUndo>();

        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);

        var (stored, freshman) = (await host.PersonAsync("freshman1"), await host.FreshmanAsync("freshman1"));
        Assert.Equal((PersonStatus.Expected, null, null), (stored.Status, stored.RoomId, stored.BedId));
        Assert.Equal((null, null, intake.Beds[0], true), (freshman.CheckedInAt, freshman.CheckedInBecause, freshman.BedId, freshman.HasBed));
        Assert.Equal(0, await host.InDatabaseAsync(db => db.Occupancies.CountAsync(o => o.PersonId == person, Ct)));
        Assert.NotNull((await host.InDatabaseAsync(db => db.RoomKeys.SingleAsync(Ct))).ReturnedAt);
        // And once more.
        await desk.Get<EntryDeskService>().CheckInAsync(person, EntryDeskSteps.Late("K1"), Ct);
    }

    [Fact]
    public async Task A_key_that_came_back_meanwhile_does_not_keep_a_check_in_from_being_undone()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var person = await host.GivenAsync("freshman1", intake.Beds[0]);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        await desk.Get<EntryDeskService>().CheckInAsync(person, EntryDeskSteps.Late("K1,K2"), Ct);
        var other = await host.AsAsync(TestUsers.Administrator);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await other.Get<RoomKeyService>().ReturnAsync(person, await KeyAsync(host, "K1"), Ct);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var undo = desk.Get<EntryUndo>();

        var outcome = await undo.UndoAsync(undo.Latest!.Value, Ct);

        Assert.Equal((1, 0), (outcome.Done, outcome.Left.Count));
        Assert.Equal((PersonStatus.Expected, null), ((await host.PersonAsync("freshman1")).Status, (await host.FreshmanAsync("freshman1")).CheckedInAt));
        // Each key came back once, from who took it back.
        Assert.Equal([("K1", TestHost.Start.AddSeconds(1), other.PersonId), ("K2", TestHost.Start.AddSeconds(2), desk.PersonId)], await ReturnsAsync(host));
    }

    [Fact]
    public async Task Who_got_another_key_since_stays_checked_in_and_the_refusal_says_why()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var person = await host.GivenAsync("freshman1", intake.Beds[0]);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        await desk.Get<EntryDeskService>().CheckInAsync(person, EntryDeskSteps.Late("K1"), Ct);
        await (await host.DeskAsync(TestUsers.Administrator)).HandKeyAsync(person, new HandKeyForm { KeyLabels = "K2" }, Ct);
        var undo = desk.Get<EntryUndo>();

        var left = Assert.Single((await undo.UndoAsync(undo.Latest!.Value, Ct)).Left);

        Assert.Equal(("新生1", "KeyHandedSince"), (left.Name, Assert.IsType<Rejected>(left.Why).Code));
        Assert.NotNull((await host.FreshmanAsync("freshman1")).CheckedInAt);
        Assert.Empty(await ReturnsAsync(host));
    }

    [Fact]
    public async Task Keys_that_were_handed_over_are_taken_back_by_undo_and_others_stay_where_they_are()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var person = await host.GivenAsync("freshman1", intake.Beds[0]);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var (service, undo, other) = (desk.Get<EntryDeskService>(), desk.Get<EntryUndo>(), await host.AsAsync(TestUsers.Administrator));
        await service.CheckInAsync(person, EntryDeskSteps.Late("K1"), Ct);
        await service.HandKeyAsync(person, new HandKeyForm { KeyLabels = "K2,K3" }, Ct);
        await other.Get<RoomKeyService>().ReturnAsync(person, await KeyAsync(host, "K1"), Ct);
        await other.Get<RoomKeyService>().ReturnAsync(person, await KeyAsync(host, "K2"), Ct);
        await other.Get<EntryDeskService>().HandKeyAsync(person, new HandKeyForm { KeyLabels = "K4" }, Ct);
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);

        Assert.Equal(
            [("K1", TestHost.Start, other.PersonId), ("K2", TestHost.Start, other.PersonId), ("K3", TestHost.Start.AddSeconds(1), desk.PersonId)],
            await ReturnsAsync(host));
        Assert.NotNull((await host.FreshmanAsync("freshman1")).CheckedInAt);
    }

    [Fact]
    public async Task A_withdrawal_frees_bed_and_time_and_is_undone_or_taken_back_later()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var time = await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var added = new DeskTime(intake.Season, new DateOnly(2026, 11, 25), new TimeOnly(9, 0), new TimeOnly(10, 0), 1);
            db.DeskTimes.Add(added);
            await db.SaveChangesAsync(token);
            return added.Id;
        }, Ct));
        await host.ChangeAsync("freshman1", f => f.Arrive(time));
        var person = await host.GivenAsync("freshman1", intake.Beds[0]);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var (service, undo) = (desk.Get<EntryDeskService>(), desk.Get<EntryUndo>());
        var form = new WithdrawEntryForm { Because = "复读" };

        await service.WithdrawAsync(person, form, Ct);
        var gone = await host.FreshmanAsync("freshman1");
        Assert.Equal((null, null, "复读"), (gone.BedId, gone.DeskTimeId, gone.WithdrawnBecause));
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        var back = await host.FreshmanAsync("freshman1");
        Assert.Equal((intake.Beds[0], time, null), (back.BedId, back.DeskTimeId, back.WithdrawnAt));

        await service.WithdrawAsync(person, form, Ct);
        await host.GivenAsync("freshman3", intake.Beds[0]);
        Assert.Equal("BedTaken", Assert.Single((await undo.UndoAsync(undo.Latest!.Value, Ct)).Left).Why.Code);
        await service.ReinstateAsync(person, Ct);
        Assert.Equal((null, null), ((await host.FreshmanAsync("freshman1")).WithdrawnAt, (await host.FreshmanAsync("freshman1")).BedId));
    }

    [Fact]
    public async Task People_are_found_by_code_name_pinyin_and_number_and_wrong_codes_are_counted()
    {
        await using var host = await TestHost.OpenAsync();
        await host.IntakeAsync();
        var freshman = await host.FreshmanAsync("freshman2");
        var desk = (await host.AsAsync(TestUsers.Dispatcher)).Get<EntryDeskQueries>();

        var byCode = await desk.FindAsync($" {ArrivalCode.Show(freshman.Code).ToLowerInvariant()} ", Ct);
        Assert.True(byCode.IsByCode);
        Assert.Equal(freshman.PersonId, Assert.Single(byCode.People).PersonId);
        foreach (var typed in new[] { "新生2", "xinsheng2", "20260002" })
            Assert.Contains((await desk.FindAsync(typed, Ct)).People, p => p.PersonId == freshman.PersonId);
        // Residents who are no freshmen are not found.
        Assert.Empty((await desk.FindAsync("王小雨", Ct)).People);

        for (var guess = 0; guess < CodeGuesses.Most; guess++) Assert.Empty((await desk.FindAsync("ZZZZZZZZZZ", Ct)).People);
        Assert.Equal("TooManyGuesses", (await Assert.ThrowsAsync<Rejected>(() => desk.FindAsync(freshman.Code, Ct))).Code);
        Assert.NotEmpty((await desk.FindAsync("新生2", Ct)).People);
        host.Clock.Advance(CodeGuesses.Within + TimeSpan.FromSeconds(1));
        Assert.Single((await desk.FindAsync(freshman.Code, Ct)).People);
    }

    [Fact]
    public async Task The_detail_shows_remark_steps_fees_and_time()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(fee: 50);
        await host.ChangeAsync("freshman1", f =>
        {
            f.ConfirmData("专业写错了", TestHost.Start);
            f.DeferFees(Money.FromYuan(50), "助学贷款", TestHost.Start);
        });
        var (one, other) = ((await host.FreshmanAsync("freshman1")).PersonId, await host.GivenAsync("freshman2", intake.Beds[0]));
        var desk = (await host.AsAsync(TestUsers.Manager)).Get<EntryDeskQueries>();

        var (first, second) = (await desk.ReadAsync(one, Ct), await desk.ReadAsync(other, Ct));

        Assert.Equal(("专业写错了", "助学贷款", false), (first.DataRemark, first.Fees.DeferReason, first.Fees.IsOwed));
        Assert.Equal([OnboardingStep.Bed], first.Steps.Where(s => !s.IsDone).Select(s => s.Step));
        Assert.Equal((5_000, true), (second.Fees.Amount.Fen, second.Fees.IsOwed));
        Assert.Equal([OnboardingStep.Data, OnboardingStep.Fees], second.Missing);
        Assert.EndsWith("101-1", second.Person.Place, StringComparison.Ordinal);
        Assert.Equal(new EntryCounts(0, 0, 0, 3), await desk.CountsAsync(Ct));
    }

    [Fact]
    public async Task Damage_in_the_room_becomes_a_ticket_of_who_is_at_the_desk()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var person = await host.GivenAsync("freshman1", intake.Beds[0]);
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            (await db.Users.Include(p => p.SignInNames).SingleAsync(p => p.UserName == TestUsers.Dispatcher, token)).SetOwnContact("13800000000", null);
            return 0;
        }, Ct));
        var desk = await host.AsAsync(TestUsers.Dispatcher);

        var number = await desk.Get<EntryDeskService>().ReportDamageAsync(person, new DamageForm { Description = "衣柜门脱落" }, Ct);

        var ticket = await host.InDatabaseAsync(db => db.RepairTickets.AsNoTracking().SingleAsync(t => t.Number == number, Ct));
        var room = await host.InDatabaseAsync(db => db.Beds.Where(b => b.Id == intake.Beds[0]).Select(b => b.RoomId).SingleAsync(Ct));
        Assert.Equal((room, (long?)desk.PersonId, "衣柜门脱落"), (ticket.RoomId, ticket.ReporterId, ticket.Description));
        var category = await host.InDatabaseAsync(db => db.Categories.SingleAsync(c => c.Id == ticket.CategoryId, Ct));
        Assert.Equal("other", category.Code);
        Assert.Equal("HasNoBed", await EntryDeskSteps.CodeOfAsync(async () => await desk.Get<EntryDeskService>()
            .ReportDamageAsync((await host.FreshmanAsync("freshman2")).PersonId, new DamageForm { Description = "坏了" }, Ct)));
    }

    [Fact]
    public async Task A_bed_in_a_room_of_another_gender_is_neither_offered_nor_given_anywhere()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(isMixed: true);
        await host.GivenAsync("freshman2", intake.Beds[0]);
        var (desk, person) = (await host.AsAsync(TestUsers.Dispatcher), (await host.FreshmanAsync("freshman1")).PersonId);
        var service = desk.Get<EntryDeskService>();

        foreach (var anywhere in new[] { true, false })
        {
            var form = new GiveBedForm { BedId = intake.Beds[1], IsAnywhere = anywhere };
            var refused = await Assert.ThrowsAsync<Rejected>(() => service.GiveBedAsync(person, form, Ct));
            Assert.Equal(("OtherGender", nameof(GiveBedForm.BedId)), (refused.Code, refused.Problems.Single().Field));
            Assert.Equal(
                intake.Beds.Skip(4).Order(),
                (await desk.Get<EntryDeskQueries>().FreeBedsAsync(person, anywhere, "新生1号楼", Ct)).Select(b => b.Id).Order());
        }
        await service.GiveBedAsync(person, new GiveBedForm { BedId = intake.Beds[4], IsAnywhere = true }, Ct);

        Assert.Equal(intake.Beds[4], (await host.FreshmanAsync("freshman1")).BedId);
    }

    [Fact]
    public async Task Undo_of_a_given_bed_takes_its_message_back_and_tells_who_has_read_it()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var (desk, person) = (await host.AsAsync(TestUsers.Dispatcher), (await host.FreshmanAsync("freshman1")).PersonId);
        var (service, undo) = (desk.Get<EntryDeskService>(), desk.Get<EntryUndo>());

        await service.GiveBedAsync(person, new GiveBedForm { BedId = intake.Beds[0] }, Ct);
        Assert.Equal([(114, intake.Beds[0])], await ToldAsync());
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Empty(await ToldAsync());

        await service.GiveBedAsync(person, new GiveBedForm { BedId = intake.Beds[0] }, Ct);
        await ReadAsync();
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Equal([(114, intake.Beds[0]), (115, intake.Beds[0])], await ToldAsync());

        // Who has an earlier bed again is told which.
        await service.GiveBedAsync(person, new GiveBedForm { BedId = intake.Beds[1] }, Ct);
        await service.GiveBedAsync(person, new GiveBedForm { BedId = intake.Beds[2] }, Ct);
        await ReadAsync();
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Equal((114, intake.Beds[1]), (await ToldAsync())[^1]);
        Assert.Equal(intake.Beds[1], (await host.FreshmanAsync("freshman1")).BedId);

        // A check-in that is undone takes no message back.
        await service.CheckInAsync(person, EntryDeskSteps.Late(), Ct);
        var before = await ToldAsync();
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Equal(before, await ToldAsync());

        async Task<List<(int Kind, long Bed)>> ToldAsync() => (await host.InDatabaseAsync(db => db.Inbox.AsNoTracking().Where(i => i.PersonId == person)
            .OrderBy(i => i.Id).ToListAsync(Ct))).ConvertAll(i => (i.Kind, long.Parse(i.Subject, CultureInfo.InvariantCulture)));

        Task ReadAsync() => host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            foreach (var message in await db.Inbox.Where(i => i.PersonId == person).ToListAsync(token)) message.Read(TestHost.Start);
            return 0;
        }, Ct));
    }

    private static Task<long> KeyAsync(TestHost host, string label) =>
        host.InDatabaseAsync(db => db.RoomKeys.Where(k => k.Label == label).Select(k => k.Id).SingleAsync(Ct));

    /// <summary>The keys that came back: when, and who took them.</summary>
    private static async Task<List<(string Label, DateTimeOffset At, long By)>> ReturnsAsync(TestHost host) =>
        (await host.InDatabaseAsync(db => db.RoomKeys.AsNoTracking().Where(k => k.ReturnedAt != null).OrderBy(k => k.Label).ToListAsync(Ct)))
            .ConvertAll(k => (k.Label, k.ReturnedAt!.Value, k.ReturnedById!.Value));
}

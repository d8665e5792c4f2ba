using LogisticsAdmin.Features.Onboarding.Desk;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>Who may do what at the desk and with whom, a hand-written table.</summary>
public sealed class EntryDeskAccessTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Of each act and state how it is refused; null where it is possible.</summary>
    private static readonly Dictionary<EntryAct, (EntryState State, string? Refused)[]> Possible = new()
    {
        [EntryAct.GiveBed] =
            [(EntryState.WithoutBed, null), (EntryState.WithBed, null), (EntryState.Arrived, "IsCheckedIn"), (EntryState.Withdrawn, "IsWithdrawn")],
        [EntryAct.CheckIn] =
            [(EntryState.WithoutBed, "HasNoBed"), (EntryState.WithBed, null), (EntryState.Arrived, "IsCheckedIn"), (EntryState.Withdrawn, "IsWithdrawn")],
        [EntryAct.HandKey] =
            [(EntryState.WithoutBed, "NotThere"), (EntryState.WithBed, "NotThere"), (EntryState.Arrived, null), (EntryState.Withdrawn, "NotThere")],
        [EntryAct.Withdraw] =
            [(EntryState.WithoutBed, null), (EntryState.WithBed, null), (EntryState.Arrived, "IsCheckedIn"), (EntryState.Withdrawn, "IsWithdrawn")],
        [EntryAct.Reinstate] =
            [(EntryState.WithoutBed, "IsExpected"), (EntryState.WithBed, "IsExpected"), (EntryState.Arrived, "IsExpected"), (EntryState.Withdrawn, null)],
    };

    [Fact]
    public async Task Each_act_is_possible_in_its_states_only_and_says_why_not()
    {
        Assert.Equal(Enum.GetValues<EntryAct>(), Possible.Keys);
        await using var host = await TestHost.OpenAsync();
        var cases = Possible.SelectMany(p => p.Value.Select(v => (Act: p.Key, v.State, v.Refused))).ToList();
        var intake = await host.IntakeAsync(students: cases.Count, beds: 2 * cases.Count);
        var desk = await host.DeskAsync();
        foreach (var ((act, state, refused), n) in cases.Select((c, n) => (c, n)))
        {
            var person = (await host.FreshmanAsync(intake.Students[n])).PersonId;
            await BringAsync(desk, person, state, intake.Beds[2 * n]);
            Assert.Equal((act, state, refused), (act, state, await EntryDeskSteps.CodeOfAsync(() => DoAsync(desk, act, person, intake.Beds[2 * n + 1]))));
        }
    }

    [Theory]
    [InlineData(TestUsers.Resident, false, false)]
    [InlineData("freshman1", false, false)]
    [InlineData(TestUsers.Technician, false, false)]
    [InlineData(TestUsers.Manager, true, false)]
    [InlineData(TestUsers.Dispatcher, true, true)]
    [InlineData(TestUsers.Administrator, true, true)]
    public async Task The_office_reads_and_who_may_move_residents_acts(string who, bool isOffice, bool mayAct)
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var freshman = await host.FreshmanAsync("freshman1");
        var person = await host.AsAsync(who);
        var (desk, queries, board) = (person.Get<EntryDeskService>(), person.Get<EntryDeskQueries>(), person.Get<EntryBoardQueries>());
        var (fills, papers) = (person.Get<BedFillService>(), person.Get<EntryPapers>());
        var (keys, returns) = (person.Get<RoomKeyQueries>(), person.Get<RoomKeyService>());

        await MayAsync(isOffice, () => queries.FindAsync(freshman.Code, Ct));
        await MayAsync(isOffice, () => queries.ReadAsync(freshman.PersonId, Ct));
        await MayAsync(isOffice, () => queries.FreeBedsAsync(freshman.PersonId, false, null, Ct));
        await MayAsync(isOffice, () => queries.CountsAsync(Ct));
        await MayAsync(isOffice, () => board.ReadAsync(Ct));
        await MayAsync(isOffice, () => board.ListAsync(new EntryFilter(), Ct));
        await MayAsync(isOffice, () => board.AllAsync(new EntryFilter(), Ct));
        await MayAsync(isOffice, () => fills.PreviewAsync(1, Ct));
        await MayAsync(isOffice, () => fills.ListAsync(Ct));
        await MayAsync(isOffice, () => papers.RoomsAsync(null, Ct));
        await MayAsync(isOffice, () => papers.DoorSignsAsync(intake.Building, Ct));
        await MayAsync(isOffice, () => keys.ListAsync(new RoomKeyFilter(), Ct));
        await MayAsync(isOffice, () => keys.AllAsync(new RoomKeyFilter(), Ct));
        await MayAsync(mayAct, () => desk.WithdrawAsync(freshman.PersonId, new WithdrawEntryForm { Because = "试" }, Ct));
        await MayAsync(mayAct, () => desk.ReinstateAsync(freshman.PersonId, Ct));
        await MayAsync(mayAct, () => desk.GiveBedAsync(freshman.PersonId, new GiveBedForm { BedId = intake.Beds[0] }, Ct));
        await MayAsync(mayAct, () => desk.CheckInAsync(freshman.PersonId, EntryDeskSteps.Late(), Ct));
        await MayAsync(mayAct, () => desk.HandKeyAsync(freshman.PersonId, new HandKeyForm { KeyLabels = "K" }, Ct));
        var key = await host.InDatabaseAsync(db => db.RoomKeys.Select(k => k.Id).FirstOrDefaultAsync(Ct));
        await MayAsync(mayAct, () => returns.ReturnAsync(freshman.PersonId, key, Ct));
        if (!mayAct)
        {
            await Assert.ThrowsAsync<Forbidden>(() => person.Get<RoomKeyUndo>().UndoAsync(1, Ct));
            await Assert.ThrowsAsync<Forbidden>(() => desk.ReportDamageAsync(freshman.PersonId, new DamageForm { Description = "坏" }, Ct));
            await Assert.ThrowsAsync<Forbidden>(() => fills.ApplyAsync(1, "", Ct));
            await Assert.ThrowsAsync<Forbidden>(() => fills.UndoAsync(1, Ct));
        }
    }

    [Fact]
    public async Task Who_is_no_freshman_of_the_open_season_does_not_exist_at_the_desk()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var (desk, resident, freshman) = (
            await host.DeskAsync(), (await host.AsAsync(TestUsers.Resident)).PersonId, (await host.FreshmanAsync("freshman1")).PersonId);
        await Assert.ThrowsAsync<NotFound>(() => desk.GiveBedAsync(resident, new GiveBedForm { BedId = intake.Beds[0] }, Ct));

        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            (await db.OnboardingSeasons.SingleAsync(token)).Close(TestHost.Start);
            return 0;
        }, Ct));

        await Assert.ThrowsAsync<NotFound>(() => desk.GiveBedAsync(freshman, new GiveBedForm { BedId = intake.Beds[0] }, Ct));
        Assert.Null(await (await host.AsAsync(TestUsers.Dispatcher)).Get<EntryDeskQueries>().CountsAsync(Ct));
    }

    [Fact]
    public async Task What_is_typed_is_checked_for_length_and_invisible_characters()
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.DeskAsync();
        Func<Task>[] wrong =
        [
            () => desk.GiveBedAsync(1, new GiveBedForm(), Ct),
            () => desk.CheckInAsync(1, new CheckInForm { Because = new string('因', OnboardingLimits.Reason + 1) }, Ct),
            () => desk.CheckInAsync(1, new CheckInForm { KeyLabels = new string('1', OnboardingLimits.KeyLabel + 1) }, Ct),
            () => desk.CheckInAsync(1, new CheckInForm { KeyLabels = "1,2,3,4,5,6" }, Ct),
            () => desk.HandKeyAsync(1, new HandKeyForm { KeyLabels = "\u200B" }, Ct),
            () => desk.WithdrawAsync(1, new WithdrawEntryForm { Because = "\u200B \u202E" }, Ct),
            () => desk.ReportDamageAsync(1, new DamageForm { Description = "" }, Ct),
        ];
        foreach (var act in wrong) Assert.Single((await Assert.ThrowsAsync<Rejected>(act)).Problems);
    }

    private static async Task BringAsync(EntryDeskService desk, long person, EntryState state, long bed)
    {
        if (state is EntryState.WithBed or EntryState.Arrived) await desk.GiveBedAsync(person, new GiveBedForm { BedId = bed }, Ct);
        if (state == EntryState.Arrived) await desk.CheckInAsync(person, EntryDeskSteps.Late(), Ct);
        if (state == EntryState.Withdrawn) await desk.WithdrawAsync(person, new WithdrawEntryForm { Because = "试" }, Ct);
    }

    private static Task DoAsync(EntryDeskService desk, EntryAct act, long person, long bed) => act switch
    {
        EntryAct.GiveBed => desk.GiveBedAsync(person, new GiveBedForm { BedId = bed }, Ct),
        EntryAct.CheckIn => desk.CheckInAsync(person, EntryDeskSteps.Late(), Ct),
        EntryAct.HandKey => desk.HandKeyAsync(person, new HandKeyForm { KeyLabels = "K" }, Ct),
        EntryAct.Withdraw => desk.WithdrawAsync(person, new WithdrawEntryForm { Because = "试" }, Ct),
        _ => desk.ReinstateAsync(person, Ct),
    };

    private static async Task MayAsync(bool may, Func<Task> act)
    {
        if (may) await act();
        else await Assert.ThrowsAsync<Forbidden>(act);
    }
}

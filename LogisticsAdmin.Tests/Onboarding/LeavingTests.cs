using System.Globalization;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.MoveOut;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Onboarding.Desk;
using LogisticsAdmin.Features.Onboarding.Leaving;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Places.Beds;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Places;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>Rounds of leaving: who is in them, what holds people up, and the check-out of one and of many.</summary>
public sealed class LeavingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_round_has_the_residents_of_its_classes_who_live_in_a_room()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        await ChangeAsync(host, "b2", p => p.MoveTo(null));
        await ChangeAsync(host, "b1", p => p.SetStudies(Gender.Male, null, null, "别的班", 2023));
        var round = await host.RoundAsync();
        Assert.Equal(dormitory.People.Take(2), await PeopleAsync(host, round));

        // Who comes to the class later is added by the button, and who left it and was not inspected is removed.
        await ChangeAsync(host, "b1", p => p.SetStudies(Gender.Male, null, null, Dormitory.ClassName, 2023));
        await ChangeAsync(host, "a2", p => p.SetStudies(Gender.Male, null, null, "别的班", 2023));
        await host.InspectAsync("a1");
        await ChangeAsync(host, "a1", p => p.SetStudies(Gender.Male, null, null, "别的班", 2023));
        var service = (await host.AsAsync(TestUsers.Dispatcher)).Get<LeavingService>();
        Assert.Equal(1, await service.EnrolAsync(round, Ct));
        Assert.Equal(0, await service.EnrolAsync(round, Ct));
        Assert.Equal([dormitory.People[0], dormitory.People[2]], await PeopleAsync(host, round));
    }

    [Fact]
    public async Task A_class_is_in_one_open_round_at_a_time()
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<LeavingService>();
        var first = await host.RoundAsync($"{Dormitory.ClassName}，其他班");
        var refused = await Assert.ThrowsAsync<Rejected>(() => host.RoundAsync());
        Assert.Equal(("ClassTaken", nameof(LeavingRoundForm.Classes)), (refused.Code, Assert.Single(refused.Problems).Field));
        await manager.CloseAsync(first, Ct);
        var second = await host.RoundAsync();
        Assert.Equal("ClassTaken", (await Assert.ThrowsAsync<Rejected>(() => manager.ReopenAsync(first, Ct))).Code);
        await manager.CloseAsync(second, Ct);
        await manager.ReopenAsync(first, Ct);

        var queries = (await host.AsAsync(TestUsers.Manager)).Get<LeavingQueries>();
        var row = await queries.RoundAsync(first, Ct);
        Assert.Equal((true, 4, 0), (row.IsOpen, row.People, row.Left));
        Assert.Equal(["其他班", Dormitory.ClassName], row.Classes.Order(StringComparer.Ordinal));
        var form = LeavingSteps.RoundForm();
        form.Version = row.Version;
        await manager.SaveAsync(first, form, Ct);
        await Assert.ThrowsAsync<Stale>(() => manager.SaveAsync(first, form, Ct));
        Assert.Equal([Dormitory.ClassName], (await queries.RoundAsync(first, Ct)).Classes);
    }

    [Fact]
    public async Task Days_classes_and_amounts_are_checked()
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<LeavingService>();
        var form = LeavingSteps.RoundForm(" , \n");
        form.LastDay = new DateOnly(2026, 11, 1);
        var refused = await Assert.ThrowsAsync<Rejected>(() => manager.AddAsync(form, Ct));
        Assert.Equal([nameof(LeavingRoundForm.Classes), nameof(LeavingRoundForm.LastDay)], refused.Problems.Select(p => p.Field).Order(StringComparer.Ordinal));

        await host.RoundAsync();
        var leaver = await host.LeaverAsync("a1");
        var desk = (await host.AsAsync(TestUsers.Dispatcher)).Get<LeavingService>();
        foreach (var wrong in new[]
        {
            new InspectionForm { Amount = 10 }, new InspectionForm { Damage = "椅子", Amount = -1 }, new InspectionForm { Damage = "椅子", Amount = 1.005m },
            new InspectionForm { Damage = new string('坏', 301) },
        })
        {
            await Assert.ThrowsAsync<Rejected>(() => desk.InspectAsync(leaver.Id, wrong, Ct));
        }
        Assert.Null((await host.LeaverAsync("a1")).InspectedAt);
    }

    [Fact]
    public async Task Who_is_not_inspected_owes_for_damage_or_has_a_key_is_held_up_also_at_the_room()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var round = await host.RoundAsync();
        var key = await host.KeyAsync("a1", "101-A");
        var beds = (await host.AsAsync(TestUsers.Dispatcher)).Get<BedService>();
        Assert.Equal(["宿舍未验房", "钥匙 101-A 未归还"], await HoldsAsync(beds, dormitory.People[0]));
        Assert.Equal($"onboarding/leaving/{round}?q=20230001", (await beds.HoldsAsync(dormitory.People[0], Ct))[0].Address);

        await host.InspectAsync("a1", 50);
        Assert.Equal(["宿舍损坏赔偿 50.00 元未缴", "钥匙 101-A 未归还"], await HoldsAsync(beds, dormitory.People[0]));
        var desk = (await host.AsAsync(TestUsers.Dispatcher)).Get<LeavingService>();
        var leaver = await host.LeaverAsync("a1");
        await desk.ReturnKeyAsync(leaver.Id, key, Ct);
        await host.InspectAsync("a1", 0);
        Assert.Empty(await HoldsAsync(beds, dormitory.People[0]));

        // A closed round holds nobody up.
        Assert.NotEmpty(await HoldsAsync(beds, dormitory.People[1]));
        await (await host.AsAsync(TestUsers.Manager)).Get<LeavingService>().CloseAsync(round, Ct);
        Assert.Empty(await HoldsAsync(beds, dormitory.People[1]));
        Assert.Equal("RoundClosed", (await Assert.ThrowsAsync<Rejected>(() => desk.InspectAsync(leaver.Id, new InspectionForm(), Ct))).Code);
        Assert.Equal("RoundClosed", (await Assert.ThrowsAsync<Rejected>(() => CheckOutAsync(host, round, "a1"))).Code);
    }

    [Fact]
    public async Task A_key_holds_up_a_check_out_outside_a_round_too_and_leads_to_where_it_is_returned()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var key = await host.KeyAsync("a1", "101-A");
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var beds = desk.Get<BedService>();
        var hold = Assert.Single(await beds.HoldsAsync(dormitory.People[0], Ct));
        Assert.Equal(("钥匙 101-A 未归还", "onboarding/keys?q=20230001"), (hold.What.Zh, hold.Address));
        var refused = await Assert.ThrowsAsync<Rejected>(() => beds.CheckOutAsync(dormitory.People[0], ct: Ct));
        Assert.Equal("HeldAt", Assert.Single(refused.Problems).Code);

        var round = await host.RoundAsync();
        Assert.All(
            await beds.HoldsAsync(dormitory.People[0], Ct), h => Assert.Equal($"onboarding/leaving/{round}?q=20230001", h.Address));
        await (await host.AsAsync(TestUsers.Manager)).Get<LeavingService>().CloseAsync(round, Ct);
        Assert.Equal(["钥匙 101-A 未归还"], await HoldsAsync(beds, dormitory.People[0]));
        await desk.Get<RoomKeyService>().ReturnAsync(dormitory.People[0], key, Ct);
        Assert.Empty(await HoldsAsync(beds, dormitory.People[0]));
    }

    [Fact]
    public async Task Those_who_are_settled_leave_and_the_others_are_returned_with_what_holds_them_up()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var round = await host.RoundAsync();
        foreach (var user in new[] { "a1", "a2", "b1" }) await host.InspectAsync(user);
        await host.KeyAsync("b1", "102-A");

        var result = await CheckOutAsync(host, round, "a1", "a2", "b1", "b2");
        Assert.Equal(2, result.Done.Count);
        Assert.Equal(
            [("住户b1", "钥匙 102-A 未归还"), ("住户b2", "宿舍未验房")],
            result.Held.Select(h => (h.Name, string.Join(' ', h.Holds.Select(w => w.What.Zh)))));
        Assert.Null((await host.PersonAsync("a1")).BedId);
        Assert.Equal(dormitory.Bed(1, 0), (await host.PersonAsync("b1")).BedId);
        var gone = await host.LeaverAsync("a1");
        Assert.Equal((dormitory.Bed(0, 0), TestHost.Start), (gone.BedId, gone.CheckedOutAt));
        Assert.Equal("HasLeft", (await CheckOutAsync(host, round, "a1")).Held.Single().Why?.Code);
        Assert.Empty(await BedTests.ProblemsAsync(host));

        var queries = (await host.AsAsync(TestUsers.Manager)).Get<LeavingQueries>();
        var (counts, classes) = await queries.CountsAsync(round, Ct);
        Assert.Equal((1, 0, 1, 2), (counts.Of(LeaverState.ToInspect), counts.Of(LeaverState.OwesDamage), counts.Of(LeaverState.Inspected),
            counts.Of(LeaverState.Left)));
        Assert.Equal([Dormitory.ClassName], classes);
        foreach (var state in Enum.GetValues<LeaverState>())
        {
            var found = await queries.PeopleAsync(round, new LeaverFilter { State = state }, Ct);
            Assert.Equal(counts.Of(state), found.Total);
            Assert.All(found.Items, r => Assert.Equal(state, r.State));
        }
        Assert.Equal("调宿1号楼 101-1", (await queries.AllAsync(round, new LeaverFilter { Text = "a1" }, Ct)).Single().Place);
        Assert.Equal(2, (await queries.IdsAsync(round, new LeaverFilter(), Ct)).Count);
        Assert.Equal(["住户b2", "住户b1"], (await queries.PeopleAsync(
            round, new LeaverFilter { Text = "调宿1号楼 102", Sort = LeaverSort.Number, Descending = true }, Ct)).Items.Select(r => r.Name));
        Assert.Empty((await queries.PeopleAsync(round, new LeaverFilter { Text = "%" }, Ct)).Items);
    }

    [Fact]
    public async Task Fees_that_are_not_billed_hold_leavers_up_until_they_are_settled_or_the_office_does_not_want_that()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        foreach (var kind in await host.InDatabaseAsync(db => db.FeeKinds.Select(k => k.Code).ToListAsync(Ct))) await host.WithoutRatesAsync(kind);
        await host.RateAsync("internet", PriceRule.Flat(30));
        var since = TestHost.Start.AddDays(-21);
        await host.StaysAsync(dormitory.Rooms[0], ("a1", since, null), ("a2", since, null));
        var round = await host.RoundAsync();
        foreach (var user in new[] { "a1", "a2", "b1" }) await host.InspectAsync(user);

        // Who moved in today owes nothing yet.
        var result = await CheckOutAsync(host, round, "a1", "a2", "b1");
        Assert.Equal([(await host.LeaverAsync("b1")).Id], result.Done);
        Assert.Equal(["住户a1", "住户a2"], result.Held.Select(h => h.Name).Order(StringComparer.Ordinal));
        Assert.All(result.Held, h => Assert.Equal("有未出账的费用，请先办理退宿结算", Assert.Single(h.Holds).What.Zh));
        var shown = await (await host.AsAsync(TestUsers.Manager)).Get<LeavingQueries>().PeopleAsync(round, new LeaverFilter { Text = "a1" }, Ct);
        Assert.Equal($"fees/move-outs/new?person={dormitory.People[0]}", Assert.Single(shown.Items.Single().Holds).Address);

        var manager = (await host.AsAsync(TestUsers.Manager)).Get<MoveOutService>();
        var draft = await manager.DrawUpAsync(dormitory.People[0], ct: Ct);
        // 21 of the 30 days of November.
        Assert.Equal(-2_100, draft.Figures.Result.Fen);
        await manager.SettleAsync(new MoveOutForm
        {
            PersonId = dormitory.People[0],
            LeavingDay = draft.Figures.LeavingDay,
            Way = MoveOutWay.Cash,
            ResultFen = draft.Figures.Result.Fen,
        }, Ct);
        Assert.Equal([(await host.LeaverAsync("a1")).Id], (await CheckOutAsync(host, round, "a1", "a2")).Done);

        var settings = (await host.AsAsync(TestUsers.Administrator)).Get<MoveOutSettingService>();
        await settings.SaveAsync(false, (await settings.ReadAsync(Ct)).Version, Ct);
        Assert.Equal([(await host.LeaverAsync("a2")).Id], (await CheckOutAsync(host, round, "a2")).Done);
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task A_check_out_is_undone_unless_somebody_else_has_the_bed()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var round = await host.RoundAsync();
        foreach (var user in new[] { "a1", "a2" }) await host.InspectAsync(user);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var result = await desk.Get<LeavingCheckOut>().CheckOutAsync(round, await IdsAsync(host, "a1", "a2"), ct: Ct);
        Assert.Equal(2, result.Done.Count);
        await desk.Get<BedService>().AssignAsync(dormitory.Bed(0, 1), new BedForm { PersonId = await BedTests.PersonAsync(host, "张一") }, Ct);

        var undo = desk.Get<LeavingUndo>();
        var outcome = await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Equal(1, outcome.Done);
        Assert.Equal("住户a2", Assert.Single(outcome.Left).Name);
        Assert.Equal(dormitory.Bed(0, 0), (await host.PersonAsync("a1")).BedId);
        Assert.Null((await host.PersonAsync("a2")).BedId);
        Assert.Null((await host.LeaverAsync("a1")).CheckedOutAt);
        var stay = await host.InDatabaseAsync(db => db.Occupancies.AsNoTracking().SingleAsync(o => o.PersonId == dormitory.People[0], Ct));
        Assert.Equal((TestHost.Start, (DateTimeOffset?)null), (stay.From, stay.Until));
        Assert.Empty(await BedTests.ProblemsAsync(host));
    }

    [Fact]
    public async Task A_check_out_is_not_undone_where_people_of_another_gender_live_now()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var round = await host.RoundAsync();
        foreach (var user in new[] { "a1", "b1" }) await host.InspectAsync(user);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        await desk.Get<LeavingCheckOut>().CheckOutAsync(round, await IdsAsync(host, "a1", "b1"), ct: Ct);
        await ChangeAsync(host, "a2", p => p.SetStudies(Gender.Female, null, null, Dormitory.ClassName, 2023));
        await ChangeAsync(host, "b2", p => p.SetStudies(Gender.Unknown, null, null, Dormitory.ClassName, 2023));

        var undo = desk.Get<LeavingUndo>();
        var outcome = await undo.UndoAsync(undo.Latest!.Value, Ct);

        Assert.Equal(1, outcome.Done);
        var left = Assert.Single(outcome.Left);
        Assert.Equal(("住户a1", "OtherGender"), (left.Name, Assert.IsType<Rejected>(left.Why).Code));
        Assert.Null((await host.PersonAsync("a1")).BedId);
        Assert.Equal(dormitory.Bed(1, 0), (await host.PersonAsync("b1")).BedId);
        Assert.NotNull((await host.LeaverAsync("a1")).CheckedOutAt);
    }

    [Fact]
    public async Task A_returned_key_is_given_back_unless_somebody_else_has_it()
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        await host.RoundAsync();
        var key = await host.KeyAsync("a1", "101-A");
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var leaver = await host.LeaverAsync("a1");
        var (service, undo) = (desk.Get<LeavingService>(), desk.Get<LeavingUndo>());
        await Assert.ThrowsAsync<NotFound>(async () => await service.ReturnKeyAsync((await host.LeaverAsync("a2")).Id, key, Ct));
        await service.ReturnKeyAsync(leaver.Id, key, Ct);
        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
        Assert.True(await host.InDatabaseAsync(db => db.Set<Features.Onboarding.Seasons.RoomKey>().AnyAsync(k => k.Id == key && k.ReturnedAt == null, Ct)));

        await service.ReturnKeyAsync(leaver.Id, key, Ct);
        await host.KeyAsync("a2", "101-A");
        var outcome = await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Equal("KeyIsOut", Assert.IsType<Rejected>(Assert.Single(outcome.Left).Why).Code);
    }

    [Fact]
    public async Task Keys_that_came_back_elsewhere_stay_back_when_a_return_is_undone()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        await host.RoundAsync();
        var (first, second) = (await host.KeyAsync("a1", "101-A"), await host.KeyAsync("a1", "101-B"));
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var undo = desk.Get<LeavingUndo>();
        await desk.Get<LeavingService>().ReturnKeyAsync((await host.LeaverAsync("a1")).Id, first, Ct);
        await (await host.AsAsync(TestUsers.Administrator)).Get<RoomKeyService>().ReturnAsync(dormitory.People[0], second, Ct);

        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);

        Assert.Equal([first], await KeysOutAsync(host));
    }

    [Fact]
    public async Task A_check_out_is_undone_also_when_a_key_was_given_back_or_taken_back_meanwhile()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var round = await host.RoundAsync();
        var key = await host.KeyAsync("a1", "101-A");
        await host.InspectAsync("a1");
        var (desk, other) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Administrator));
        var (keys, undoOfKeys, undo) = (other.Get<RoomKeyService>(), other.Get<RoomKeyUndo>(), desk.Get<LeavingUndo>());
        foreach (var comesBack in new[] { false, true })
        {
            await keys.ReturnAsync(dormitory.People[0], key, Ct);
            Assert.Single((await desk.Get<LeavingCheckOut>().CheckOutAsync(round, await IdsAsync(host, "a1"), ct: Ct)).Done);
            await undoOfKeys.UndoAsync(undoOfKeys.Latest!.Value, Ct);
            if (comesBack) await keys.ReturnAsync(dormitory.People[0], key, Ct);

            Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);

            Assert.Equal(dormitory.Bed(0, 0), (await host.PersonAsync("a1")).BedId);
            Assert.Null((await host.LeaverAsync("a1")).CheckedOutAt);
            long[] expected = comesBack ? [] : [key];
            Assert.Equal(expected, await KeysOutAsync(host));
        }
    }

    [Fact]
    public async Task Damage_is_paid_online_or_from_the_account_and_once()
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        await host.RoundAsync();
        await host.InspectAsync("a1", 50);
        var first = (await host.LeaverAsync("a1")).PaymentNumber!;
        await host.InspectAsync("a1", 80);
        var leaver = await host.LeaverAsync("a1");
        Assert.NotEqual(first, leaver.PaymentNumber);
        Assert.Equal("NoLongerWanted", (await Assert.ThrowsAsync<Rejected>(() => host.OpenAsync(first, "a1"))).Code);
        Assert.True(await host.HearAsync(await host.SaidAsync(await host.OpenAsync(leaver.PaymentNumber!, "a1"))));
        Assert.Equal(TestHost.Start, (await host.LeaverAsync("a1")).DamagePaidAt);
        var desk = (await host.AsAsync(TestUsers.Dispatcher)).Get<LeavingService>();
        Assert.Equal("OwesNothing", (await Assert.ThrowsAsync<Rejected>(() => desk.ChargeAsync(leaver.Id, new Money(8_000), Ct))).Code);
        var again = await host.InspectionAsync("a1");
        Assert.Equal("DamageIsPaid", (await Assert.ThrowsAsync<Rejected>(() => desk.InspectAsync(leaver.Id, again, Ct))).Code);

        await host.InspectAsync("a2", 30);
        var poor = await host.LeaverAsync("a2");
        await Assert.ThrowsAsync<Rejected>(() => desk.ChargeAsync(poor.Id, new Money(3_000), Ct));
        Assert.True((await host.LeaverAsync("a2")).OwesDamage);
        await host.PaidAsync("100", PaymentTarget.Own, "a2");
        // Another amount than the one that was shown.
        await Assert.ThrowsAsync<Stale>(() => desk.ChargeAsync(poor.Id, new Money(2_000), Ct));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            try
            {
                await (await host.AsAsync(TestUsers.Administrator)).Get<LeavingService>().ChargeAsync(poor.Id, new Money(3_000), Ct);
            }
            catch (Rejected) { }
        }, Ct)));
        Assert.False((await host.LeaverAsync("a2")).OwesDamage);
        Assert.Equal(7_000, await host.BalanceAsync(LedgerAccount.PersonKey((await host.PersonAsync("a2")).Id)));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task Two_who_check_out_the_same_people_at_once_check_out_each_of_them_once()
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        var round = await host.RoundAsync();
        foreach (var user in Dormitory.Users) await host.InspectAsync(user);
        var ids = await IdsAsync(host, [.. Dormitory.Users]);
        var results = await Task.WhenAll(new[] { TestUsers.Dispatcher, TestUsers.Administrator, TestUsers.EnglishDispatcher }.Select(who => Task.Run(
            async () => await (await host.AsAsync(who)).Get<LeavingCheckOut>().CheckOutAsync(round, ids, ct: Ct), Ct)));
        Assert.Equal(ids.Order(), results.SelectMany(r => r.Done).Order());
        Assert.Equal(8, results.Sum(r => r.Held.Count(h => h.Why is not null)));
        Assert.Empty(await BedTests.ProblemsAsync(host));
    }

    [Fact]
    public async Task Stopping_leaves_the_next_batches_where_they_are_and_unknown_people_are_nobody()
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        var round = await host.RoundAsync();
        await host.InspectAsync("a1");
        var service = (await host.AsAsync(TestUsers.Dispatcher)).Get<LeavingCheckOut>();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var result = await service.CheckOutAsync(round, await IdsAsync(host, "a1"), ct: stop.Token);
        Assert.Equal((0, 0, 1), (result.Done.Count, result.Held.Count, result.Remaining));
        Assert.NotNull((await host.PersonAsync("a1")).BedId);
        await Assert.ThrowsAsync<NotFound>(() => service.CheckOutAsync(999, [1], ct: Ct));
        Assert.Empty((await service.CheckOutAsync(round, [999_999], ct: Ct)).Done);
    }

    [Fact]
    public async Task Who_stops_after_ten_people_stops_there()
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        var round = await host.RoundAsync();
        await host.InspectAsync("a1");
        List<long> ids = [.. Enumerable.Range(999_000, 9).Select(n => (long)n), .. await IdsAsync(host, "a2", "a1")];
        using var stop = new CancellationTokenSource();
        var service = (await host.AsAsync(TestUsers.Dispatcher)).Get<LeavingCheckOut>();

        var result = await service.CheckOutAsync(round, ids, new Stopping(stop), stop.Token);

        // Of ten people nine are unknown, and nothing is said of these.
        Assert.Equal((0, 1, 10), (result.Done.Count, result.Held.Count, result.Remaining));
        Assert.NotNull((await host.PersonAsync("a1")).BedId);
    }

    private static async Task<IReadOnlyList<string>> HoldsAsync(BedService beds, long person) =>
        [.. (await beds.HoldsAsync(person, Ct)).Select(h => h.What.Zh)];

    private static async Task<LeavingResult> CheckOutAsync(TestHost host, long round, params string[] users) =>
        await (await host.AsAsync(TestUsers.Dispatcher)).Get<LeavingCheckOut>().CheckOutAsync(round, await IdsAsync(host, users), ct: Ct);

    private static async Task<IReadOnlyList<long>> IdsAsync(TestHost host, params string[] users)
    {
        List<long> ids = [];
        foreach (var user in users) ids.Add((await host.LeaverAsync(user)).Id);
        return ids;
    }

    private static Task<List<long>> KeysOutAsync(TestHost host) => host.InDatabaseAsync(db => db.Set<Features.Onboarding.Seasons.RoomKey>()
        .Where(k => k.ReturnedAt == null).OrderBy(k => k.Id).Select(k => k.Id).ToListAsync(Ct));

    private static async Task<IReadOnlyList<long>> PeopleAsync(TestHost host, long round) => await host.InDatabaseAsync(db =>
        db.Set<Leaver>().Where(l => l.RoundId == round).OrderBy(l => l.PersonId).Select(l => l.PersonId).ToListAsync(Ct));

    private static Task<int> ChangeAsync(TestHost host, string user, Action<Person> change) => host.InDatabaseAsync(db => db.WriteAsync(async token =>
    {
        change(await db.Users.SingleAsync(p => p.UserName == user, token));
        return 0;
    }, Ct));

    private sealed class Stopping(CancellationTokenSource stop) : IProgress<LeavingProgress>
    {
        public void Report(LeavingProgress value) => stop.Cancel();
    }
}

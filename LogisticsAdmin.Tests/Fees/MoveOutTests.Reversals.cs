using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.MoveOut;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Statements that two people take back.</summary>
public sealed partial class MoveOutTests
{
    [Fact]
    public async Task A_statement_that_is_taken_back_is_booked_back_and_a_new_one_settles_the_stay()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, meter) = await TwoPeopleAsync(host);
        await PostAsync(host, LedgerAccount.OfRoom(room), 1_001);
        await host.ReadAsync(meter, Leaving, 100);
        var view = await SettledAsync(host, await DrawUpAsync(host));
        var cash = -view.Row.Result.Fen;

        await TakenBackAsync(host, view.Row.Id);

        // Cash was taken and stays on the account, with its receipt.
        Assert.Equal(
            (cash, 1_001L, -cash, 0L),
            (await OwnAsync(host), await host.BalanceAsync(Key(room)), await host.BalanceAsync("cash"), await host.BalanceAsync("move-out")));
        var office = (await host.AsAsync(TestUsers.Dispatcher)).Get<MoveOutQueries>();
        var shown = await office.FindAsync(view.Row.Id, Ct);
        Assert.Equal(("TakenBack", "日期填错", 0L), (shown.Row.StateKey, shown.Reversal?.Reason, shown.Waiting.Fen));
        Assert.Contains("不再有效", await PaperAsync(host, view), StringComparison.Ordinal);
        Assert.Equal([view.Row.Result.Fen.ToString(System.Globalization.CultureInfo.InvariantCulture), MoveOutNotificationKind.TakenBack],
            await host.ToldAsync(MoveOutNotificationKind.Settled));

        var again = await DrawUpAsync(host);
        Assert.Equal((null, 0L, view.Figures.Charges), (again.SettledId, again.Figures.Result.Fen, again.Figures.Charges));
        var second = await SettledAsync(host, again);
        Assert.Equal(["JS20261122-0002", "JS20261122-0001"], (await office.ListAsync(new MoveOutFilter(), Ct)).Items.Select(s => s.Number));
        await CheckOutAsync(host);
        await host.ReadAsync(meter, MonthEnd, 160);
        var bill = Assert.Single(await host.BillAsync("electricity", "2026-11"));
        Assert.Equal([4_872L, 11_128L], bill.Shares.Select(s => s.AmountFen).Order());
        Assert.Equal((0L, second.Row.RoomPart.Fen), (await OwnAsync(host), 1_001 - 11_128 - await host.BalanceAsync(Key(room))));
        Assert.Equal((0L, 16_000L), (await host.BalanceAsync("move-out"), await RevenueAsync(host)));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task Without_a_new_statement_the_bill_is_what_it_would_have_been()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, meter) = await TwoPeopleAsync(host);
        await host.ReadAsync(meter, Leaving, 100);
        var view = await SettledAsync(host, await DrawUpAsync(host), MoveOutWay.Account);
        await TakenBackAsync(host, view.Row.Id);
        await CheckOutAsync(host);
        await host.ReadAsync(meter, MonthEnd, 160);

        var bill = Assert.Single(await host.BillAsync("electricity", "2026-11"));

        // 19 and 30 days.
        Assert.Equal([6_204L, 9_796L], bill.Shares.Select(s => s.AmountFen).Order());
        Assert.Equal((0L, -16_000L, 0L), (await OwnAsync(host), await host.BalanceAsync(Key(room)), await host.BalanceAsync("move-out")));
        Assert.Null(BillProof.Parse(bill.Proof).Settlement);
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task A_statement_on_which_a_bill_counts_is_not_taken_back()
    {
        await using var host = await TestHost.OpenAsync();
        var (_, meter) = await TwoPeopleAsync(host);
        await host.ReadAsync(meter, Leaving, 100);
        var view = await SettledAsync(host, await DrawUpAsync(host));
        var waiting = await ProposeAsync(host, view.Row.Id);
        await CheckOutAsync(host);
        await host.ReadAsync(meter, MonthEnd, 160);
        var bill = Assert.Single(await host.BillAsync("electricity", "2026-11"));

        var admin = (await host.AsAsync(TestUsers.Administrator)).Get<MoveOutReversals>();
        var refused = await Assert.ThrowsAsync<Rejected>(() => admin.ApproveAsync(waiting, Ct));
        Assert.Equal(("BillCounted", bill.Number), (refused.Code, refused.Args[0]));
        await admin.RefuseAsync(waiting, new RefusalForm { Because = "已出账" }, Ct);
        Assert.Equal("BillCounted", await RefusedAsync(() => admin.ProposeAsync(view.Row.Id, new ReversalForm { Reason = "再试" }, Ct)));
        Assert.Equal((0L, 16_000L), (await host.BalanceAsync("move-out"), await RevenueAsync(host)));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task A_later_charge_to_the_own_account_of_who_left_counts_on_the_statement_too()
    {
        await using var host = await TestHost.OpenAsync();
        await TwoPeopleAsync(host, isMetered: false);
        await NewKindAsync(host, "tv", "电视费");
        var view = await SettledAsync(host, await DrawUpAsync(host), way: null);
        await CheckOutAsync(host);
        await host.RateAsync("tv", PriceRule.Flat(49));
        await host.BillAsync("tv", "2026-11");

        Assert.Equal("BillCounted", await RefusedAsync(() => ProposeAsync(host, view.Row.Id)));
    }

    [Fact]
    public async Task A_refund_that_waits_is_not_paid_out_after_the_statement_was_taken_back()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, _) = await TwoPeopleAsync(host, isMetered: false);
        await PostAsync(host, LedgerAccount.OfRoom(room), 6_000);
        await PostAsync(host, LedgerAccount.OfPerson((await host.AsAsync(TestUsers.Resident)).PersonId), 10_000);
        var view = await SettledAsync(host, await DrawUpAsync(host));
        var refund = Assert.Single(await (await host.AsAsync(TestUsers.Administrator)).Get<MoneyService>().WaitingAsync(ct: Ct)).Id;

        await TakenBackAsync(host, view.Row.Id);

        Assert.Equal((10_000L, 6_000L), (await OwnAsync(host), await host.BalanceAsync(Key(room))));
        var admin = (await host.AsAsync(TestUsers.Administrator)).Get<MoneyService>();
        Assert.Equal("ProposalDecided", await RefusedAsync(() => admin.ApproveAsync(refund, Ct)));
        var second = await SettledAsync(host, await DrawUpAsync(host));
        Assert.Equal(13_000, second.Row.Result.Fen);
        await admin.ApproveAsync(Assert.Single(await admin.WaitingAsync(ct: Ct)).Id, Ct);

        // What was paid out is owed when the statement is taken back afterwards.
        await TakenBackAsync(host, second.Row.Id);
        Assert.Equal((-3_000L, 6_000L, 13_000L), (await OwnAsync(host), await host.BalanceAsync(Key(room)), await host.BalanceAsync("cash")));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task Two_people_take_a_statement_back_one_a_manager_and_the_other_an_administrator()
    {
        await using var host = await TestHost.OpenAsync();
        await TwoPeopleAsync(host, isMetered: false);
        var view = await SettledAsync(host, await DrawUpAsync(host), way: null);
        foreach (var (who, refusal) in new[]
        {
            (TestUsers.Dispatcher, typeof(Forbidden)), (TestUsers.Technician, typeof(NotFound)), (TestUsers.Resident, typeof(NotFound)),
        })
        {
            var other = (await host.AsAsync(who)).Get<MoveOutReversals>();
            Assert.Equal(refusal, (await Record.ExceptionAsync(() => other.ProposeAsync(view.Row.Id, new ReversalForm { Reason = "x" }, Ct)))?.GetType());
        }
        var manager = await host.AsAsync(TestUsers.Manager);
        Assert.Equal("Invalid", await RefusedAsync(() => manager.Get<MoveOutReversals>().ProposeAsync(view.Row.Id, new ReversalForm(), Ct)));
        await Assert.ThrowsAsync<NotFound>(() => ProposeAsync(host, 99_999));
        var id = await ProposeAsync(host, view.Row.Id);
        Assert.Equal("ReversalWaits", await RefusedAsync(() => ProposeAsync(host, view.Row.Id)));
        await Assert.ThrowsAsync<Forbidden>(() => manager.Get<MoveOutReversals>().ApproveAsync(id, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => manager.Get<MoveOutReversals>().RefuseAsync(id, new RefusalForm { Because = "x" }, Ct));
        foreach (var (who, mine, decides, approves) in new[]
        {
            (TestUsers.Manager, true, false, false), (TestUsers.Administrator, false, true, true), (TestUsers.Dispatcher, false, false, false),
        })
        {
            var shown = (await (await host.AsAsync(who)).Get<MoveOutQueries>().FindAsync(view.Row.Id, Ct)).Reversal!;
            Assert.Equal((mine, decides, approves), (shown.IsMine, shown.MayDecide, shown.MayApprove));
        }
        await manager.Get<MoveOutReversals>().TakeBackAsync(id, Ct);
        Assert.Equal("Settled", (await manager.Get<MoveOutQueries>().FindAsync(view.Row.Id, Ct)).Row.StateKey);

        // Two of the same role do not.
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var boss = manager.PersonId;
            foreach (var has in await db.UserRoles.Where(r => r.UserId == boss).ToListAsync(token)) db.UserRoles.Remove(has);
            await db.SaveChangesAsync(token);
            db.UserRoles.Add(new() { UserId = boss, RoleId = (long)Role.Administrator });
            return 0;
        }, Ct));
        var second = await (await host.AsAsync(TestUsers.Manager)).Get<MoveOutReversals>().ProposeAsync(view.Row.Id, new ReversalForm { Reason = "x" }, Ct);
        var admin = (await host.AsAsync(TestUsers.Administrator)).Get<MoveOutReversals>();
        Assert.Equal("NeedsOtherRole", await RefusedAsync(() => admin.ApproveAsync(second, Ct)));
    }

    [Fact]
    public async Task Who_moved_on_or_was_settled_again_keeps_the_statement()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, _) = await TwoPeopleAsync(host, isMetered: false);
        var first = await SettledAsync(host, await DrawUpAsync(host), way: null);
        await CheckOutAsync(host);
        var other = await host.InDatabaseAsync(db =>
            db.Rooms.Where(r => r.Id != room && r.RetiredAt == null).OrderBy(r => r.Id).Select(r => r.Id).FirstAsync(Ct));
        await host.StaysAsync(other, (TestUsers.Resident, At(Leaving.AddDays(1)), null));

        Assert.Equal("LivesElsewhere", await RefusedAsync(() => ProposeAsync(host, first.Row.Id)));
        var draft = await (await host.AsAsync(TestUsers.Manager)).Get<MoveOutService>().DrawUpAsync(first.Row.PersonId, ct: Ct);
        var second = await SettledAsync(host, draft, way: null);
        var refused = await Assert.ThrowsAsync<Rejected>(() => ProposeAsync(host, first.Row.Id));
        Assert.Equal(("LaterStatement", second.Row.Number), (refused.Code, refused.Args[0]));
    }

    [Fact]
    public async Task Approving_twice_at_once_books_back_once()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, meter) = await TwoPeopleAsync(host);
        await host.ReadAsync(meter, Leaving, 100);
        var view = await SettledAsync(host, await DrawUpAsync(host), MoveOutWay.Account);
        var id = await ProposeAsync(host, view.Row.Id);
        var people = new List<MoveOutReversals>();
        for (var i = 0; i < 5; i++) people.Add((await host.AsAsync(TestUsers.Administrator)).Get<MoveOutReversals>());

        var ends = await Task.WhenAll(people.Select(p => Task.Run(async () => await Record.ExceptionAsync(() => p.ApproveAsync(id, Ct)), Ct)));

        Assert.Single(ends, e => e is null);
        Assert.All(ends.OfType<Rejected>(), e => Assert.Equal("ProposalDecided", e.Code));
        Assert.Equal((0L, 0L, 0L), (await OwnAsync(host), await host.BalanceAsync(Key(room)), await host.BalanceAsync("move-out")));
        Assert.Equal("AlreadyTakenBack", await RefusedAsync(() => ProposeAsync(host, view.Row.Id)));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task While_another_program_locks_the_database_nothing_is_taken_back_and_afterwards_it_is()
    {
        await using var host = await TestHost.OpenAsync(s =>
        {
            s.Replace(ServiceDescriptor.Singleton(TimeProvider.System));
            s.Configure<WriteOptions>(o => o.Timeout = TimeSpan.FromSeconds(1));
        });
        await TwoPeopleAsync(host, isMetered: false);
        var manager = await host.AsAsync(TestUsers.Manager);
        var draft = await DrawUpAsync(host);
        var settled = await manager.Get<MoveOutService>().SettleAsync(FormOf(draft, way: null), Ct);
        var (reversals, admin) = (manager.Get<MoveOutReversals>(), await host.AsAsync(TestUsers.Administrator));
        await using (ForeignLock.On(host.Directory))
        {
            Assert.Equal("TooBusy", await RefusedAsync(() => reversals.ProposeAsync(settled, new ReversalForm { Reason = "x" }, Ct)));
            Assert.Equal("TooBusy", await RefusedAsync(() => admin.Get<MoveOutSettingService>().SaveAsync(false, 0, Ct)));
        }
        var id = await reversals.ProposeAsync(settled, new ReversalForm { Reason = "x" }, Ct);
        await using (ForeignLock.On(host.Directory))
            Assert.Equal("TooBusy", await RefusedAsync(() => admin.Get<MoveOutReversals>().ApproveAsync(id, Ct)));
        Assert.Equal("ReversalWaiting", (await manager.Get<MoveOutQueries>().FindAsync(settled, Ct)).Row.StateKey);
        await admin.Get<MoveOutReversals>().ApproveAsync(id, Ct);
        Assert.Equal("TakenBack", (await manager.Get<MoveOutQueries>().FindAsync(settled, Ct)).Row.StateKey);
    }

    [Fact]
    public async Task All_parts_add_up_to_the_fen_whoever_leaves_whenever_and_whatever_is_taken_back()
    {
        await using var host = await TestHost.OpenAsync();
        await WithoutExamplesAsync(host);
        await host.RateAsync("electricity", new PriceRule(
            [new PriceStep(70, 0.4943m), new PriceStep(null, 0.7931m)], BillingCycle.Month,
            new FreeQuota(10, QuotaBasis.Person, BillingCycle.Month, [], CarriesOver: false)));
        var random = new Random(30);
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<MoveOutService>();
        var rooms = await host.InDatabaseAsync(db => db.Rooms.Where(r => r.RetiredAt == null).OrderBy(r => r.Id).Take(12).Select(r => r.Id).ToListAsync(Ct));
        Dictionary<long, (long Charges, long RoomPart, long Room)> settled = [];
        Dictionary<long, long> credit = [];
        HashSet<long> takenBack = [];
        List<(long Room, long Meter, decimal Value)> ends = [];
        foreach (var room in rooms)
        {
            credit[room] = random.Next(-9_000, 9_000);
            if (credit[room] != 0) await PostAsync(host, LedgerAccount.OfRoom(room), credit[room], new DateOnly(2026, 11, 1));
            var days = Enumerable.Range(0, 31).Select(_ => random.Next(0, 90) / 10m).ToArray();
            var meter = await host.MeterAsync("electricity", room, [(new DateOnly(2026, 10, 31), 0)]);
            var people = await PeopleAsync(host, room, random);
            ends.Add((room, meter, days.Sum()));
            HashSet<int> read = [];
            List<(long Person, long Statement, DateOnly Day)> left = [];
            foreach (var (person, first) in people.Take(random.Next(0, 4)).OrderBy(p => p.Person).ToList())
            {
                var day = random.Next(Math.Max(first, 2), 23);
                if (read.Add(day)) await host.ReadAsync(meter, new DateOnly(2026, 11, day), days.Take(day).Sum());
                left.Add((person, await SettleAsync(person, new DateOnly(2026, 11, day)), new DateOnly(2026, 11, day)));
                if (random.Next(2) == 0) await EndAsync(host, person, new DateOnly(2026, 11, day));
            }
            // In another order than they were settled, some for good.
            foreach (var (person, statement, day) in left.OrderBy(_ => random.Next()).Take(random.Next(left.Count == 0 ? 0 : 1, left.Count + 1)).ToList())
            {
                await TakenBackAsync(host, statement);
                takenBack.Add(person);
                settled.Remove(person);
                if (random.Next(2) > 0) await SettleAsync(person, day);
            }
            foreach (var (person, _, day) in left)
            {
                if (await host.InDatabaseAsync(db => db.Set<Occupancy>().AnyAsync(o => o.PersonId == person && o.Until == null, Ct)))
                    await EndAsync(host, person, day);
            }

            async Task<long> SettleAsync(long person, DateOnly day)
            {
                var draft = await manager.DrawUpAsync(person, day, Ct);
                settled[person] = (draft.Figures.Charges.Fen, draft.Figures.RoomPart.Fen, room);
                return await manager.SettleAsync(FormOf(draft, draft.Figures.Result > Money.Zero ? MoveOutWay.Account : MoveOutWay.Cash), Ct);
            }
        }
        foreach (var (_, meter, value) in ends) await host.ReadAsync(meter, MonthEnd, value);

        var bills = await host.BillAsync("electricity", "2026-11");

        Assert.Equal(rooms.Count, bills.Count);
        foreach (var bill in bills)
        {
            Assert.Equal(bill.AmountFen, bill.VacantFen + bill.Shares.Sum(s => s.AmountFen));
            var parts = bill.Shares.Where(s => settled.ContainsKey(s.PersonId)).ToList();
            Assert.All(parts, s => Assert.Equal(settled[s.PersonId].Charges, s.AmountFen));
            var moved = settled.Values.Where(s => s.Room == bill.RoomId).Sum(s => s.RoomPart);
            var rest = bill.AmountFen - bill.VacantFen - parts.Sum(s => s.AmountFen);
            Assert.Equal(credit[bill.RoomId!.Value] - moved - rest, await host.BalanceAsync(bill.Subject));
        }
        Assert.Contains(takenBack, settled.ContainsKey);
        Assert.Contains(takenBack, person => !settled.ContainsKey(person));
        Assert.Equal(0, await host.BalanceAsync("move-out"));
        await host.DemandSoundAsync();
    }

    private static async Task<long> ProposeAsync(TestHost host, long statement) =>
        await (await host.AsAsync(TestUsers.Manager)).Get<MoveOutReversals>().ProposeAsync(statement, new ReversalForm { Reason = "日期填错" }, Ct);

    private static async Task TakenBackAsync(TestHost host, long statement)
    {
        var id = await ProposeAsync(host, statement);
        await (await host.AsAsync(TestUsers.Administrator)).Get<MoveOutReversals>().ApproveAsync(id, Ct);
    }

    private static async Task<string> RefusedAsync(Func<Task> act) => (await Assert.ThrowsAsync<Rejected>(act)).Code;
}

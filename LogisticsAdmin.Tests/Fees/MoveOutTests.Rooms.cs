using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Kinds;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.MoveOut;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Tests.Imports;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Who changed beds or rooms before moving out, who left earlier, and fees that were imported.</summary>
public sealed partial class MoveOutTests
{
    private const string Charges = "费用类型,学号/工号,楼栋,房间,账期,金额,说明\n";

    [Fact]
    public async Task Who_changed_beds_in_the_room_settles_all_their_days_in_it()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, meter) = await TwoPeopleAsync(host);
        var (from, change) = (At(new DateOnly(2026, 8, 1)), At(new DateOnly(2026, 11, 5)));
        await host.StaysAsync(room, (TestUsers.Resident, from, change), (TestUsers.Resident, change, null), (TestUsers.Technician, from, null));
        await host.ReadAsync(meter, Leaving, 100);

        var draft = await DrawUpAsync(host);
        var view = await SettledAsync(host, draft);

        var line = Assert.Single(draft.Figures.Lines);
        Assert.Equal((new DateOnly(2026, 11, 1), 4_872L), (line.First, line.AmountFen));
        Assert.Equal((new DateOnly(2026, 8, 1), new DateOnly(2026, 8, 1)), (draft.Stay.First, view.Stay.First));
        await CheckOutAsync(host);
        await host.ReadAsync(meter, MonthEnd, 160);
        Assert.Equal([4_872L, 11_128L], Assert.Single(await host.BillAsync("electricity", "2026-11")).Shares.Select(s => s.AmountFen).Order());
        Assert.Equal((0L, -11_128L, 0L), (await OwnAsync(host), await host.BalanceAsync(Key(room)), await host.BalanceAsync("move-out")));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task What_others_paid_or_owe_since_somebody_left_is_not_theirs()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, _) = await TwoPeopleAsync(host, isMetered: false);
        var today = new DateOnly(2026, 11, 22);

        await PostAsync(host, LedgerAccount.OfRoom(room), 6_000);
        Assert.Equal(3_000, (await DrawUpAsync(host)).Figures.RoomPart.Fen);
        await PostAsync(host, LedgerAccount.OfRoom(room), 20_000, today);
        Assert.Equal((26_000L, 3_000L), await RoomPartAsync());
        await PostAsync(host, LedgerAccount.OfRoom(room), -24_000, today);
        Assert.Equal((2_000L, 1_000L), await RoomPartAsync());
        await PostAsync(host, LedgerAccount.OfRoom(room), -32_000, today);
        Assert.Equal((-30_000L, 0L), await RoomPartAsync());

        async Task<(long Balance, long Part)> RoomPartAsync()
        {
            var figures = (await DrawUpAsync(host)).Figures;
            return (figures.RoomBalanceFen, figures.RoomPartFen);
        }
    }

    [Fact]
    public async Task What_somebody_used_who_is_gone_is_owed_by_all_alike()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, meter) = await TwoPeopleAsync(host, new DateOnly(2026, 8, 31));
        // 30, 10 and 20 days of September.
        await host.StaysAsync(
            room, (TestUsers.Resident, At(new DateOnly(2026, 8, 1)), null), (TestUsers.Technician, At(new DateOnly(2026, 9, 21)), null),
            (TestUsers.Dispatcher, At(new DateOnly(2026, 9, 1)), At(new DateOnly(2026, 9, 21))));
        await host.ReadAsync(meter, new DateOnly(2026, 9, 30), 60);
        await host.BillAsync("electricity", "2026-09");

        var me = (await host.AsAsync(TestUsers.Resident)).PersonId;
        var draft = await (await host.AsAsync(TestUsers.Manager)).Get<MoveOutService>().DrawUpAsync(me, new DateOnly(2026, 11, 22), Ct);

        Assert.Equal((-6_000L, -4_000L), (draft.Figures.RoomBalanceFen, draft.Figures.RoomPartFen));
    }

    [Fact]
    public async Task A_kind_that_is_billed_or_imported_for_the_first_time_later_is_charged_to_who_used_it()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, _) = await TwoPeopleAsync(host, isMetered: false);
        var tv = await NewKindAsync(host, "tv", "电视费");
        await NewKindAsync(host, "water-heater", "热水器租金");
        await SettledAsync(host, await DrawUpAsync(host), way: null);
        await CheckOutAsync(host);

        await host.RateAsync("tv", PriceRule.Flat(49));
        var bill = (await host.BillAsync("tv", "2026-11")).Single(b => b.RoomId == room);
        Assert.Equal((tv, 4_900L), (bill.FeeKindId, bill.AmountFen));
        Assert.Equal((-1_900L, -3_000L), (await OwnAsync(host), await host.BalanceAsync(Key(room))));

        var manager = await host.AsAsync(TestUsers.Manager);
        var (batch, counts) = await manager.ImportAsync("fixed-charges", Charges + "热水器租金,,竹园3号楼,512,2026-11,98,\n");
        Assert.Equal(new ImportCounts(1, 0, 0, 0), counts);
        Assert.Equal((-1_900L - 3_800, -3_000L - 6_000), (await OwnAsync(host), await host.BalanceAsync(Key(room))));
        await host.DemandSoundAsync();
        Assert.Empty((await manager.Imports.UndoAsync(batch, Ct)).Skipped);
        Assert.Equal((-1_900L, -3_000L), (await OwnAsync(host), await host.BalanceAsync(Key(room))));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task A_charge_is_not_imported_for_a_period_of_which_a_part_is_settled()
    {
        await using var host = await TestHost.OpenAsync();
        await TwoPeopleAsync(host, isMetered: false);
        await NewKindAsync(host, "tv", "电视费");
        await host.RateAsync("tv", PriceRule.Flat(49));
        await SettledAsync(host, await DrawUpAsync(host));

        await using var session = await (await host.AsAsync(TestUsers.Manager)).CheckAsync(
            "fixed-charges", Charges + "电视费,,竹园3号楼,512,2026-11,49,\n电视费,,竹园3号楼,512,2026-10,49,\n");

        Assert.Equal(["fee-period: Import.SettledBefore"], session.Wrong(2));
        Assert.Equal(ImportOutcome.New, session.At(3).Outcome);
    }

    [Fact]
    public async Task A_month_that_no_run_has_billed_is_settled_although_somebody_elses_later_one_was_imported()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, _) = await TwoPeopleAsync(host, isMetered: false);
        var other = await host.InDatabaseAsync(db =>
            db.Rooms.Where(r => r.Id != room && r.RetiredAt == null).OrderBy(r => r.Id).Select(r => r.Id).FirstAsync(Ct));
        var change = At(new DateOnly(2026, 11, 5));
        await host.StaysAsync(other, (TestUsers.Resident, At(new DateOnly(2026, 8, 1)), change));
        await host.StaysAsync(room, (TestUsers.Resident, change, null), (TestUsers.Technician, At(new DateOnly(2026, 8, 1)), null));
        await host.RateAsync("internet", PriceRule.Flat(30));
        await host.BillAsync("internet", "2026-09");
        var (kind, technician) = ((await host.FeeKindAsync("internet")).Id, (await host.AsAsync(TestUsers.Technician)).PersonId);
        var (first, last) = (new DateOnly(2026, 11, 1), MonthEnd);
        await host.InDatabaseAsync(db => db.WriteAsync(token =>
        {
            var bill = new Bill(
                "ZD20261122-9999", BillKind.Manual, kind, FeePeriod.Month(2026, 11), LedgerAccount.PersonKey(technician), null, technician, first, last,
                TestHost.Start);
            db.Bills.Add(bill.Prove(new BillProof(
                [], 1, first, last, [first], [new RateProof(null, PriceRule.Flat(30), first, last)], [new PersonDays(technician, 30)], 0, 0, 0, 0)));
            return Task.FromResult(0);
        }, Ct));

        Assert.Equal(["2026-10", "2026-11"], (await DrawUpAsync(host)).Figures.Lines.Where(l => !l.IsOfRoom).Select(l => l.Period));
    }

    [Fact]
    public async Task A_refund_that_was_refused_stays_on_the_account_and_the_paper_says_so()
    {
        await using var host = await TestHost.OpenAsync();
        await TwoPeopleAsync(host, isMetered: false);
        await PostAsync(host, LedgerAccount.OfPerson((await host.AsAsync(TestUsers.Resident)).PersonId), 10_000);
        var view = await SettledAsync(host, await DrawUpAsync(host));
        var admin = (await host.AsAsync(TestUsers.Administrator)).Get<MoneyService>();

        await admin.RefuseAsync(Assert.Single(await admin.WaitingAsync(ct: Ct)).Id, new RefusalForm { Because = "账户有误" }, Ct);

        Assert.Contains("记在个人账户。", await PaperAsync(host, view), StringComparison.Ordinal);
    }

    /// <summary>A kind that rooms pay by the month, without a price.</summary>
    private static async Task<long> NewKindAsync(TestHost host, string code, string name) =>
        await (await host.AsAsync(TestUsers.Administrator)).Get<FeeKindService>()
            .CreateAsync(new FeeKindForm { Code = code, Name = name, Unit = "间", Payer = FeePayer.Room, Cycle = BillingCycle.Month }, Ct);
}

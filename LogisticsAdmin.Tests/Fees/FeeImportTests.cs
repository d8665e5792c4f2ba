using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Imports;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Security;
using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Tests.Imports;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Opening balances and fixed charges from spreadsheets, and what their undo books.</summary>
public sealed class FeeImportTests
{
    private const string Balances = "学号/工号,楼栋,房间,金额,余额日期,说明\n";
    private const string Charges = "费用类型,学号/工号,楼栋,房间,账期,金额,说明\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Opening_balances_are_booked_once_and_undo_books_the_reverse_so_that_they_can_come_again()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (room, person, number) = (await host.RoomKeyAsync(), await PersonAsync(host), await NumberAsync(host));
        var file = Balances + $",竹园3号楼,512,-１２．５０,2026-08-31,旧系统结转\n{number},,,99999999.99,2026-08-31,\n";

        var (batch, counts) = await manager.ImportAsync("opening-balances", file);

        Assert.Equal(new ImportCounts(2, 0, 0, 0), counts);
        Assert.Equal((-1_250L, 9_999_999_999L), (await host.BalanceAsync(room), await host.BalanceAsync(person)));
        Assert.Equal(-9_999_998_749L, await host.BalanceAsync("opening"));
        var statement = await manager.Get<LedgerQueries>().StatementAsync(await host.AccountAsync(room), ct: Ct);
        Assert.Equal((TransactionKind.Opening, "2026-08-31 旧系统结转"), (statement.Items.Single().Kind, statement.Items.Single().Text));
        await using (var again = await manager.CheckAsync("opening-balances", file)) Assert.Equal(new ImportCounts(0, 0, 2, 0), again.Counts);
        await using (var other = await manager.CheckAsync("opening-balances", Balances + ",竹园3号楼,512,0,2026-08-31,\n"))
            Assert.Equal(["fee-amount: Import.OpeningKnown"], other.Wrong(2));
        await host.DemandSoundAsync();

        Assert.Empty((await manager.Imports.UndoAsync(batch, Ct)).Skipped);
        Assert.Equal((0L, 0L), (await host.BalanceAsync(room), await host.BalanceAsync(person)));
        Assert.Equal(4, await host.InDatabaseAsync(db => db.LedgerTransactions.CountAsync(Ct)));
        var (_, second) = await manager.ImportAsync("opening-balances", Balances + ",竹园3号楼,512,3,2026-09-30,\n");
        Assert.Equal(new ImportCounts(1, 0, 0, 0), second);
        Assert.Equal(300, await host.BalanceAsync(room));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task Wrong_opening_balances_are_refused_at_their_fields()
    {
        await using var host = await TestHost.OpenAsync();
        var number = await NumberAsync(host);
        await using var session = await (await host.AsAsync(TestUsers.Manager)).CheckAsync("opening-balances", Balances
            + $"{number},竹园3号楼,512,1,2026-08-31,\nX-1,,,1,2026-08-31,\n"
            + ",竹园9号楼,512,1,2026-08-31,\n,竹园3号楼,999,1,2026-08-31,\n"
            + ",,512,1,2026-08-31,\n,竹园3号楼,511,1.005,2026-08-31,\n,竹园3号楼,511,100000000,2026-08-31,\n"
            + ",竹园3号楼,511,1,2026-11-23,\n,竹园3号楼,510,0.01,2026-08-31,\n,竹园3号楼,510,1,2026-08-31,\n"
            + ",,,1,2026-08-31,\n,竹园3号楼,509,,2026-08-31,\n,竹园3号楼,508,0,2026-08-31,\n");

        Assert.Equal(
            ["fee-number: Import.BothGiven", "fee-number: Import.UnknownPerson", "fee-building: Import.UnknownBuilding", "fee-room: Import.UnknownRoom",
                "fee-building: Import.BuildingMissing", "fee-amount: Import.TooFine", "fee-amount: Import.TooMuch", "fee-day: Import.DayInFuture"],
            Enumerable.Range(2, 8).Select(row => session.Wrong(row).First()));
        Assert.Equal(ImportOutcome.New, session.At(10).Outcome);
        Assert.Equal(["fee-room: Import.SamePayerTwice"], session.Wrong(11));
        Assert.Equal(["fee-number: Import.Required"], session.Wrong(12));
        Assert.Equal(["fee-amount: Import.Required"], session.Wrong(13));
        Assert.Equal(ImportOutcome.Same, session.At(14).Outcome);
    }

    [Fact]
    public async Task Fixed_charges_become_bills_once_and_undo_gives_them_back_by_corrections()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (room, person, number) = (await host.RoomKeyAsync(), await PersonAsync(host), await NumberAsync(host));
        await host.StaysAsync((await host.ResidentsRoomAsync()).Id, (TestUsers.Resident, TestHost.Start.AddMonths(-12), null));
        var file = Charges + $"住宿费,{number},,,2026,１２００,按文件\n物业费,,竹园3号楼,512,2026-11,99999999.99,\n";

        var (batch, counts) = await manager.ImportAsync("fixed-charges", file);

        Assert.Equal(new ImportCounts(2, 0, 0, 0), counts);
        Assert.Equal((-9_999_999_999L, -120_000L), (await host.BalanceAsync(room), await host.BalanceAsync(person)));
        var bills = await BillsAsync(host);
        Assert.All(bills, b => Assert.Equal((BillKind.Manual, b.AmountFen, 0L), (b.Kind, b.Shares.Sum(s => s.AmountFen), b.VacantFen)));
        Assert.All(bills, b => Assert.Equal(b.AmountFen, BillProof.Parse(b.Proof).Charge().Amount.Fen));
        Assert.Equal("按文件", await host.InDatabaseAsync(db =>
            db.LedgerTransactions.Where(t => t.Reference == "bill:" + bills[0].Number).Select(t => t.Text).SingleAsync(Ct)));
        await using (var again = await manager.CheckAsync("fixed-charges", file)) Assert.Equal(new ImportCounts(0, 0, 2, 0), again.Counts);
        await using (var other = await manager.CheckAsync("fixed-charges", Charges + $"住宿费,{number},,,2026,1300,\n"))
            Assert.Equal(["fee-amount: Import.ChargeKnown"], other.Wrong(2));
        await host.DemandSoundAsync();

        Assert.Empty((await manager.Imports.UndoAsync(batch, Ct)).Skipped);
        Assert.Equal((0L, 0L), (await host.BalanceAsync(room), await host.BalanceAsync(person)));
        bills = await BillsAsync(host);
        Assert.Equal([BillKind.Manual, BillKind.Manual, BillKind.Correction, BillKind.Correction], bills.Select(b => b.Kind));
        Assert.Equal(0, bills.SelectMany(b => b.Shares).Sum(s => s.AmountFen));

        var (second, corrected) = await manager.ImportAsync("fixed-charges", Charges + $"住宿费,{number},,,2026,1300,\n");
        Assert.Equal((new ImportCounts(1, 0, 0, 0), -130_000L), (corrected, await host.BalanceAsync(person)));
        Assert.Empty((await manager.Imports.UndoAsync(second, Ct)).Skipped);
        Assert.Equal(0, await host.BalanceAsync(person));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task An_imported_charge_is_left_out_by_the_run_of_its_period_until_it_is_undone_and_no_rate_changes_it()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var number = await NumberAsync(host);
        await host.StaysAsync((await host.ResidentsRoomAsync()).Id, (TestUsers.Resident, TestHost.Start.AddMonths(-12), null));
        await host.RateAsync("internet", PriceRule.Flat(20));
        var (batch, _) = await manager.ImportAsync("fixed-charges", Charges + $"网络费,{number},,,2026-10,35,\n");
        var me = (await host.AsAsync(TestUsers.Resident)).PersonId;

        Assert.Single(Own(await host.BillAsync("internet", "2026-10")));
        Assert.Empty((await manager.Imports.UndoAsync(batch, Ct)).Skipped);
        Assert.Equal(2_000, Own(await host.BillAsync("internet", "2026-10")).Single(b => b.Kind == BillKind.Regular).AmountFen);
        await using var session = await manager.CheckAsync("fixed-charges", Charges + $"网络费,{number},,,2026-10,35,\n");
        Assert.Equal(["fee-period: Import.BilledByRun"], session.Wrong(2));
        await using var next = await manager.CheckAsync("fixed-charges", Charges + $"网络费,{number},,,2026-11,35,\n");
        Assert.Equal(new ImportCounts(1, 0, 0, 0), next.Counts);
        await host.DemandSoundAsync();

        List<Bill> Own(IReadOnlyList<Bill> bills) => [.. bills.Where(b => b.PersonId == me)];
    }

    [Fact]
    public async Task An_imported_charge_of_a_later_period_keeps_no_earlier_one_from_being_billed()
    {
        await using var host = await TestHost.OpenAsync();
        var number = await NumberAsync(host);
        await host.StaysAsync((await host.ResidentsRoomAsync()).Id, (TestUsers.Resident, TestHost.Start.AddMonths(-12), null));
        await host.RateAsync("internet", PriceRule.Flat(20));
        await (await host.AsAsync(TestUsers.Manager)).ImportAsync("fixed-charges", Charges + $"网络费,{number},,,2026-11,35,\n");
        var me = (await host.AsAsync(TestUsers.Resident)).PersonId;

        Assert.Equal(2_000, (await host.BillAsync("internet", "2026-10")).Single(b => b.PersonId == me).AmountFen);
        Assert.Equal(BillKind.Manual, (await host.BillAsync("internet", "2026-11")).Single(b => b.PersonId == me).Kind);
    }

    [Fact]
    public async Task Wrong_charges_are_refused_at_their_fields_in_either_language()
    {
        await using var host = await TestHost.OpenAsync();
        var number = await NumberAsync(host);
        await host.StaysAsync((await host.ResidentsRoomAsync()).Id, (TestUsers.Resident, TestHost.Start.AddMonths(-12), null));
        await using var session = await (await host.AsAsync(TestUsers.Manager)).CheckAsync("fixed-charges",
            "Fee kind,Number,Building,Room,Period,Amount,Note\n"
            + $"Parking,{number},,,2026,1,\nElectricity,,竹园3号楼,512,2026-11,1,\nAccommodation,,竹园3号楼,512,2026,1,\n"
            + $"Property service,{number},,,2026-11,1,\nAccommodation,{number},,,2030,1,\nAccommodation,{number},,,2026,0,\n"
            + $"Accommodation,{number},,,2026,-1,\nAccommodation,{number},,,2026,0.001,\nAccommodation,{number},,,2026,0.01,\n"
            + $"Accommodation,{number},,,2026,2,\nProperty service,,竹园3号楼,511,2024-01,1,\n");

        Assert.Equal(
            ["fee-kind: Import.UnknownKind", "fee-kind: Import.IsMetered", "fee-kind: Import.OfPeople", "fee-kind: Import.OfRooms",
                "fee-period: Import.UnknownPeriod", "fee-amount: Import.NotAboveZero"],
            Enumerable.Range(2, 6).Select(row => session.Wrong(row).First()));
        Assert.Contains("fee-amount: Import.NotAboveZero", session.Wrong(8));
        Assert.Contains("fee-amount: Import.TooFine", session.Wrong(9));
        Assert.All([8, 9, 10, 11], row => Assert.Contains("fee-period: Import.SameChargeTwice", session.Wrong(row)));
        Assert.Contains("fee-period: Import.UnknownPeriod", session.Wrong(12));
    }

    [Fact]
    public async Task A_room_in_which_nobody_lived_is_not_charged()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.StaysAsync(room.Id, (TestUsers.Resident, TestHost.Start.AddDays(-10), null));
        var manager = await host.AsAsync(TestUsers.Manager);
        await using var session = await manager.CheckAsync("fixed-charges", Charges + "物业费,,竹园3号楼,512,2026-10,80,\n");

        Assert.Equal(["fee-room: Import.NobodyLived"], session.Wrong(2));
    }

    [Theory]
    [InlineData(TestUsers.Administrator, true)]
    [InlineData(TestUsers.Manager, true)]
    [InlineData(TestUsers.Dispatcher, false)]
    [InlineData(TestUsers.Technician, false)]
    [InlineData(TestUsers.Resident, false)]
    public async Task Only_the_management_imports_money(string who, bool may)
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(who);
        var (kinds, actor) = (desk.Get<IEnumerable<ImportKind>>().ToList(), desk.Get<CurrentUser>().Actor);

        Assert.Equal(
            (may, may), (kinds.OfType<OpeningBalancesImport>().Single().MayImport(actor), kinds.OfType<FixedChargesImport>().Single().MayImport(actor)));
    }

    [Fact]
    public async Task Many_rows_ask_no_more_than_few()
    {
        var sql = new SqlCounter();
        await using var host = await TestHost.OpenAsync(services => services.ConfigureDbContext<LogisticsDb>(db => db.AddInterceptors(sql)));
        var manager = await host.AsAsync(TestUsers.Manager);
        // The first of each kind also fills caches of the process.
        await ImportedAsync(501, 1);

        var few = await ImportedAsync(502, 2);
        Assert.InRange(await ImportedAsync(504, 17), 1, few);

        async Task<int> ImportedAsync(int first, int count)
        {
            var rows = Enumerable.Range(first, count)
                .Select(i => string.Create(CultureInfo.InvariantCulture, $",竹园3号楼,{i},1,2026-08-31,\n"));
            await using var session = await manager.CheckAsync("opening-balances", Balances + string.Concat(rows));
            Assert.Equal(new ImportCounts(count, 0, 0, 0), session.Counts);
            var before = sql.Count;
            await manager.Imports.CommitAsync(session, goodRowsOnly: false, ct: Ct);
            return sql.Count - before;
        }
    }

    private static async Task<string> PersonAsync(TestHost host) => LedgerAccount.PersonKey((await host.AsAsync(TestUsers.Resident)).PersonId);

    private static Task<string> NumberAsync(TestHost host) =>
        host.InDatabaseAsync(db => db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Number!).SingleAsync(Ct));

    private static Task<List<Bill>> BillsAsync(TestHost host) =>
        host.InDatabaseAsync(db => db.Bills.AsNoTracking().Include(b => b.Shares).OrderBy(b => b.Id).ToListAsync(Ct));
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Billing runs: what is billed, once, to whom, and what it proves.</summary>
public sealed class BillingTests
{
    private static readonly PriceRule OnePerUnit = PriceRule.Flat(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Months_follow_each_other_without_a_gap_and_billing_twice_bills_once()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", OnePerUnit);
        await host.MeterAsync("electricity", room.Id, [(Day(8, 31), 100), (Day(9, 28), 150), (Day(10, 31), 230)]);
        await host.StaysAsync(room.Id, (TestUsers.Resident, At(8, 1), null));

        var september = Assert.Single(await host.BillAsync("electricity", "2026-09"));
        await host.BillAsync("electricity", "2026-09");
        var october = Assert.Single(await host.BillAsync("electricity", "2026-10"));

        Assert.Single(await host.InDatabaseAsync(db => db.Bills.Where(b => b.Period == "2026-09").ToListAsync(Ct)));
        Assert.Equal((5000L, 8000L), (september.AmountFen, october.AmountFen));
        Assert.Equal((Day(9, 1), Day(9, 28), Day(9, 29), Day(10, 31)), (september.First, september.Last, october.First, october.Last));
        await AssertLedgerAsync(host, room.Id, -13000);
    }

    [Fact]
    public async Task A_month_that_was_left_out_brings_its_quota_to_the_next_bill()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", PriceRule.Flat(1, new FreeQuota(20, QuotaBasis.Room, BillingCycle.Month, [], CarriesOver: false)));
        await host.MeterAsync("electricity", room.Id, [(Day(7, 31), 0), (Day(8, 31), 30), (Day(10, 31), 130)]);

        await host.BillAsync("electricity", "2026-08");
        Assert.Empty(await host.BillAsync("electricity", "2026-09"));
        var october = Assert.Single(await host.BillAsync("electricity", "2026-10"));

        Assert.Equal((100m, 40m, 6000L), (october.Usage, october.QuotaUsed, october.AmountFen));
    }

    [Fact]
    public async Task A_replaced_meter_changes_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", OnePerUnit);
        var old = await host.MeterAsync("electricity", room.Id, [(Day(8, 31), 900), (Day(9, 30), 950)]);
        var meters = (await host.AsAsync(TestUsers.Manager)).Get<MeterService>();
        await meters.ReplaceAsync(old, new MeterForm
        {
            Version = await host.InDatabaseAsync(db => db.Meters.Where(m => m.Id == old).Select(m => m.Version).SingleAsync(Ct)),
            Day = Day(10, 12),
            Closing = 970,
            Number = "new",
            Opening = 5,
        }, Ct);
        await host.ReadAsync(await host.InDatabaseAsync(db => db.Meters.Where(m => m.Number == "new").Select(m => m.Id).SingleAsync(Ct)), Day(10, 31), 35);

        var bills = (await host.BillAsync("electricity", "2026-09")).Concat(await host.BillAsync("electricity", "2026-10")).ToList();

        Assert.Equal([50m, 50m], bills.Select(b => b.Usage));
    }

    [Fact]
    public async Task A_counter_that_passes_zero_counts_on()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", OnePerUnit);
        var meter = await host.MeterAsync("electricity", room.Id, [(Day(9, 30), 999_990)], multiplier: 2);
        await host.ReadAsync(meter, Day(10, 31), 15, rolledOver: true);

        Assert.Equal(50, Assert.Single(await host.BillAsync("electricity", "2026-10")).Usage);
    }

    [Fact]
    public async Task An_estimate_that_was_too_high_is_settled_by_the_next_readings_and_nothing_is_negative()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", OnePerUnit);
        var meter = await host.MeterAsync("electricity", room.Id, [(Day(7, 31), 0)]);
        await host.ReadAsync(meter, Day(8, 31), 100, ReadingSource.Estimated);
        await host.ReadAsync(meter, Day(9, 30), 90);
        await host.ReadAsync(meter, Day(10, 31), 130);

        List<Bill> bills = [];
        foreach (var month in new[] { "2026-08", "2026-09", "2026-10" }) bills.Add(Assert.Single(await host.BillAsync("electricity", month)));

        Assert.Equal([(100m, true), (0m, false), (30m, false)], bills.Select(b => (b.Usage, b.IsEstimate)));
        Assert.Equal(13000, bills.Sum(b => b.AmountFen));
    }

    [Fact]
    public async Task People_pay_by_their_days_and_the_institution_for_the_days_on_which_nobody_lived_there()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", OnePerUnit);
        await host.MeterAsync("electricity", room.Id, [(Day(8, 31), 0), (Day(9, 30), 100)]);
        await host.StaysAsync(
            room.Id, (TestUsers.Resident, At(9, 11), At(9, 26)), (TestUsers.Technician, At(9, 16), At(9, 26)));

        var bill = Assert.Single(await host.BillAsync("electricity", "2026-09"));

        Assert.Equal((10000L, 5000L), (bill.AmountFen, bill.VacantFen));
        Assert.Equal([(10, 2000L), (15, 3000L)], bill.Shares.Select(s => (s.Days, s.AmountFen)).Order());
        await AssertLedgerAsync(host, room.Id, -5000);
        Assert.Equal(-5000, await host.InDatabaseAsync(db => db.LedgerAccounts.Where(a => a.Key == "subsidy").Select(a => a.BalanceFen).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_new_price_counts_for_its_part_of_all_days_of_the_bill()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", OnePerUnit);
        await host.RateAsync("electricity", PriceRule.Flat(2), Day(9, 21));
        await host.MeterAsync("electricity", room.Id, [(Day(8, 31), 0), (Day(9, 30), 90)]);

        Assert.Equal((90 * 20 + 180 * 10) * 100 / 30, Assert.Single(await host.BillAsync("electricity", "2026-09")).AmountFen);
    }

    [Fact]
    public async Task Steps_over_the_year_go_on_from_month_to_month()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("cold-water", new PriceRule([new PriceStep(15, 1), new PriceStep(null, 3)], BillingCycle.Year));
        await host.MeterAsync("cold-water", room.Id, [(Day(8, 31), 0), (Day(9, 30), 10), (Day(10, 31), 20)]);

        Assert.Equal(1000, Assert.Single(await host.BillAsync("cold-water", "2026-09")).AmountFen);
        Assert.Equal(5 * 100 + 5 * 300, Assert.Single(await host.BillAsync("cold-water", "2026-10")).AmountFen);
    }

    [Fact]
    public async Task A_person_pays_for_the_days_on_which_they_lived_somewhere()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("internet", PriceRule.Flat(30));
        await host.StaysAsync(room.Id, (TestUsers.Resident, At(9, 16), null));
        var me = (await host.AsAsync(TestUsers.Resident)).PersonId;

        var bill = Assert.Single(await host.BillAsync("internet", "2026-09"), b => b.PersonId == me);

        Assert.Equal((1500L, 0L), (bill.AmountFen, bill.VacantFen));
        Assert.Equal(-1500, await BalanceAsync(host, LedgerAccount.PersonKey(me)));
    }

    [Fact]
    public async Task Every_bill_can_be_computed_again_from_its_proof_and_check_finds_a_changed_one()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", PriceRule.Flat(0.4943m, new FreeQuota(10, QuotaBasis.Person, BillingCycle.Month, [2, 8], CarriesOver: true)));
        await host.MeterAsync("electricity", room.Id, [(Day(8, 31), 0), (Day(9, 30), 172.6m)]);

        var bill = Assert.Single(await host.BillAsync("electricity", "2026-09"));

        Assert.Equal(bill.AmountFen, BillProof.Parse(bill.Proof).Charge().Amount.Fen);
        Assert.Empty(await ProblemsAsync(host));
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var changed = await db.Bills.SingleAsync(b => b.Id == bill.Id, token);
            db.Entry(changed).Property(b => b.AmountFen).CurrentValue += 1;
            return 0;
        }, Ct));
        Assert.NotEmpty(await ProblemsAsync(host));
    }

    [Fact]
    public async Task Rooms_without_reading_or_rate_are_left_out_and_the_preview_says_so()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.WithoutRatesAsync("electricity");
        await host.MeterAsync("electricity", room.Id, [(Day(8, 31), 0)]);
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<BillingService>();
        var form = new RunForm { KindId = (await host.FeeKindAsync("electricity")).Id, Period = "2026-09" };

        Assert.Equal((LeftOutReason.NoReading, 1), Assert.Single((await manager.PreviewAsync(form, ct: Ct)).LeftOut.Select(l => (l.Reason, l.Count))));
        await host.ReadAsync((await host.InDatabaseAsync(db => db.Meters.SingleAsync(Ct))).Id, Day(9, 30), 10);
        Assert.Equal((LeftOutReason.NoRate, 1), Assert.Single((await manager.PreviewAsync(form, ct: Ct)).LeftOut.Select(l => (l.Reason, l.Count))));
        await host.RateAsync("electricity", OnePerUnit);
        var preview = await manager.PreviewAsync(form, ct: Ct);

        Assert.Equal((1, 1000L, 0), (preview.Bills, preview.Amount.Fen, preview.LeftOut.Count));
        Assert.Empty(await host.InDatabaseAsync(db => db.Bills.ToListAsync(Ct)));
    }

    [Fact]
    public async Task A_preview_lets_the_page_show_progress_and_ends_when_it_is_stopped()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", OnePerUnit);
        await host.MeterAsync("electricity", room.Id, [(Day(8, 31), 0), (Day(9, 30), 10)]);
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<BillingService>();
        var form = new RunForm { KindId = (await host.FeeKindAsync("electricity")).Id, Period = "2026-09" };
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => OneAtATime.RunAsync(
            () => manager.PreviewAsync(form, new Progress<double>(_ => stop.Cancel()), stop.Token), Ct));

        Assert.True(stop.IsCancellationRequested);
    }

    [Fact]
    public async Task Two_runs_of_a_kind_never_run_at_once_and_a_cancelled_one_bills_nothing_more()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", OnePerUnit);
        await host.MeterAsync("electricity", room.Id, [(Day(8, 31), 0), (Day(9, 30), 10)]);
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<BillingService>();
        var form = new RunForm { KindId = (await host.FeeKindAsync("electricity")).Id, Period = "2026-09" };

        var run = await manager.StartAsync(form, Ct);
        var refused = await Assert.ThrowsAsync<Rejected>(() => manager.StartAsync(form, Ct));
        await manager.CancelAsync(run, Ct);

        Assert.Contains(refused.Problems, p => p.Field == nameof(RunForm.KindId));
        Assert.False(await host.AsSystem().Get<BillingWork>().AdvanceAsync(run, Ct));
        Assert.Empty(await host.InDatabaseAsync(db => db.Bills.ToListAsync(Ct)));
        await Assert.ThrowsAsync<Rejected>(() => manager.CancelAsync(run, Ct));
    }

    [Theory]
    [InlineData(TestUsers.Administrator, true, true)]
    [InlineData(TestUsers.Manager, true, true)]
    [InlineData(TestUsers.Dispatcher, true, false)]
    [InlineData(TestUsers.Technician, false, false)]
    [InlineData(TestUsers.Resident, false, false)]
    public async Task The_office_reads_bills_and_management_starts_runs(string user, bool reads, bool starts)
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(user);
        var form = new RunForm { KindId = (await host.FeeKindAsync("electricity")).Id, Period = "2026-09" };

        Assert.Equal(reads, await MayAsync(() => desk.Get<BillQueries>().ListAsync(new BillFilter(), Ct)));
        Assert.Equal(reads, await MayAsync(() => desk.Get<BillingService>().RunsAsync(Ct)));
        Assert.Equal(starts, await MayAsync(() => desk.Get<BillingService>().PreviewAsync(form, ct: Ct)));
        Assert.Equal(starts, await MayAsync(() => desk.Get<BillingService>().StartAsync(form, Ct)));
    }

    [Fact]
    public async Task Residents_find_only_bills_that_they_pay_a_part_of()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        var other = await host.InDatabaseAsync(db => db.Users.Where(p => p.RoomId != null && p.RoomId != room.Id).Select(p => p.RoomId!.Value).FirstAsync(Ct));
        await host.RateAsync("electricity", OnePerUnit);
        foreach (var id in new[] { room.Id, other }) await host.MeterAsync("electricity", id, [(Day(8, 31), 0), (Day(9, 30), 10)]);
        await host.StaysAsync(room.Id, (TestUsers.Resident, At(9, 1), null));
        var bills = await host.BillAsync("electricity", "2026-09");
        var mine = (await host.AsAsync(TestUsers.Resident)).Get<BillQueries>();

        Assert.Equal(2, bills.Count);
        Assert.Equal(bills.Single(b => b.RoomId == room.Id).Id, Assert.Single(await mine.MineAsync(10, Ct)).Id);
        Assert.Equal(1000, Assert.Single((await mine.FindAsync(bills.Single(b => b.RoomId == room.Id).Id, Ct)).Shares).Amount.Fen);
        await Assert.ThrowsAsync<NotFound>(() => mine.FindAsync(bills.Single(b => b.RoomId == other).Id, Ct));
    }

    private static async Task<bool> MayAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (Exception e) when (e is Forbidden or NotFound)
        {
            return false;
        }
    }

    private static async Task AssertLedgerAsync(TestHost host, long roomId, long balance)
    {
        Assert.Equal(balance, await BalanceAsync(host, LedgerAccount.RoomKey(roomId)));
        Assert.Equal(0, await host.InDatabaseAsync(db => db.LedgerEntries.SumAsync(e => e.AmountFen, Ct)));
        var sums = await host.InDatabaseAsync(db => db.LedgerAccounts
            .Select(a => new { a.BalanceFen, Sum = db.Set<LedgerEntry>().Where(e => e.AccountId == a.Id).Sum(e => e.AmountFen) }).ToListAsync(Ct));
        Assert.All(sums, s => Assert.Equal(s.Sum, s.BalanceFen));
    }

    private static Task<long> BalanceAsync(TestHost host, string key) =>
        host.InDatabaseAsync(db => db.LedgerAccounts.Where(a => a.Key == key).Select(a => a.BalanceFen).SingleAsync(Ct));

    private static async Task<List<string>> ProblemsAsync(TestHost host)
    {
        var check = host.AsSystem().Get<IEnumerable<IStorageCheck>>().OfType<BillsCheck>().Single();
        return await host.InDatabaseAsync(async db => await check.ProblemsAsync(db, host.Directory, Ct).ToListAsync(Ct));
    }

    private static DateOnly Day(int month, int day) => new(2026, month, day);

    /// <summary>Noon in Shanghai.</summary>
    private static DateTimeOffset At(int month, int day) => new(2026, month, day, 4, 0, 0, TimeSpan.Zero);
}

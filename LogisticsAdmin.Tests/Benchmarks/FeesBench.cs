using System.Diagnostics;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Arrears;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Mine;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Fees.Rates;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>
/// Twenty thousand rooms with meters of three kinds: a billing run with steps and quota beside merely writing the same rows, the preview of a new price
/// from the bills of two years, payments, the newest page of a long statement, the list of arrears, and a resident's page.
/// </summary>
internal static partial class FeesBench
{
    private const int Months = 4, PreviewMonths = 24, Reads = 200;
    private static readonly DateOnly First = new(2025, 12, 31);
    private static readonly string[] Kinds = ["electricity", "cold-water", "hot-water"];

    public static async Task RunAsync()
    {
        await using var host = await TestHost.OpenAsync();
        var rooms = await PrepareAsync(host);
        var (work, manager) = (host.AsSystem().Get<BillingWork>(), await host.AsAsync(TestUsers.Manager));
        var table = new Table($"{rooms.Count:N0} rooms × {Kinds.Length} kinds", "s", "ratio to writing", "target");
        // Months before the measured one, so that bills have bills before them.
        for (var month = 1; month < Months; month++)
            foreach (var kind in Kinds) await BillAsync(host, work, kind, PeriodOf(month));
        var took = 0d;
        foreach (var kind in Kinds) took += await TimeAsync(() => BillAsync(host, work, kind, PeriodOf(Months)));
        var writing = await WriteAgainAsync(host);
        table.Row("a billing run of each kind, with steps and quota", took, took / writing, "6 s, 2");
        table.Row("the same bills, parts, entries and balances merely written", writing, 1d, "");
        for (var month = Months + 1; month <= PreviewMonths; month++) await BillAsync(host, work, Kinds[0], PeriodOf(month));
        var form = new RateForm { KindId = (await host.FeeKindAsync(Kinds[0])).Id, FirstDay = new DateOnly(2028, 6, 1), Reason = "试算" };
        form.Show(PriceRule.Flat(0.5123m));
        table.Row($"preview of a new price, {PreviewMonths} months billed", await TimeAsync(() => manager.Get<RateQueries>().ImpactAsync(form)), "", "2 s");

        var pages = new Table("reading", "p50 ms", "p95 ms", "target");
        var resident = await host.AsAsync(await host.InDatabaseAsync(db => db.Users.Where(p => p.RoomId == rooms[0]).Select(p => p.UserName!).FirstAsync()));
        await MeasureAsync("what /my/fees reads", "20 ms", () => resident.Get<MyFeesQueries>().ReadAsync());
        var revenue = await host.InDatabaseAsync(db => db.LedgerAccounts.Where(a => a.Kind == LedgerAccountKind.Revenue).Select(a => a.Id).FirstAsync());
        await MeasureAsync("newest page of a statement of 80,000 entries", "10 ms", () => manager.Get<LedgerQueries>().StatementAsync(revenue));
        await MeasureAsync(
            $"highest debts of {rooms.Count:N0} rooms", "50 ms", () => manager.Get<ArrearsService>().ListAsync(new ArrearsFilter { Descending = true }));

        async Task MeasureAsync(string what, string target, Func<Task> read)
        {
            List<double> times = [];
            for (var n = 0; n < Reads; n++) times.Add(await TimeAsync(read) * 1_000);
            var found = Percentiles.Of(times);
            pages.Row(what, found.P50, found.P95, target);
        }

        await PayAsync(host);
        await LoadPageAsync(host.Directory);
    }

    private static FeePeriod PeriodOf(int month) => FeePeriod.Month(2026 + ((month - 1) / 12), ((month - 1) % 12) + 1);

    // Two residents in each room, and a reading of every meter for each month; one of the rooms is that of the resident who signs in.
    private static async Task<IReadOnlyList<long>> PrepareAsync(TestHost host)
    {
        await host.InDatabaseAsync(PlacesBench.FillAsync);
        var quota = new FreeQuota(10, QuotaBasis.Person, BillingCycle.Month, [2, 8], CarriesOver: true);
        var rule = new PriceRule([new PriceStep(100, 0.4943m), new PriceStep(null, 0.5943m)], BillingCycle.Month, quota);
        foreach (var kind in Kinds) await host.RateAsync(kind, rule);
        var kinds = await host.InDatabaseAsync(db => db.FeeKinds.Where(k => Kinds.Contains(k.Code)).Select(k => k.Id).ToListAsync());
        return await host.InDatabaseAsync(async db =>
        {
            var rooms = await db.Rooms.Where(r => r.Building.Campus.Code.StartsWith("BENCH")).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync();
            rooms.Add((await db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.RoomId).SingleAsync())!.Value);
            var stays = await db.Occupancies.AsNoTracking().Where(o => o.From == TestHost.Start).ToListAsync();
            await db.WriteAsync(ct =>
            {
                using var bulk = new BulkWriter(db);
                bulk.AddUnaudited(stays.Select(Earlier), ct);
                return Task.CompletedTask;
            });
            foreach (var kind in kinds)
            {
                await db.WriteAsync(ct =>
                {
                    using var bulk = new BulkWriter(db);
                    List<Meter> meters = [.. rooms.Select(room => new Meter(kind, $"B{room}", 1, 6, First))];
                    foreach (var (meter, room) in meters.Zip(rooms)) meter.ShareWith(room, 1, First);
                    bulk.AddUnaudited(meters, ct);
                    var months = kind == kinds[0] ? PreviewMonths : Months;
                    bulk.AddUnaudited(meters.SelectMany(m => Enumerable.Range(0, months + 1).Select(month => new MeterReading(
                        m.Id, First.AddMonths(month), month * (60 + m.Id % 90), month == 0 ? ReadingSource.Opening : ReadingSource.Read,
                        rolledOver: false, null, TestHost.Start, Guid.NewGuid()))), ct);
                    return Task.CompletedTask;
                });
            }
            return rooms;
        });
    }

    private static Occupancy Earlier(Occupancy stay)
    {
        var earlier = new Occupancy(stay.PersonId, stay.RoomId, null, TestHost.Start.AddYears(-2));
        earlier.End(TestHost.Start);
        return earlier;
    }

    private static async Task BillAsync(TestHost host, BillingWork work, string kind, FeePeriod period)
    {
        var kindId = (await host.FeeKindAsync(kind)).Id;
        var run = await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var added = new BillingRun(kindId, period, 0, null, TestHost.Start);
            db.BillingRuns.Add(added);
            await db.SaveChangesAsync(token);
            return added.Id;
        }));
        while (await work.AdvanceAsync(run, CancellationToken.None)) { }
    }

    // The bills of the last month once more, under other numbers and for another period, with entries to the same accounts.
    private static async Task<double> WriteAgainAsync(TestHost host) => await host.InDatabaseAsync(async db =>
    {
        var seconds = 0d;
        var bills = await db.Bills.AsNoTracking().Where(b => b.Period == PeriodOf(Months).Code).OrderBy(b => b.Id).ToListAsync();
        var accounts = await db.LedgerAccounts.AsNoTracking().ToDictionaryAsync(a => a.Key);
        foreach (var some in bills.Chunk(BillingFacts.Batch))
        {
            List<Bill> copies = [.. some.Select(b => new Bill(
                "W" + b.Number, b.Kind, b.FeeKindId, FeePeriod.Month(2030, 1), b.Subject, b.RoomId, b.PersonId, b.First, b.Last, b.At)
                .Prove(BillProof.Parse(b.Proof)))];
            List<LedgerTransaction> transactions = [.. copies.Select(b =>
            {
                var transaction = new LedgerTransaction(TransactionKind.Bill, $"bill:{b.Number}", "", PeriodOf(Months).Last, TestHost.Start, null, null);
                transaction.Add(accounts[b.Subject], -1);
                transaction.Add(accounts[$"revenue:{b.FeeKindId}"], 1);
                return transaction;
            })];
            List<string> subjects = [.. some.Select(b => b.Subject)];
            var balances = await db.LedgerAccounts.AsNoTracking().Where(a => EF.Parameter(subjects).Contains(a.Key)).ToListAsync();
            seconds += await TimeAsync(() => db.WriteAsync(ct =>
            {
                using var bulk = new BulkWriter(db);
                bulk.AddUnaudited(copies, ct);
                bulk.AddUnaudited(transactions, ct);
                bulk.Update(balances, [nameof(LedgerAccount.BalanceFen), nameof(LedgerAccount.Entries), nameof(LedgerAccount.LastEntryAt)], ct);
                return Task.CompletedTask;
            }));
        }
        return seconds;
    });

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }
}

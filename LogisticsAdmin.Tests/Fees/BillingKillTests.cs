using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Tests.Data;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

[Collection(nameof(KillTests))]
public sealed class BillingKillTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_in_the_middle_a_run_goes_on_and_bills_every_room_once()
    {
        var directory = await TestHost.NewStorageAsync();
        int rooms;
        await using (var host = await TestHost.StartAsync(directory)) rooms = await PrepareAsync(host);
        foreach (var writes in new[] { 1, 2, 4, 1, 3 }) await BillUntilKilledAsync(directory, writes);

        await using (var host = await TestHost.StartAsync(directory))
        {
            await KillableBilling.FinishAsync(host, _ => { });
            var bills = await host.InDatabaseAsync(db => db.Bills.GroupBy(b => b.Period)
                .Select(g => new { g.Key, Bills = g.Count(), Rooms = g.Select(b => b.RoomId).Distinct().Count() }).ToListAsync(Ct));
            Assert.Equal(KillableBilling.Periods, bills.Select(b => b.Key).Order());
            Assert.All(bills, b => Assert.Equal((rooms, rooms), (b.Bills, b.Rooms)));
            var billed = await host.InDatabaseAsync(db => db.Bills.SumAsync(b => b.AmountFen, Ct));
            Assert.Equal(rooms * KillableBilling.Periods.Count * 1000L, billed);
            Assert.Equal(billed, await host.InDatabaseAsync(
                db => db.LedgerAccounts.Where(a => a.Kind == LedgerAccountKind.Revenue).SumAsync(a => a.BalanceFen, Ct)));
            Assert.Equal(0, await host.InDatabaseAsync(db => db.LedgerAccounts.SumAsync(a => a.BalanceFen, Ct)));
            Assert.Equal(0, await host.InDatabaseAsync(db => db.LedgerEntries.SumAsync(e => e.AmountFen, Ct)));
        }
        TestHost.DropStorage(directory);
    }

    // Each room uses ten units a month, at one yuan.
    private static async Task<int> PrepareAsync(TestHost host)
    {
        await host.RateAsync("electricity", PriceRule.Flat(1));
        var kind = (await host.FeeKindAsync("electricity")).Id;
        return await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var rooms = await db.Set<Room>().OrderBy(r => r.Id).Select(r => r.Id).Take(600).ToListAsync(token);
            List<Meter> meters = [];
            foreach (var room in rooms)
            {
                var meter = new Meter(kind, $"K{room}", 1, 6, new DateOnly(2025, 12, 31));
                meter.ShareWith(room, 1, new DateOnly(2025, 12, 31));
                meters.Add(meter);
            }
            using var bulk = new BulkWriter(db);
            bulk.AddUnaudited(meters, token);
            bulk.AddUnaudited(meters.SelectMany(m => Enumerable.Range(0, 11).Select(month => new MeterReading(
                m.Id, new DateOnly(2025, 12, 31).AddMonths(month), month * 10, month == 0 ? ReadingSource.Opening : ReadingSource.Read, rolledOver: false,
                null, TestHost.Start, Guid.NewGuid()))), token);
            return rooms.Count;
        }, Ct));
    }

    private static async Task BillUntilKilledAsync(string directory, int writes)
    {
        await using var billing = AppProcess.Bill(directory);
        var error = billing.Process.StandardError.ReadToEndAsync(Ct);
        for (var read = 0; read < writes; read++)
            if (await billing.Process.StandardOutput.ReadLineAsync(Ct) is null) Assert.Fail($"It ended by itself: {await error}");
        billing.Process.Kill();
    }
}

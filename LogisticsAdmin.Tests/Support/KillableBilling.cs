using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Support;

/// <summary>Entry of <c>bill-until-killed DIR</c>: bills three kinds for one month after the other and prints each write.</summary>
internal static class KillableBilling
{
    private static readonly DateOnly Start = new(2025, 9, 30);
    private static readonly string[] Kinds = ["electricity", "cold-water", "hot-water"];
    private static readonly IReadOnlyList<string> Periods =
        [.. Enumerable.Range(1, 13).Select(month => Start.AddMonths(month).ToString("yyyy-MM", CultureInfo.InvariantCulture))];

    public static async Task<int> RunAsync(string directory)
    {
        await using var host = await TestHost.StartAsync(directory);
        await BillAsync(host, Console.WriteLine);
        return 0;
    }

    /// <summary>Kills a process among its billing after some writes. False when it billed everything before.</summary>
    public static async Task<bool> KillAsync(string directory, int writes, CancellationToken ct)
    {
        await using var billing = AppProcess.Bill(directory);
        var error = billing.Process.StandardError.ReadToEndAsync(ct);
        for (var read = 0; read < writes; read++)
        {
            if (await billing.Process.StandardOutput.ReadLineAsync(ct) is not null) continue;
            await billing.Process.WaitForExitAsync(ct);
            if (billing.Process.ExitCode != 0) Assert.Fail($"It ended by itself: {await error}");
            return false;
        }
        billing.Process.Kill();
        return true;
    }

    /// <summary>Bills what is left. Then every room has one bill of each kind for each month, and the ledger has what they amount to.</summary>
    public static async Task FinishAsync(TestHost host, int rooms)
    {
        await BillAsync(host, _ => { });
        var bills = await host.InDatabaseAsync(db => db.Bills.GroupBy(b => new { b.FeeKindId, b.Period })
            .Select(g => new { g.Key.Period, Bills = g.Count(), Rooms = g.Select(b => b.RoomId).Distinct().Count() }).ToListAsync());
        Assert.Equal(Periods.SelectMany(p => Enumerable.Repeat(p, Kinds.Length)), bills.Select(b => b.Period).Order(StringComparer.Ordinal));
        Assert.All(bills, b => Assert.Equal((rooms, rooms), (b.Bills, b.Rooms)));
        var billed = await host.InDatabaseAsync(db => db.Bills.SumAsync(b => b.AmountFen));
        Assert.Equal(rooms * Periods.Count * Kinds.Length * 1000L, billed);
        Assert.Equal(billed, await host.InDatabaseAsync(
            db => db.LedgerAccounts.Where(a => a.Kind == LedgerAccountKind.Revenue).SumAsync(a => a.BalanceFen)));
        Assert.Equal(0, await host.InDatabaseAsync(db => db.LedgerAccounts.SumAsync(a => a.BalanceFen)));
        Assert.Equal(0, await host.InDatabaseAsync(db => db.LedgerEntries.SumAsync(e => e.AmountFen)));
    }

    /// <summary>Rooms that use ten units of each kind a month, at one yuan; returns how many.</summary>
    public static async Task<int> PrepareAsync(TestHost host)
    {
        List<long> kinds = [];
        foreach (var kind in Kinds)
        {
            await host.RateAsync(kind, PriceRule.Flat(1));
            kinds.Add((await host.FeeKindAsync(kind)).Id);
        }
        return await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var rooms = await db.Set<Room>().OrderBy(r => r.Id).Select(r => r.Id).Take(600).ToListAsync(token);
            List<Meter> meters = [];
            foreach (var (room, kind) in rooms.SelectMany(room => kinds.Select(kind => (room, kind))))
            {
                var meter = new Meter(kind, $"K{room}", 1, 6, Start);
                meter.ShareWith(room, 1, Start);
                meters.Add(meter);
            }
            using var bulk = new BulkWriter(db);
            bulk.AddUnaudited(meters, token);
            bulk.AddUnaudited(meters.SelectMany(m => Enumerable.Range(0, Periods.Count + 1).Select(month => new MeterReading(
                m.Id, Start.AddMonths(month), month * 10, month == 0 ? ReadingSource.Opening : ReadingSource.Read, rolledOver: false,
                null, TestHost.Start, Guid.NewGuid()))), token);
            return rooms.Count;
        }));
    }

    // Goes on with a run that was interrupted, then bills the months that have no run yet.
    private static async Task BillAsync(TestHost host, Action<string> wrote)
    {
        var billing = (await host.AsAsync(TestUsers.Manager)).Get<BillingService>();
        var work = host.AsSystem().Get<BillingWork>();
        foreach (var run in await work.UnfinishedAsync(CancellationToken.None)) await BillAsync(run);
        var known = await host.InDatabaseAsync(db => db.BillingRuns.Select(r => new { r.KindId, r.Period }).ToListAsync());
        foreach (var period in Periods)
        {
            foreach (var code in Kinds)
            {
                var kind = (await host.FeeKindAsync(code)).Id;
                if (!known.Exists(r => r.KindId == kind && r.Period == period))
                    await BillAsync(await billing.StartAsync(new RunForm { KindId = kind, Period = period }));
            }
        }

        async Task BillAsync(long run)
        {
            var goesOn = true;
            while (goesOn)
            {
                goesOn = await work.AdvanceAsync(run, CancellationToken.None);
                wrote($"{run};");
            }
        }
    }
}

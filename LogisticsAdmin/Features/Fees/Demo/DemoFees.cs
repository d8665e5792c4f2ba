using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Fees.Demo;

/// <summary>
/// Two years of meters, bills and payments of one building, each booked in its own month. The bills are made by the same runs as real ones; the
/// residents have lived there all the time. Loaded once.
/// </summary>
internal sealed class DemoFees(IDbContextFactory<LogisticsDb> databases, OfficeTime office, IOptions<OfficeOptions> options)
{
    private const int Months = 24, BillingDay = 6, PaymentDay = 12, Unpaid = 2;

    /// <summary>竹园3号楼, where the resident of the demo lives.</summary>
    private const string DemoBuilding = "Z3";

    /// <summary>False when there were bills already.</summary>
    public async Task<bool> LoadAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Bills.AnyAsync(ct)) return false;
        await new DemoMeters(office).LoadAsync(db, ct, DemoBuilding);
        await MoveInEarlierAsync(db, ct);
        var kinds = await db.Meters.Select(m => m.KindId).Distinct().Order().ToListAsync(ct);
        for (var back = Months; back >= 1; back--)
        {
            var month = office.Today.AddMonths(-back);
            foreach (var kind in kinds) await BillAsync(db, At(month, BillingDay), kind, FeePeriod.Month(month.Year, month.Month), ct);
            await PayAsync(db, At(month, PaymentDay), back <= Unpaid, ct);
        }
        return true;
    }

    // A day of the next month, but not one that is still to come.
    private OfficeTime At(DateOnly month, int day) =>
        DemoMoment.Of(office, options, new DateOnly(month.Year, month.Month, day).AddMonths(1), new TimeOnly(10, 0));

    // Residents of the demo moved in when it was loaded; those of the building lived there before as well.
    private Task MoveInEarlierAsync(LogisticsDb db, CancellationToken ct) => db.WriteAsync(async token =>
    {
        var from = office.At(office.Today.AddMonths(-Months - 1), default);
        var stays = db.Set<Occupancy>();
        var metered = db.MeterRooms.Select(r => r.RoomId);
        var now = await stays.AsNoTracking().Where(o => o.Until == null && o.From > from && metered.Contains(o.RoomId)).ToListAsync(token);
        foreach (var stay in now)
        {
            var earlier = new Occupancy(stay.PersonId, stay.RoomId, null, from);
            earlier.End(stay.From);
            stays.Add(earlier);
        }
    }, ct);

    private async Task BillAsync(LogisticsDb db, OfficeTime then, long kind, FeePeriod period, CancellationToken ct)
    {
        var rooms = await db.Meters.CountAsync(m => m.KindId == kind, ct);
        var run = await db.WriteAsync(async token =>
        {
            var added = new BillingRun(kind, period, rooms, null, then.Now);
            db.BillingRuns.Add(added);
            await db.SaveChangesAsync(token);
            return added.Id;
        }, ct);
        var work = new BillingWork(databases, then, []);
        while (await work.AdvanceAsync(run, ct)) { }
    }

    // Most rooms pay before their credit ends, in round amounts; every third pays late and not all of it, and has paid nothing
    // lately.
    private static Task PayAsync(LogisticsDb db, OfficeTime then, bool isLately, CancellationToken ct) => db.WriteAsync(async token =>
    {
        var rooms = await db.LedgerAccounts.AsNoTracking().Where(a => a.Kind == LedgerAccountKind.Room).OrderBy(a => a.Id).ToListAsync(token);
        var cash = LedgerAccount.OfOffice(LedgerAccountKind.Cash);
        var ledger = await LedgerBatch.BeginAsync(db, [.. rooms, cash], then.Today, then.Now, token);
        foreach (var (i, room) in rooms.Index())
        {
            var isLate = i % 3 == 2;
            if (room.BalanceFen > 1_000 || (isLate && (isLately || (then.Today.Month + room.Id) % 3 != 0))) continue;
            var wanted = isLate ? -room.BalanceFen * 2 / 3 : 3_000 + room.Id % 5 * 1_000 - room.BalanceFen;
            var paid = new Money((wanted + 999) / 1_000 * 1_000);
            if (paid.Fen > 0) ledger.Post(TransactionKind.TopUp, $"demo:{then.Today:yyyyMM}:{room.Key}", null, (room.Key, paid), (cash.Key, Money.Zero - paid));
        }
        using var bulk = new BulkWriter(db);
        ledger.Write(bulk, token);
    }, ct);
}

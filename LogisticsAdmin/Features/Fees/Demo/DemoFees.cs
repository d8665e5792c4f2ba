using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Demo;

/// <summary>
/// Two years of meters, bills and payments of one building. The bills are made by the same runs as real ones; the residents have lived there all the
/// time. Loaded once.
/// </summary>
internal sealed class DemoFees(IDbContextFactory<LogisticsDb> databases, BillingWork work, OfficeTime office)
{
    private const int Months = 24;

    /// <summary>竹园3号楼, where the resident of the demo lives.</summary>
    private const string DemoBuilding = "Z3";

    public async Task LoadAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Bills.AnyAsync(ct)) return;
        await new DemoMeters(office).LoadAsync(db, ct, DemoBuilding);
        await MoveInEarlierAsync(db, ct);
        var kinds = await db.Meters.Select(m => m.KindId).Distinct().Order().ToListAsync(ct);
        for (var back = Months; back >= 1; back--)
        {
            var month = office.Today.AddMonths(-back);
            foreach (var kind in kinds) await BillAsync(db, kind, FeePeriod.Month(month.Year, month.Month), ct);
        }
        await PayAsync(db, ct);
    }

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

    private async Task BillAsync(LogisticsDb db, long kind, FeePeriod period, CancellationToken ct)
    {
        var rooms = await db.Meters.CountAsync(m => m.KindId == kind, ct);
        var run = await db.WriteAsync(async token =>
        {
            var added = new BillingRun(kind, period, rooms, null, office.Now);
            db.BillingRuns.Add(added);
            await db.SaveChangesAsync(token);
            return added.Id;
        }, ct);
        while (await work.AdvanceAsync(run, ct)) { }
    }

    // What each room paid: most have some credit left, every seventh is in debt.
    private Task PayAsync(LogisticsDb db, CancellationToken ct) => db.WriteAsync(async token =>
    {
        var rooms = await db.LedgerAccounts.AsNoTracking().Where(a => a.Kind == LedgerAccountKind.Room).OrderBy(a => a.Id).ToListAsync(token);
        var cash = LedgerAccount.OfOffice(LedgerAccountKind.Cash);
        var ledger = await LedgerBatch.BeginAsync(db, [.. rooms, cash], office.Today, office.Now, token);
        foreach (var room in rooms)
        {
            var left = room.Id % 7 == 0 ? -2_000 - room.Id % 40 * 100 : 1_000 + room.Id % 90 * 150;
            var paid = new Money(left - room.BalanceFen);
            if (paid.Fen > 0) ledger.Post(TransactionKind.TopUp, $"demo:{room.Key}", null, (room.Key, paid), (cash.Key, Money.Zero - paid));
        }
        using var bulk = new BulkWriter(db);
        ledger.Write(bulk, token);
    }, ct);
}

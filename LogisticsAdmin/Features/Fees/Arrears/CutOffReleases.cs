using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>
/// Takes cut-offs and restores from technicians who do not work here any more, who lost the role or may not sign in: they are to be assigned again. Of a
/// restore the management is told.
/// </summary>
internal sealed class CutOffReleases(IDbContextFactory<LogisticsDb> databases, ArrearsNotices notices)
{
    /// <summary>Returns how many were taken back.</summary>
    public async Task<int> RunAsync(CancellationToken ct = default)
    {
        await using (var reading = await databases.CreateDbContextAsync(ct))
            if ((await LeftAsync(reading, ct)).Count == 0) return 0;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            var left = await LeftAsync(db, token);
            foreach (var id in left)
            {
                var order = await db.CutOffOrders.SingleAsync(o => o.Id == id, token);
                if (order.State == CutOffState.ToRestore) await notices.TellToRestoreAsync(db, order, token);
                else order.Release();
                db.Announce(new KeyChanged(ArrearsTopics.CutOffs, id));
            }
            return left.Count;
        }, ct);
    }

    private static async Task<IReadOnlyList<long>> LeftAsync(LogisticsDb db, CancellationToken ct)
    {
        var technicians = ArrearsNotices.Holders(db, [Role.Technician]);
        return await db.CutOffOrders.Where(o => o.TechnicianId != null && (o.State == CutOffState.Assigned || o.State == CutOffState.ToRestore)
            && !technicians.Any(p => p.Id == o.TechnicianId)).OrderBy(o => o.Id).Select(o => o.Id).ToListAsync(ct);
    }
}

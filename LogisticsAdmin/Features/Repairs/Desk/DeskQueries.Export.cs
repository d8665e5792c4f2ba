using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Desk.Export;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Tickets;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Desk;

public sealed partial class DeskQueries
{
    private const int ExportStep = 1_000;

    /// <summary>
    /// All matching tickets in the desk's order, without the limits of windows. The list of ids is read first, so that no ticket
    /// is missing or listed twice when tickets move meanwhile; the tickets are then read in batches, with their current values. Between
    /// batches no connection is held, and the reader's rights are checked again.
    /// </summary>
    public IAsyncEnumerable<RepairExportRow> ExportAsync(RepairFilter filter, DeskSort sort = DeskSort.Pressing, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        return ReadAsync(filter, sort, ct);
    }

    private async IAsyncEnumerable<RepairExportRow> ReadAsync(RepairFilter filter, DeskSort sort, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var ids in (await IdsAsync(filter, sort, ct)).Chunk(ExportStep))
        {
            user.Actor.DemandOffice();
            await using var db = await databases.CreateDbContextAsync(ct);
            var rows = await ExportRows(db, ids).ToDictionaryAsync(r => r.Row.Id, ct);
            var times = await TimeBreakdowns.ReadAsync(
                db, [.. rows.Values.Select(r => r.Row)], await clockCache.CurrentAsync(ct), clock.GetUtcNow(), ct);
            foreach (var id in ids)
                if (rows.TryGetValue(id, out var row)) yield return row with { Time = times[id] };
        }
    }

    private async Task<List<long>> IdsAsync(RepairFilter filter, DeskSort sort, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await NarrowingAsync(db, filter, ct) is not { } narrowing) return [];
        return await Find(db, filter, narrowing, sort).InOrder(sort).Select(t => t.Id).ToListAsync(ct);
    }

    private static IQueryable<RepairExportRow> ExportRows(LogisticsDb db, long[] ids) =>
        from row in RepairRow.From(db, db.RepairTickets.AsNoTracking().Where(t => ids.Contains(t.Id)))
        join t in db.RepairTickets on row.Id equals t.Id
        join p in db.People on t.ReporterId equals p.Id into reporters
        from reporter in reporters.DefaultIfEmpty()
        join cost in db.TicketCosts on row.Id equals cost.TicketId
        select new RepairExportRow(row, reporter.FullName ?? t.ContactName, reporter.PhoneNumber, cost)
        {
            OutageNotice = db.Set<NewsItem>().Where(n => n.Id == t.OutageNoticeId).Select(n => n.Number).FirstOrDefault(),
        };
}

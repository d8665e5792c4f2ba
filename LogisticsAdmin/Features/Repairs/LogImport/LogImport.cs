using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>
/// Brings an existing log of repairs in: all of it or nothing, in one transaction; a row whose source and key are here already is left
/// as it is. Open rows come in as New, numbered in the order and on the day of their submission, and are triaged on the page.
/// </summary>
public sealed class LogImport(IDbContextFactory<LogisticsDb> databases, OfficeTime office, ServiceClockCache clockCache, ILogger<LogImport> log)
{
    /// <summary>
    /// Refuses a file or map that can't be used at all; rows that can't are listed in the report, and the others go in. The stream must be
    /// able to seek.
    /// </summary>
    public async Task<LogImportReport> ImportAsync(Stream csv, LogMap map, CancellationToken ct = default)
    {
        var file = LogFile.ReadFrom(csv, map, office.Now, ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        var report = await db.WriteAsync(async token =>
        {
            var known = await LogStore.KnownAsync(db, map, token);
            var fresh = file.Rows.Where(r => !known.Contains(r.Key)).ToList();
            var (_, newPlaces) = await LogStore.StoreAsync(db, map, fresh, office, await clockCache.CurrentAsync(token), token);
            return new LogImportReport
            {
                Source = map.Source,
                Read = file.Read,
                Imported = fresh.Count,
                Open = fresh.Count(r => r.Status == TicketStatus.New),
                AlreadyThere = file.Rows.Count - fresh.Count,
                NewPlaces = newPlaces,
                Rejected = file.Refused,
            };
        }, ct);
        log.LogImported(report.Source, report.Read, report.Imported, report.AlreadyThere, report.Rejected.Count);
        return report;
    }
}

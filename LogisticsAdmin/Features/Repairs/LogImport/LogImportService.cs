using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>
/// Imports an existing repair log in one transaction. A row whose source and key were imported before is left unchanged. Tickets are
/// numbered by day and order of submission; open rows become New tickets and are triaged in the app.
/// </summary>
public sealed class LogImportService(IDbContextFactory<LogisticsDb> databases, OfficeTime office, ServiceClockCache clockCache, ILogger<LogImportService> log)
{
    /// <summary>
    /// Throws a refusal for a file or map that can't be used at all; single rows that can't be used are listed in the report, and the
    /// others are imported. The stream must be seekable.
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

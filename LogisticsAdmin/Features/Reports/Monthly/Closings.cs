using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Reports.Monthly;

internal static class Closings
{
    /// <summary>The closing of a month that is in force, with its content; null when the month is open.</summary>
    public static Task<ReportClosing?> InForceAsync(LogisticsDb db, DateOnly month, CancellationToken ct) =>
        db.Set<ReportClosing>().AsNoTracking().Include(c => c.Content).SingleOrDefaultAsync(c => c.Month == month && c.ReopenedAt == null, ct);
}

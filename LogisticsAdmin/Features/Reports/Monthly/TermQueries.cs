using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Reports.Monthly;

/// <summary>The terms of the office calendar: the time between two breaks.</summary>
public sealed class TermQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office)
{
    private const int Offered = 8;

    /// <summary>The terms that have begun, the newest first; each is named after its first month.</summary>
    public async Task<IReadOnlyList<(LocalName Name, ReportPeriod Period)>> RecentAsync(CancellationToken ct = default)
    {
        user.Actor.DemandDashboard();
        await using var db = await databases.CreateDbContextAsync(ct);
        var spans = db.Set<CalendarSpan>();
        var breaks = await spans.AsNoTracking().Where(s => s.Kind == SpanKind.TermBreak).OrderBy(s => s.From).Select(s => new { s.From, s.To }).ToListAsync(ct);
        List<(LocalName, ReportPeriod)> terms = [];
        for (var i = 0; i < breaks.Count; i++)
        {
            var first = breaks[i].To.AddDays(1);
            var last = i + 1 < breaks.Count ? breaks[i + 1].From.AddDays(-1) : office.Today;
            if (first > office.Today || last < first) continue;
            var period = ReportPeriod.Days(first, last);
            terms.Add((NameOf(first), period));
        }
        terms.Reverse();
        return [.. terms.Take(Offered)];
    }

    private static LocalName NameOf(DateOnly first)
    {
        var name = LocalName.Of<ReportsText>("TermFrom");
        return new LocalName(
            string.Format(CultureInfo.GetCultureInfo(Languages.Chinese), name.Zh, first.ToDateTime(TimeOnly.MinValue)),
            string.Format(CultureInfo.GetCultureInfo(Languages.English), name.En, first.ToDateTime(TimeOnly.MinValue)));
    }
}

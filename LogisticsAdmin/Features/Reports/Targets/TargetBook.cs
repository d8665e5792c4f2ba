using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Reports.Targets;

/// <summary>The targets in force, by figure and month.</summary>
public sealed class TargetBook
{
    /// <summary>No target at all.</summary>
    public static readonly TargetBook Empty = new([]);

    private readonly ILookup<(string, TargetScope, long), (DateOnly From, decimal? Value)> _targets;

    private TargetBook(IEnumerable<ReportTarget> targets) =>
        _targets = targets.OrderBy(t => t.From).ToLookup(t => (t.Figure, t.Scope, t.ScopeId), t => (t.From, t.Value));

    public static async Task<TargetBook> ReadAsync(LogisticsDb db, CancellationToken ct) =>
        new(await db.Set<ReportTarget>().AsNoTracking().Where(t => t.WithdrawnAt == null).ToListAsync(ct));

    /// <summary>The target of the month in which the period begins; null without one.</summary>
    public decimal? Of(string figure, ReportPeriod period, TargetScope scope = TargetScope.Office, long scopeId = 0)
    {
        var month = new DateOnly(period.From.Year, period.From.Month, 1);
        return _targets[(figure, scope, scopeId)].LastOrDefault(t => t.From <= month).Value;
    }
}

using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Reports.Files;

/// <summary>Looks every quarter of an hour whether a draft is to be announced; see <see cref="ReportDrafts"/>.</summary>
internal sealed class ReportDraftJob(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ReportDraftJob> log)
    : PeriodicJob(Interval, scopes, clock, log)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    private bool _hasStarted;

    protected override async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        // The start of the app is busy enough.
        if (_hasStarted) await services.GetRequiredService<ReportDrafts>().AnnounceDueAsync(ct);
        _hasStarted = true;
    }
}

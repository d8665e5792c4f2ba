using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Reports.Files;

/// <summary>
/// Goes on with files that are requested and in nobody's hands: those that the end of the process interrupted, at the next start, and those that
/// could not be stored because another program had locked the database, within a minute.
/// </summary>
internal sealed class UnfinishedReportFiles(ReportFileRunner runner, IServiceScopeFactory scopes, TimeProvider clock, ILogger<UnfinishedReportFiles> log)
    : PeriodicJob(Interval, scopes, clock, log)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override Task RunAsync(IServiceProvider services, CancellationToken ct) => runner.ResumeAsync(ct);
}

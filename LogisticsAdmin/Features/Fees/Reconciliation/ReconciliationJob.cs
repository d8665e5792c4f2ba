using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Fees.Reconciliation;

/// <summary>Fetches yesterday's statements in the morning, and those that are not there yet.</summary>
internal sealed class ReconciliationJob(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ReconciliationJob> log)
    : PeriodicJob(Interval, scopes, clock, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override Task RunAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<StatementWork>().RunAsync(ct);
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Ledger;

/// <summary>Seals yesterday's ledger soon after midnight, or at the next start.</summary>
internal sealed class LedgerSealJob(IServiceScopeFactory scopes, TimeProvider clock, ILogger<LedgerSealJob> log)
    : PeriodicJob(Interval, scopes, clock, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    protected override Task RunAsync(IServiceProvider services, CancellationToken ct) =>
        services.GetRequiredService<LedgerSeals>().SealAsync(services.GetRequiredService<OfficeTime>().Today.AddDays(-1), ct);
}

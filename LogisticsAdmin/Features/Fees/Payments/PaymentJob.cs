using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>Asks gateways for what is due.</summary>
internal sealed class PaymentJob(PaymentRunner runner, IServiceScopeFactory scopes, TimeProvider clock, ILogger<PaymentJob> log)
    : PeriodicJob(Interval, scopes, clock, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    protected override Task RunAsync(IServiceProvider services, CancellationToken ct) => runner.RunAsync(ct);
}

using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Outbox;

/// <summary>Sends what is due every few seconds.</summary>
internal sealed class OutboxJob(OutboxRunner runner, IServiceScopeFactory scopes, TimeProvider clock, ILogger<OutboxJob> log)
    : PeriodicJob(Interval, scopes, clock, log)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override Task RunAsync(IServiceProvider services, CancellationToken ct) => runner.RunAsync(ct);
}

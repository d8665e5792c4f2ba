using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>Runs <see cref="RepairClock"/> every 30 seconds.</summary>
internal sealed class RepairClockJob(IServiceScopeFactory scopes, TimeProvider clock, ILogger<RepairClockJob> log)
    : PeriodicJob(TimeSpan.FromSeconds(30), scopes, clock, log)
{
    protected override Task RunAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<RepairClock>().TickAsync(ct);
}

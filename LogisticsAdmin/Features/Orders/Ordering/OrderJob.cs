using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>See <see cref="OrderRunner"/>.</summary>
internal sealed class OrderJob(IServiceScopeFactory scopes, TimeProvider clock, ILogger<OrderJob> log) : PeriodicJob(Interval, scopes, clock, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    protected override Task RunAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<OrderRunner>().RunAsync(ct);
}

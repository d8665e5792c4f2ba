using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>See <see cref="SeasonRunner"/>.</summary>
internal sealed class SeasonJob(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SeasonJob> log) : PeriodicJob(Interval, scopes, clock, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    protected override Task RunAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<SeasonRunner>().RunAsync(ct);
}

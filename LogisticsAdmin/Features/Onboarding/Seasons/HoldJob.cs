using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>
/// Frees a bed when its hold runs out, so that open pages learn of it at once and not with the next run of <see cref="SeasonJob"/>. A run waits for the
/// holds that end before the next run.
/// </summary>
internal sealed class HoldJob(IServiceScopeFactory scopes, TimeProvider clock, ILogger<HoldJob> log) : PeriodicJob(Interval, scopes, clock, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    /// <summary>In a rush holds end many a second: those of half a second are freed in one write.</summary>
    private static readonly TimeSpan Gathered = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _clock = clock;

    protected override async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        var runner = services.GetRequiredService<SeasonRunner>();
        var until = _clock.GetUtcNow() + Interval;
        while (await runner.NextEndAsync(until, ct) is { } end)
        {
            var left = end - _clock.GetUtcNow();
            // The clock was set back: a later run waits for it.
            if (left > Interval) return;
            await Task.Delay(left > TimeSpan.Zero ? left + Gathered : Gathered, _clock, ct);
            await runner.FreeAsync(ct);
        }
    }
}

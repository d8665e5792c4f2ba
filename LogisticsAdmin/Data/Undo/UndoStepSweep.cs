using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Data.Undo;

/// <summary>Deletes old steps once a day: they hold personal data.</summary>
internal sealed class UndoStepSweep(IServiceScopeFactory scopes, TimeProvider clock, ILogger<UndoStepSweep> log)
    : PeriodicJob(TimeSpan.FromDays(1), scopes, clock, log)
{
    private readonly TimeProvider _clock = clock;

    protected override Task RunAsync(IServiceProvider services, CancellationToken ct) =>
        StepUndo.SweepAsync(services.GetRequiredService<IDbContextFactory<LogisticsDb>>(), _clock.GetUtcNow(), ct);
}

using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Repairs.Work.Undo;

/// <summary>Deletes old change sets once a day.</summary>
internal sealed class UndoSweep(IServiceScopeFactory scopes, TimeProvider clock, ILogger<UndoSweep> log)
    : PeriodicJob(TimeSpan.FromDays(1), scopes, clock, log)
{
    protected override Task RunAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<UndoService>().SweepAsync(ct);
}

using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>Runs <see cref="VoiceClock"/> every 30 seconds.</summary>
internal sealed class VoiceClockJob(IServiceScopeFactory scopes, TimeProvider clock, ILogger<VoiceClockJob> log)
    : PeriodicJob(TimeSpan.FromSeconds(30), scopes, clock, log)
{
    protected override Task RunAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<VoiceClock>().TickAsync(ct);
}

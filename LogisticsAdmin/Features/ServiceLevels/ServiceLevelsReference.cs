using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.ServiceLevels;

/// <summary>Levels and escalation steps of seeds/reference.json, for a database that has no levels yet.</summary>
internal sealed class ServiceLevelsReference : IReferenceRows
{
    public async Task LoadAsync(LogisticsDb db, CancellationToken ct)
    {
        if (await db.ServiceLevels.AnyAsync(ct)) return;
        var file = await Seeds.ReadAsync<ReferenceFile>("reference.json", ct);
        await db.WriteAsync(_ =>
        {
            db.ServiceLevels.AddRange(file.Levels.Select(l => new ServiceLevel(l.Urgency, null,
                TimeSpan.FromHours(l.Response), TimeSpan.FromHours(l.Completion), l.RoundTheClock, DateTimeOffset.UnixEpoch, null, null)));
            db.EscalationSteps.AddRange(file.Escalation.Select(s => new EscalationStep(s.Clock, s.Minutes, s.Tells)));
            return Task.CompletedTask;
        }, ct);
    }

    private sealed record ReferenceFile(IReadOnlyList<SeedLevel> Levels, IReadOnlyList<SeedStep> Escalation);

    private sealed record SeedLevel(Urgency Urgency, double Response, double Completion, bool RoundTheClock);

    private sealed record SeedStep(ClockKind Clock, int Minutes, EscalationAudience Tells);
}

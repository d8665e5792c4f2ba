using LogisticsAdmin.Data;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>
/// Cases run on the clocks of the service levels, with limits of their own (<see cref="Cases.VoiceLevel"/>): levels belong to urgencies, and a case has
/// none. When the calendar or the steps change, their limits are recalculated as those of repairs are.
/// </summary>
internal sealed class VoiceLevelScope(VoiceClock clock, ServiceClockCache clocks) : ILevelScope
{
    public string Key => "voice";

    public LocalName Name { get; } = LocalName.Of<VoiceText>("Title");

    public Task<IReadOnlyList<LevelSubject>> SubjectsAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<LevelSubject>>([]);

    public Task<bool> OffersAsync(LogisticsDb db, long subjectId, CancellationToken ct) => Task.FromResult(false);

    public async Task<int> RecalculateAsync(CancellationToken ct)
    {
        await clocks.RefreshAsync(ct);
        return await clock.RecalculateAsync(ct);
    }
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Voice.Cases;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>The limits that every office begins with: first answer within 24 hours, settled within five working days of eight hours.</summary>
internal sealed class VoiceReference : IReferenceRows
{
    private const int AnswerMinutes = 24 * 60, SettleMinutes = 5 * 8 * 60;

    public async Task LoadAsync(LogisticsDb db, CancellationToken ct)
    {
        if (await db.VoiceLevels.AnyAsync(ct)) return;
        await db.WriteAsync(_ =>
        {
            db.VoiceLevels.Add(new VoiceLevel(AnswerMinutes, SettleMinutes, DateTimeOffset.UnixEpoch, null));
            return Task.CompletedTask;
        }, ct);
    }
}

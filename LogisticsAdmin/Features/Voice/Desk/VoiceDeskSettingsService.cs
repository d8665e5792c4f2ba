using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Desk;

/// <summary>Stores each office member's display settings for the desk of cases. Users can only read and change their own.</summary>
public sealed class VoiceDeskSettingsService(IDbContextFactory<LogisticsDb> databases, CurrentUser user)
{
    /// <summary>The user's own settings; the defaults until they change any.</summary>
    public async Task<VoiceDeskSettings> MineAsync(CancellationToken ct = default)
    {
        user.Actor.DemandVoiceOffice();
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.PersonVoiceDeskSettings.AsNoTracking().Where(s => s.PersonId == me)
            .Select(s => new VoiceDeskSettings(s.Density, s.Sort, s.Facts, s.Advances)).FirstOrDefaultAsync(ct) ?? VoiceDeskSettings.Default;
    }

    /// <summary>Saves the settings; unknown values are replaced by the defaults.</summary>
    public async Task SaveAsync(VoiceDeskSettings settings, CancellationToken ct = default)
    {
        user.Actor.DemandVoiceOffice();
        var me = user.PersonId;
        var known = new VoiceDeskSettings(
            Enum.IsDefined(settings.Density) ? settings.Density : VoiceDeskSettings.Default.Density,
            Enum.IsDefined(settings.Sort) ? settings.Sort : VoiceDeskSettings.Default.Sort,
            settings.Facts & Enum.GetValues<VoiceRowFact>().Aggregate((all, fact) => all | fact),
            settings.Advances);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            if (await db.PersonVoiceDeskSettings.FindAsync([me], token) is { } mine) mine.Apply(known);
            else db.PersonVoiceDeskSettings.Add(new PersonVoiceDeskSettings(me, known));
        }, ct);
    }
}

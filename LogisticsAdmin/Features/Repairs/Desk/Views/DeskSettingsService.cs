using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Desk.Views;

/// <summary>Stores each office member's display settings for the desk. Users can only read and change their own.</summary>
public sealed class DeskSettingsService(IDbContextFactory<LogisticsDb> databases, CurrentUser user)
{
    public async Task<DeskSettings> MineAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.PersonDeskSettings.AsNoTracking().Where(l => l.PersonId == me)
            .Select(l => new DeskSettings(l.Density, l.Sort, l.Facts, l.Advances)).FirstOrDefaultAsync(ct) ?? DeskSettings.Default;
    }

    /// <summary>Saves the settings; unknown values are replaced by the defaults.</summary>
    public async Task SaveAsync(DeskSettings settings, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        var me = user.PersonId;
        var known = new DeskSettings(
            Enum.IsDefined(settings.Density) ? settings.Density : DeskSettings.Default.Density,
            Enum.IsDefined(settings.Sort) ? settings.Sort : DeskSettings.Default.Sort,
            settings.Facts & Enum.GetValues<DeskFact>().Aggregate((all, fact) => all | fact),
            settings.Advances);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            if (await db.PersonDeskSettings.FindAsync([me], token) is { } mine) mine.Apply(known);
            else db.PersonDeskSettings.Add(new PersonDeskSettings(me, known));
        }, ct);
    }
}

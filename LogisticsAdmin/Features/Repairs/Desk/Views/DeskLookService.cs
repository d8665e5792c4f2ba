using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Desk.Views;

/// <summary>Stores each office member's display settings for the desk. Users can only read and change their own.</summary>
public sealed class DeskLookService(IDbContextFactory<LogisticsDb> databases, CurrentUser user)
{
    public async Task<RowLook> MineAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.DeskLooks.AsNoTracking().Where(l => l.PersonId == me)
            .Select(l => new RowLook(l.Density, l.Sort, l.Facts)).FirstOrDefaultAsync(ct) ?? RowLook.Default;
    }

    /// <summary>Saves the settings; unknown values are replaced by the defaults.</summary>
    public async Task SaveAsync(RowLook look, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        var me = user.PersonId;
        var known = new RowLook(
            Enum.IsDefined(look.Density) ? look.Density : RowLook.Default.Density,
            Enum.IsDefined(look.Sort) ? look.Sort : RowLook.Default.Sort,
            look.Facts & Enum.GetValues<DeskFact>().Aggregate((all, fact) => all | fact));
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            if (await db.DeskLooks.FindAsync([me], token) is { } mine) mine.Wear(known);
            else db.DeskLooks.Add(new DeskLook(me, known));
        }, ct);
    }
}

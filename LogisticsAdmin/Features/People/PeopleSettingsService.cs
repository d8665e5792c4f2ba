using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.People;

/// <summary>Stores the columns that each administrator chose for the list of people. Users can only read and change their own.</summary>
public sealed class PeopleSettingsService(IDbContextFactory<LogisticsDb> databases, CurrentUser user)
{
    public async Task<PeopleColumns> ColumnsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandPeople();
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Set<PeopleSettings>().Where(s => s.PersonId == me).Select(s => (PeopleColumns?)s.Columns).FirstOrDefaultAsync(ct)
            ?? PeopleFilter.UsualColumns;
    }

    /// <summary>Stores the choice; unknown columns are left out.</summary>
    public async Task ShowAsync(PeopleColumns columns, CancellationToken ct = default)
    {
        user.Actor.DemandPeople();
        var me = user.PersonId;
        var known = columns & Enum.GetValues<PeopleColumns>().Aggregate((all, column) => all | column);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            if (await db.Set<PeopleSettings>().FindAsync([me], token) is { } mine) mine.Show(known);
            else db.Add(new PeopleSettings(me, known));
        }, ct);
    }
}

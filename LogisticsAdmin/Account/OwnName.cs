using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Account;

/// <summary>What the acting person is called now, for pages that greet them; the sign-in cookie may still have an earlier name.</summary>
public sealed class OwnName(IDbContextFactory<LogisticsDb> databases, CurrentUser user, KeptReadings kept)
{
    public async Task<string> ReadAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        return await kept.OfAsync("Account.Name", me, [RowsRead.Of<Person>(me)], async token =>
        {
            await using var db = await databases.CreateDbContextAsync(token);
            return await db.Users.Where(p => p.Id == me).Select(p => p.FullName).FirstAsync(token);
        }, ct);
    }
}

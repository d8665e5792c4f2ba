using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>
/// Takes keys back at any time, whether or not the person leaves in a round, for administrators and dispatchers; everybody else is refused as
/// <see cref="Forbidden"/>. It can be undone for a while.
/// </summary>
public sealed class RoomKeyService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, RoomKeyUndo undo)
{
    private const string Return = "Return";

    /// <summary>
    /// 归还钥匙. A key that was returned before stays as it is; one that was never handed to this person is <see cref="NotFound"/>.
    /// </summary>
    public async Task ReturnAsync(long personId, long keyId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        undo.Offer(await db.WriteAsync(token =>
        {
            user.Actor.DemandCheckingIn();
            return undo.RecordAsync(db, Return, [keyId], async () =>
            {
                var key = await db.RoomKeys.SingleOrDefaultAsync(k => k.Id == keyId && k.PersonId == personId, token) ?? throw new NotFound();
                if (key.ReturnedAt is not null) return;
                key.Return(user.PersonId, office.Now);
                RoomKeyUndo.Announce(db, key);
            }, token);
        }, ct));
    }
}

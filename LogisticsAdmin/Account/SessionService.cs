using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Account;

/// <summary>One open session of the person; <paramref name="IsThis"/> if it is the acting one.</summary>
public sealed record SessionLine(
    Guid Id, SignInMethod Method, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, string? Address, string? Device, bool IsThis);

/// <summary>The person's open sessions. What ends one is refused everywhere at once: by cookies, circuits and subscriptions.</summary>
public sealed class SessionService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, SessionStamps stamps, TimeProvider clock)
{
    /// <summary>The open sessions of the acting person, the one in use first, then the last seen.</summary>
    public async Task<IReadOnlyList<SessionLine>> ListAsync(CancellationToken ct = default)
    {
        var (me, here, since) = (user.PersonId, user.Actor.SessionId, clock.GetUtcNow() - Session.Lifetime);
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Set<Session>().Where(s => s.PersonId == me && s.LastSeenAt > since)
            .OrderByDescending(s => s.Id == here).ThenByDescending(s => s.LastSeenAt).ThenBy(s => s.Id)
            .Select(s => new SessionLine(s.Id, s.Method, s.StartedAt, s.LastSeenAt, s.Address, s.Device, s.Id == here)).ToListAsync(ct);
    }

    /// <summary>Ends one of the acting person's sessions. Does nothing if it has ended already; somebody else's is left alone.</summary>
    public Task EndAsync(Guid id, CancellationToken ct = default) => EndAsync(s => s.Where(session => session.Id == id), ct);

    /// <summary>Ends every other session of the acting person.</summary>
    public Task EndOthersAsync(CancellationToken ct = default)
    {
        var here = user.Actor.SessionId;
        return EndAsync(s => s.Where(session => session.Id != here), ct);
    }

    /// <summary>Stores the session of a sign-in, in the place of the one that this browser had before.</summary>
    internal async Task StartAsync(LogisticsDb db, Session session, CancellationToken ct)
    {
        var (before, expired) = (user.ActorOrNull?.SessionId, session.StartedAt - Session.Lifetime);
        await db.EndSessionsAsync(s => s.Id == before || (s.PersonId == session.PersonId && s.LastSeenAt < expired), ct);
        db.Add(session);
    }

    /// <summary>Whether the session is open. Asks the database.</summary>
    internal async Task<bool> IsOpenAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var seen = await db.Set<Session>().Where(s => s.Id == actor.SessionId && s.PersonId == actor.PersonId)
            .Select(s => (DateTimeOffset?)s.LastSeenAt).FirstOrDefaultAsync(ct);
        if (seen is { } at && actor.SessionId is { } id) stamps.Confirm(id, at);
        return seen is not null;
    }

    /// <summary>Stores that the session is in use, unless that was stored less than <see cref="Session.SeenInterval"/> ago.</summary>
    internal async Task SeenAsync(Guid id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!stamps.IsSeen(id, now)) return;
        await using var db = await databases.CreateDbContextAsync(ct);
        try
        {
            await db.WriteAsync(async token =>
            {
                if (await db.Set<Session>().FindAsync([id], token) is { } session) session.LastSeenAt = now;
            }, ct);
        }
        catch (Rejected)
        {
            // The database can't be written at the moment. Nobody may lose an open page for that; the next time is stored.
        }
    }

    private async Task EndAsync(Func<IQueryable<Session>, IQueryable<Session>> which, CancellationToken ct)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            var ids = await which(db.Set<Session>().Where(s => s.PersonId == me)).Select(s => s.Id).ToListAsync(token);
            await db.EndSessionsAsync(s => ids.Contains(s.Id), token);
        }, ct);
    }
}

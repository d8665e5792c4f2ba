using System.Collections.Concurrent;
using System.Diagnostics;

namespace LogisticsAdmin.Security;

/// <summary>
/// Remembers the security stamps that changed and the sessions that ended while this process runs, so that the next call of an open circuit
/// is refused instead of waiting for the next revalidation.
/// </summary>
public sealed class SessionStamps
{
    // Ended sessions are remembered until no circuit can be left that has not been revalidated since.
    private const int MaxEnded = 10_000;
    private static readonly TimeSpan EndedFor = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<long, string> _stamps = new();

    // Open sessions that this process has seen in the database, with the time that is stored as last seen.
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _open = new();
    private readonly ConcurrentDictionary<Guid, long> _ended = new();

    /// <summary>Raised after a person's stamp changed and the change is committed.</summary>
    public event Action<long>? Changed;

    /// <summary>Raised after the end of a session is committed.</summary>
    public event Action<Guid>? Ended;

    /// <summary>False once the actor's stamp was replaced by another or their session has ended.</summary>
    public bool IsCurrent(Actor actor) =>
        (actor.PersonId is not { } id || !_stamps.TryGetValue(id, out var stamp) || stamp == actor.Stamp)
        && !HasEnded(actor);

    /// <summary>Whether the actor's session has ended.</summary>
    public bool HasEnded(Actor actor) => actor.SessionId is { } session && _ended.ContainsKey(session);

    /// <summary>Whether this process has seen the actor's stamp and session in the database; after a restart it has seen none.</summary>
    public bool IsConfirmed(Actor actor) => actor is { PersonId: { } id, SessionId: { } session }
        && _stamps.TryGetValue(id, out var stamp) && stamp == actor.Stamp && _open.ContainsKey(session) && !_ended.ContainsKey(session);

    /// <summary>Records the stamp read from the database, unless a newer one was recorded meanwhile.</summary>
    public void Confirm(long personId, string stamp) => _stamps.TryAdd(personId, stamp);

    /// <summary>Records an open session read from the database.</summary>
    public void Confirm(Guid session, DateTimeOffset seen) => _open.TryAdd(session, seen);

    /// <summary>Records that the session is in use; true if that should be stored.</summary>
    public bool IsSeen(Guid session, DateTimeOffset now) =>
        _open.TryGetValue(session, out var stored) && now - stored >= Session.SeenInterval && _open.TryUpdate(session, now, stored);

    public void Renew(long personId, string stamp)
    {
        _stamps[personId] = stamp;
        Changed?.Invoke(personId);
    }

    public void End(Guid session)
    {
        _ended[session] = Stopwatch.GetTimestamp();
        _open.TryRemove(session, out _);
        if (_ended.Count > MaxEnded)
        {
            foreach (var (id, at) in _ended)
                if (Stopwatch.GetElapsedTime(at) > EndedFor) _ended.TryRemove(id, out _);
        }
        Ended?.Invoke(session);
    }
}

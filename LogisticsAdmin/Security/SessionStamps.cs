using System.Collections.Concurrent;

namespace LogisticsAdmin.Security;

/// <summary>
/// Remembers the security stamps that changed while this process runs, so that the next call of an open circuit is refused instead of
/// waiting for the next revalidation.
/// </summary>
public sealed class SessionStamps
{
    private readonly ConcurrentDictionary<long, string> _stamps = new();

    /// <summary>Raised after a person's stamp changed and the change is committed.</summary>
    public event Action<long>? Changed;

    /// <summary>False once the actor's stamp was replaced by another.</summary>
    public bool IsCurrent(Actor actor) =>
        actor.PersonId is not { } id || !_stamps.TryGetValue(id, out var stamp) || stamp == actor.Stamp;

    /// <summary>Whether this process has seen the actor's stamp in the database; after a restart it has seen none.</summary>
    public bool IsConfirmed(Actor actor) => actor.PersonId is { } id && _stamps.TryGetValue(id, out var stamp) && stamp == actor.Stamp;

    /// <summary>Records the stamp read from the database, unless a newer one was recorded meanwhile.</summary>
    public void Confirm(long personId, string stamp) => _stamps.TryAdd(personId, stamp);

    public void Renew(long personId, string stamp)
    {
        _stamps[personId] = stamp;
        Changed?.Invoke(personId);
    }
}

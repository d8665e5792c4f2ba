using System.Collections.Concurrent;

namespace LogisticsAdmin.Security;

/// <summary>
/// Remembers whose rights changed while this process runs, so that the very next verb of an open circuit is refused instead of
/// waiting for the next revalidation.
/// </summary>
public sealed class Standing
{
    private readonly ConcurrentDictionary<long, string> _stamps = new();

    /// <summary>Raised after a person's stamp changed and the change is committed.</summary>
    public event Action<long>? Changed;

    public bool Holds(Actor actor) =>
        actor.PersonId is not { } id || !_stamps.TryGetValue(id, out var stamp) || stamp == actor.Stamp;

    /// <summary>Whether this process has seen these very rights confirmed by the database; after a restart it has seen none.</summary>
    public bool Knows(Actor actor) => actor.PersonId is { } id && _stamps.TryGetValue(id, out var stamp) && stamp == actor.Stamp;

    /// <summary>The database says that this stamp is the person's; a renewal that happened meanwhile counts more.</summary>
    public void Confirm(long personId, string stamp) => _stamps.TryAdd(personId, stamp);

    public void Renewed(long personId, string stamp)
    {
        _stamps[personId] = stamp;
        Changed?.Invoke(personId);
    }
}

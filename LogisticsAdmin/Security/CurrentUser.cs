using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;

namespace LogisticsAdmin.Security;

/// <summary>
/// Who acts in this scope. Set by the request middleware, the circuit handler or background work. Refuses as soon as the person's rights
/// have changed since they signed in.
/// </summary>
public sealed class CurrentUser(SessionStamps stamps) : IDraftOwner
{
    private Actor? _actor;
    private bool _ended;

    public bool IsKnown => _actor is not null;

    public Actor Actor
    {
        get
        {
            var actor = _actor ?? throw new InvalidOperationException("Nobody acts in this scope: CurrentUser was never set.");
            if (_ended || !stamps.IsCurrent(actor)) throw new Forbidden();
            return actor;
        }
    }

    /// <summary>The person's id; the system has none and is refused.</summary>
    public long PersonId => Actor.PersonId ?? throw new Forbidden();

    public void SetActor(Actor? actor) => (_actor, _ended) = (actor, false);

    /// <summary>Marks the session as ended while its page is still open: from now on calls are refused instead of failing.</summary>
    public void EndSession() => _ended = true;

    /// <summary>Whether the session has ended: by signing out here or elsewhere, or with the person's rights.</summary>
    public bool HasSignedOut => _actor is not null && stamps.HasEnded(_actor);

    /// <summary>The actor even if their rights have changed: for audit and logs only.</summary>
    public Actor? ActorOrNull => _actor;

    long? IDraftOwner.DraftOwnerId => _actor?.PersonId;
}

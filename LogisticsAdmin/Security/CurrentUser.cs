using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Security;

/// <summary>
/// Who acts in this scope. Filled by the request middleware, the circuit handler or background work; never anonymous by accident,
/// and refused as soon as the person's rights have changed since they signed in.
/// </summary>
public sealed class CurrentUser(SessionStamps stamps)
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

    /// <summary>The person's id; the house itself has none and is refused.</summary>
    public long PersonId => Actor.PersonId ?? throw new Forbidden();

    public void Become(Actor? actor) => (_actor, _ended) = (actor, false);

    /// <summary>The person's session ended while their page is still open: what they ask for now is refused, not a fault.</summary>
    public void Leave() => _ended = true;

    /// <summary>Whoever it is, without asking whether their rights still hold: for stamping and logging only.</summary>
    public Actor? Unchecked => _actor;
}

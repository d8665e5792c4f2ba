using LogisticsAdmin.Security;

namespace LogisticsAdmin.Registries;

/// <summary>A part of the home page on phones, for everybody unless <see cref="Only"/> says otherwise.</summary>
public sealed record PortalCard(int Order, Type Component) : IPortalCard
{
    public Func<Actor, bool>? Only { get; init; }

    public bool IsFor(Actor actor) => Only?.Invoke(actor) ?? true;
}

using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>A big button of the home page, for residents unless <see cref="Only"/> says otherwise.</summary>
public sealed record PortalShortcut(int Order, string Address, LocalName Label, string Icon) : IPortalShortcut
{
    public Func<Actor, bool>? Only { get; init; }

    public bool IsFor(Actor actor) => Only?.Invoke(actor) ?? actor.Is(Role.Resident);
}

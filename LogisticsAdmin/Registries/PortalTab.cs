using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>A tab of the phone pages; <paramref name="Order"/> gives its place for a person, or null.</summary>
public sealed record PortalTab(string Address, LocalName Label, string Icon, Func<Actor, int?> Order) : IPortalTab
{
    /// <summary>The tab is current on its own page only, not on those below its address.</summary>
    public bool IsOnePage { get; init; }

    public int? OrderFor(Actor actor) => Order(actor);

    public bool Matches(string path) => IsOnePage ? PagePath.IsAt(path, Address) : PagePath.IsAtOrBelow(path, Address);
}

using LogisticsAdmin.Security;

namespace LogisticsAdmin.Registries;

/// <summary>
/// Where a person starts: at the home of their role, other office staff at the first entry of the menu that all of them may open, and everybody
/// else at their first tab.
/// </summary>
public sealed class StartAddress(IEnumerable<INavigationItem> items, IEnumerable<IPortalTab> tabs)
{
    public string Of(Actor actor) => actor.IsOffice
        ? items.Where(i => i.HomeOf is { } role ? actor.Is(role) : i.Policy == Policies.Office)
            .OrderBy(i => i.HomeOf is null).ThenBy(i => i.Group).ThenBy(i => i.Order).First().Address
        : tabs.Where(t => t.OrderFor(actor) is not null).OrderBy(t => t.OrderFor(actor)).First().Address;
}

using LogisticsAdmin.Security;

namespace LogisticsAdmin.Registries;

/// <summary>Where a person starts: office staff at the first entry of the menu that all of them may open, others at their first tab.</summary>
public sealed class StartAddress(IEnumerable<INavigationItem> items, IEnumerable<IPortalTab> tabs)
{
    public string Of(Actor actor) => actor.IsOffice
        ? items.Where(i => i.Policy == Policies.Office).OrderBy(i => i.Group).ThenBy(i => i.Order).First().Address
        : tabs.Where(t => t.OrderFor(actor) is not null).OrderBy(t => t.OrderFor(actor)).First().Address;
}

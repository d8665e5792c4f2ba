using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>An entry of the office menu that is current on its own page and on those below it, unless <see cref="IsCurrent"/> says otherwise.</summary>
public sealed record NavigationItem(NavigationGroup Group, int Order, string Address, LocalName Label, string Icon, string Policy) : INavigationItem
{
    public Role? HomeOf { get; init; }
    public Type? Count { get; init; }
    public Type? Links { get; init; }
    public Func<string, bool>? IsCurrent { get; init; }

    public bool Matches(string path) => IsCurrent?.Invoke(path) ?? PagePath.IsAtOrBelow(path, Address);
}

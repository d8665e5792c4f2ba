using Microsoft.AspNetCore.Components.Routing;

namespace LogisticsAdmin.Components.Layout;

/// <summary>The link to the repair desk. The board lies under the desk's address, and has a link of its own.</summary>
public sealed class DeskLink : NavLink
{
    protected override bool ShouldMatch(string uriAbsolute) =>
        base.ShouldMatch(uriAbsolute) && !new Uri(uriAbsolute).AbsolutePath.StartsWith("/repairs/board", StringComparison.OrdinalIgnoreCase);
}

using Microsoft.AspNetCore.Components.Routing;

namespace LogisticsAdmin.Components.Layout;

/// <summary>The link to the repair desk and its tickets. Other pages lie under the desk's address, and have links of their own.</summary>
public sealed class DeskLink : NavLink
{
    protected override bool ShouldMatch(string uriAbsolute) =>
        new Uri(uriAbsolute).AbsolutePath is var path && (path == "/repairs" || path.StartsWith("/repairs/BX", StringComparison.OrdinalIgnoreCase));
}

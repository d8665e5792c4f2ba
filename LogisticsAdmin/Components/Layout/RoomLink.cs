using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace LogisticsAdmin.Components.Layout;

/// <summary>A link of the menu to a room of the house that has other links of the menu below it.</summary>
public sealed class RoomLink : NavLink
{
    /// <summary>A page below this one that is lit by a link of its own.</summary>
    [Parameter] public string? Except { get; set; }

    protected override bool ShouldMatch(string uriAbsolute) => base.ShouldMatch(uriAbsolute) && new Uri(uriAbsolute).AbsolutePath != Except;
}

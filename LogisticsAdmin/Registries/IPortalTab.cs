using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>A tab at the bottom of the phone pages.</summary>
public interface IPortalTab
{
    string Address { get; }
    LocalName Label { get; }

    /// <summary>One of the shell's icons.</summary>
    string Icon { get; }

    /// <summary>The place among this person's tabs, the lowest first; null where the person has no such tab.</summary>
    int? OrderFor(Actor actor);

    /// <summary>Whether the page at this path belongs to the tab. Of several tabs the one with the longest address is the current one.</summary>
    bool Matches(string path);
}

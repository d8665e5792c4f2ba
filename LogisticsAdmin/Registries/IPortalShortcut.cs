using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>A big button on the home page of phones: what people come for.</summary>
public interface IPortalShortcut
{
    /// <summary>The place among the buttons, the lowest first; the first of all is drawn larger.</summary>
    int Order { get; }

    string Address { get; }
    LocalName Label { get; }

    /// <summary>One of the shell's icons.</summary>
    string Icon { get; }

    bool IsFor(Actor actor);
}

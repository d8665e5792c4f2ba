using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>An entry of the office menu, shown to people who meet its policy.</summary>
public interface INavigationItem
{
    NavigationGroup Group { get; }

    /// <summary>The place within the group, the lowest first.</summary>
    int Order { get; }

    string Address { get; }
    LocalName Label { get; }

    /// <summary>One of the shell's icons.</summary>
    string Icon { get; }

    string Policy { get; }

    /// <summary>A component that shows a count beside the words and keeps it up to date; null where there is none.</summary>
    Type? Count { get; }

    /// <summary>A component with further links of the slice, shown below all entries on every page; null where there is none.</summary>
    Type? Links { get; }

    /// <summary>The role whose people start here; such an entry is nobody else's start. Null for an entry of all.</summary>
    Role? HomeOf => null;

    /// <summary>Whether the entry is the current one while the page at this path is open.</summary>
    bool Matches(string path);
}

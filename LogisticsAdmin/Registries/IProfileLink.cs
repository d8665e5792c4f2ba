using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>A page on which people set something for themselves; their profile leads to it.</summary>
public interface IProfileLink
{
    /// <summary>The place on the page, the lowest first.</summary>
    int Order { get; }

    /// <summary>A static page for everybody.</summary>
    string Address { get; }
    LocalName Label { get; }
}

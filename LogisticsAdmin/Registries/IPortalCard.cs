using LogisticsAdmin.Security;

namespace LogisticsAdmin.Registries;

/// <summary>A part of the home page on phones.</summary>
public interface IPortalCard
{
    /// <summary>The place on the page, the lowest first.</summary>
    int Order { get; }

    /// <summary>A static component without parameters; it renders nothing when it has nothing to say.</summary>
    Type Component { get; }

    bool IsFor(Actor actor);
}

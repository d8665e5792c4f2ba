using LogisticsAdmin.Security;

namespace LogisticsAdmin.Registries;

/// <summary>A part of the home page on phones.</summary>
public interface IPortalCard
{
    /// <summary>
    /// The place on the page, the lowest first. Below <see cref="FirstOfOthers"/> is what needs the person now, above the buttons; from there on is what
    /// can wait, below them.
    /// </summary>
    int Order { get; }

    /// <summary>A static component without parameters; it renders nothing when it has nothing to say.</summary>
    Type Component { get; }

    bool IsFor(Actor actor);

    /// <summary>The first <see cref="Order"/> of cards below the buttons.</summary>
    const int FirstOfOthers = 50;
}

using LogisticsAdmin.Live;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Registries;

/// <summary>
/// What makes an open phone page show something new without being loaded again. A signal carries no content: the page asks for what it shows
/// with the person's own rights.
/// </summary>
public interface IPortalSignal
{
    /// <summary>The name of the event, unique among all: lower-case letters.</summary>
    string Name { get; }

    /// <summary>Whether a change may concern the person. Called on the feed's thread, so it only compares.</summary>
    bool Wants(Change change, long personId);

    /// <summary>
    /// A short text without spaces that differs whenever what the person sees differs, with at least the changes up to <paramref name="since"/>. Pages
    /// ask for it, too, so it needs no query for somebody who has nothing.
    /// </summary>
    ValueTask<string> StateAsync(Actor actor, long since, CancellationToken ct);
}

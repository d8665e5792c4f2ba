using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Items;

/// <summary>
/// Who may do what. Administrators publish, and so do dispatchers and managers with the right "may publish". The office reads everything that
/// was ever released; to others an item exists while it is published or expired and addresses them.
/// </summary>
public static class NewsAccess
{
    /// <summary>Whether the actor writes, reviews and publishes. Asks the database, so that a right that was taken away is gone at once.</summary>
    public static async Task<bool> MayPublishAsync(this LogisticsDb db, Actor actor, CancellationToken ct) =>
        actor.Is(Role.Administrator)
        || (actor.IsOffice && actor.PersonId is { } me && await db.Set<NewsPublisher>().AnyAsync(p => p.PersonId == me, ct));

    /// <exception cref="Forbidden">Somebody of the office without the right.</exception>
    /// <exception cref="NotFound">Anyone else: that drafts exist is none of their business.</exception>
    public static async Task DemandPublisherAsync(this LogisticsDb db, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOffice) throw new NotFound();
        if (!await db.MayPublishAsync(actor, ct)) throw new Forbidden();
    }

    /// <exception cref="NotFound">Anyone outside the office.</exception>
    public static void DemandNewsOffice(this Actor actor)
    {
        if (!actor.IsOffice) throw new NotFound();
    }

    /// <summary>States in which readers see an item that addresses them.</summary>
    public static bool IsReadable(NewsState state) => state is NewsState.Published or NewsState.Expired;
}

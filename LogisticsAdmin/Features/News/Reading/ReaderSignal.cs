using System.Globalization;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.News.Reading;

/// <summary>What the person may read changed: all of it, or the urgent items alone, which open phone pages show at once.</summary>
internal sealed class ReaderSignal(NewsBoard board, ReaderFactsCache facts, bool isUrgent) : IPortalSignal
{
    public string Name => isUrgent ? "banners" : "news";

    public bool Wants(Change change, long personId) => NewsBoard.Concerns(change) || ReaderFactsCache.Concerns(change, personId);

    public async ValueTask<string> StateAsync(Actor actor, long since, CancellationToken ct)
    {
        var snapshot = await board.CurrentAsync(since, ct);
        return await facts.OfAsync(actor, since, ct) is { } reader
            ? snapshot.StateFor(reader, isUrgent).ToString("x", CultureInfo.InvariantCulture)
            : "";
    }
}

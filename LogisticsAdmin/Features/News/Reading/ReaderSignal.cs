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
        if (await facts.OfAsync(actor, since, ct) is not { } reader) return "";
        var state = new HashCode();
        var items = isUrgent
            ? snapshot.Items.Where(i => i is { IsUrgent: true, IsCurrent: true } && snapshot.Addresses(i, reader))
            : snapshot.For(reader);
        foreach (var item in items)
        {
            state.Add(item.Id);
            state.Add(item.Version);
        }
        return state.ToHashCode().ToString(CultureInfo.InvariantCulture);
    }
}

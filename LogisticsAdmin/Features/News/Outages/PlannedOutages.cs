using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Outages;

/// <summary>The outages that published notices announce, read from the board: without a query.</summary>
internal sealed class PlannedOutages(NewsBoard board, ReaderFactsCache facts, CurrentUser user, OfficeTime office) : IPlannedOutages
{
    private static readonly Dictionary<OutageKind, LocalName> Words =
        Enum.GetValues<OutageKind>().ToDictionary(k => k, k => LocalName.Of<NewsText>($"OutageKind.{k}"));

    public async ValueTask<IReadOnlyList<AnnouncedOutage>> UpcomingAsync(TimeSpan ahead, CancellationToken ct = default)
    {
        var now = office.Now;
        var snapshot = await board.CurrentAsync(ct);
        var found = snapshot.Items.Where(i => i.Outage is { } outage && outage.Until > now && outage.From <= now + ahead).ToList();
        if (found.Count == 0) return [];
        var reader = await facts.OfAsync(user.Actor, ct);
        return [.. found.Where(i => MayRead(snapshot, i, reader)).OrderBy(i => i.Outage!.From).ThenBy(i => i.Id).Select(Of)];
    }

    public async ValueTask<IReadOnlyList<AnnouncedOutage>> OngoingAsync(TimeSpan after, CancellationToken ct = default)
    {
        var now = office.Now;
        var snapshot = await board.CurrentAsync(ct);
        return [.. snapshot.Items.Where(i => i.Outage is { } outage && outage.From <= now && now <= outage.Until + after).Select(Of)];
    }

    public async ValueTask<AnnouncedOutage?> FindAsync(long noticeId, CancellationToken ct = default)
    {
        var snapshot = await board.CurrentAsync(ct);
        return snapshot.Find(noticeId) is { Outage: not null } item && MayRead(snapshot, item, await facts.OfAsync(user.Actor, ct)) ? Of(item) : null;
    }

    private bool MayRead(BoardSnapshot snapshot, BoardItem item, ReaderFacts? reader) =>
        user.Actor.IsOffice || (reader is not null && snapshot.Addresses(item, reader));

    private AnnouncedOutage Of(BoardItem item)
    {
        var outage = item.Outage!;
        return new AnnouncedOutage(
            item.Id, item.Number, outage.Kind.ToString(), Words[outage.Kind], outage.From, outage.Until, item.OutageBuildings,
            user.ActorOrNull is { IsOffice: true } ? $"news/{item.Number}" : $"my/news/{item.Number}");
    }
}

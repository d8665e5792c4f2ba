using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Sections;

/// <summary>The planned outages of a room's building that the reader may know of: those of the last and the coming month, the newest first.</summary>
internal sealed class OutagesOfRoom(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, NewsBoard board, ReaderFactsCache facts, OfficeTime office) : IRoomSection
{
    private static readonly TimeSpan Shown = TimeSpan.FromDays(30);

    private static readonly LocalName Ahead = LocalName.Of<SectionsText>("OutageAhead"), Now = LocalName.Of<SectionsText>("OutageNow"),
        Over = LocalName.Of<SectionsText>("OutageOver");

    public int Order => 30;
    public LocalName Title { get; } = LocalName.Of<SectionsText>("OfRoom");
    public LocalName? EmptyText => null;

    public async Task<PageSection?> ReadAsync(long roomId, int take, CancellationToken ct)
    {
        var now = office.Now;
        var snapshot = await board.CurrentAsync(ct);
        var outages = snapshot.Items.Where(i => i.Outage is { } outage && outage.Until > now - Shown && outage.From < now + Shown).ToList();
        if (outages.Count == 0) return new PageSection(0, []);
        await using var db = await databases.CreateDbContextAsync(ct);
        var building = await db.Set<Room>().Where(r => r.Id == roomId).Select(r => r.BuildingId).FirstOrDefaultAsync(ct);
        var reader = await facts.OfAsync(user.Actor, ct);
        var here = outages.Where(i => i.OutageBuildings.Contains(building)
            && (user.Actor.IsOffice || (reader is not null && snapshot.Addresses(i, reader)))).OrderByDescending(i => i.Outage!.From).ToList();
        return new PageSection(here.Count, [.. here.Take(take).Select(i => new SectionLine(
            i.Outage!.From, i.Number, CleanText.Summary(i.Title.ToString()), i.Outage.From > now ? Ahead : i.Outage.Until > now ? Now : Over,
            user.Actor.IsOffice ? $"news/{i.Number}" : $"my/news/{i.Number}"))]);
    }
}

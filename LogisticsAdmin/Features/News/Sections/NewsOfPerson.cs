using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.News.Sections;

/// <summary>What a person was told, and whether they read and confirmed it. For administrators only.</summary>
internal sealed class NewsOfPerson(IDbContextFactory<LogisticsDb> databases, CurrentUser user, IStringLocalizer<SectionsText> words) : IPersonSection
{
    private static readonly LocalName Told = LocalName.Of<SectionsText>("Told"), Read = LocalName.Of<SectionsText>("Read"),
        Confirmed = LocalName.Of<SectionsText>("Confirmed"), Unconfirmed = LocalName.Of<SectionsText>("Unconfirmed");

    public LocalName Title { get; } = LocalName.Of<SectionsText>("OfPerson");
    public LocalName? EmptyText => null;

    public async Task<PageSection?> ReadAsync(long personId, int take, CancellationToken ct)
    {
        if (!user.Actor.Is(Role.Administrator)) return null;
        await using var db = await databases.CreateDbContextAsync(ct);
        var all = db.NewsRecipients.AsNoTracking().Where(r => r.PersonId == personId);
        var counts = await all.GroupBy(_ => 1)
            .Select(g => new { Total = g.Count(), Read = g.Count(r => r.ReadAt != null), Confirmed = g.Count(r => r.ConfirmedAt != null) })
            .FirstOrDefaultAsync(ct);
        if (counts is null) return new PageSection(0, []);
        var newest = await (
            from recipient in all
            join item in db.NewsItems on recipient.ItemId equals item.Id
            orderby recipient.ItemId descending
            select new
            {
                item.Number,
                item.Title,
                item.TitleEn,
                item.PublishedAt,
                item.CreatedAt,
                Asks = item.NeedsConfirmation || item.IsUrgent,
                recipient.ReadAt,
                recipient.ConfirmedAt,
            }).Take(take).ToListAsync(ct);
        var lines = newest.Select(r => new SectionLine(
            r.PublishedAt ?? r.CreatedAt, r.Number, CleanText.Summary(r.Title.Length > 0 ? r.Title : r.TitleEn),
            r.ConfirmedAt is not null ? Confirmed : r.ReadAt is null ? Told : r.Asks ? Unconfirmed : Read, $"news/{r.Number}"));
        return new PageSection(counts.Total, [.. lines], Summary: words["OfPersonSummary", counts.Total, counts.Read, counts.Confirmed]);
    }
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Sections;

/// <summary>
/// Notices and news as things to complain about, by their number: for the office what was ever released, for others what addresses them.
/// </summary>
internal sealed class NoticeComplaints(IDbContextFactory<LogisticsDb> databases, CurrentUser user, NewsBoard board, ReaderFactsCache facts)
    : IComplaintSubject
{
    private static readonly NewsState[] Released = [NewsState.Published, NewsState.Expired, NewsState.Withdrawn];

    public string Kind => "notice";

    /// <summary>A notice may address one person or one room.</summary>
    public bool IsPersonal => true;

    public async Task<ComplaintSubject?> FindAsync(string key, CancellationToken ct)
    {
        var actor = user.Actor;
        if (!actor.IsOffice)
        {
            if (await facts.OfAsync(actor, ct) is not { } reader) return null;
            var snapshot = await board.CurrentAsync(ct);
            return snapshot.Items.FirstOrDefault(i => i.Number == key && snapshot.Addresses(i, reader)) is { } item
                ? new ComplaintSubject(Named(item.Number, item.Title), $"my/news/{item.Number}") : null;
        }
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await db.NewsItems.AsNoTracking().Where(i => i.Number == key && Released.Contains(i.State))
            .Select(i => new { i.Number, i.Title, i.TitleEn }).FirstOrDefaultAsync(ct);
        if (found is null) return null;
        var title = new LocalName(found.Title.Length > 0 ? found.Title : found.TitleEn, found.TitleEn);
        return new ComplaintSubject(Named(found.Number, title), $"news/{found.Number}");
    }

    private static LocalName Named(string number, LocalName title) =>
        new($"{number} {title.Zh}", $"{number} {(title.En.Length > 0 ? title.En : title.Zh)}");
}

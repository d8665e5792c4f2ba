using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Sections;

/// <summary>
/// Search results among notices and news, by number, title and text: for the office all that were ever released, and the own drafts of those
/// who may publish; for others what addresses them.
/// </summary>
internal sealed class NewsSearch(IDbContextFactory<LogisticsDb> databases, CurrentUser user, NewsBoard board, ReaderFactsCache facts) : ISearchProvider
{
    private static readonly NewsState[] Released = [NewsState.Published, NewsState.Expired, NewsState.Withdrawn];
    private static readonly NewsState[] InPreparation = [NewsState.Draft, NewsState.InReview, NewsState.Scheduled];

    private static readonly Dictionary<NewsState, LocalName> States =
        Enum.GetValues<NewsState>().ToDictionary(s => s, s => LocalName.Of<NewsText>($"NewsState.{s}"));

    public int Order => 40;
    public string Kind => "news";
    public IReadOnlyList<LocalName> SearchedBy { get; } = [LocalName.Of<SectionsText>("SearchedBy")];
    public int MaxHits => 10;
    public int MaxHitsBesideOthers => 4;

    public bool IsFor(Actor actor) => true;

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string typed, int take, CancellationToken ct = default)
    {
        if (!SearchIndex.HasWords(typed)) return [];
        var actor = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        var hits = db.SearchIds<NewsItem>(typed);
        if (!actor.IsOffice)
        {
            if (await facts.OfAsync(actor, ct) is not { } reader) return [];
            var snapshot = await board.CurrentAsync(ct);
            var ids = (await hits.ToListAsync(ct)).ToHashSet();
            return [.. snapshot.Items.Where(i => ids.Contains(i.Id) && snapshot.Addresses(i, reader)).Take(take)
                .Select(i => new SearchHit($"my/news/{i.Number}", i.Number, i.Number, i.Title.ToString(), Detail(ColumnOf(snapshot, i.ColumnId), i.State)))];
        }
        var (me, mayPublish) = (actor.PersonId, await db.MayPublishAsync(actor, ct));
        var items = await db.NewsItems.AsNoTracking().Where(i => hits.Contains(i.Id)
                && (Released.Contains(i.State) || (mayPublish && i.AuthorId == me && InPreparation.Contains(i.State))))
            .OrderByDescending(i => i.PublishedAt == null).ThenByDescending(i => i.PublishedAt).ThenByDescending(i => i.Id).Take(take)
            .Select(i => new { i.Number, i.Title, i.TitleEn, i.State, Column = new LocalName(i.Column.Name, i.Column.NameEn) }).ToListAsync(ct);
        return [.. items.Select(i => new SearchHit(
            InPreparation.Contains(i.State) ? $"news/{i.Number}/edit" : $"news/{i.Number}", i.Number, i.Number,
            new LocalName(i.Title.Length > 0 ? i.Title : i.TitleEn, i.TitleEn).ToString(), Detail(i.Column, i.State)))];
    }

    private static LocalName ColumnOf(BoardSnapshot snapshot, long id) => snapshot.Columns.First(c => c.Id == id).LocalName;

    private static string Detail(LocalName column, NewsState state) => $"{column} · {States[state]}";
}

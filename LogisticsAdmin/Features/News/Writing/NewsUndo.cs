using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.News.Writing;

/// <summary>Undo of giving up a draft.</summary>
public sealed class NewsUndo(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStringLocalizer<WritingText> words)
    : StepUndo(databases, user, clock)
{
    /// <summary>The act that is recorded.</summary>
    internal const string Discarded = nameof(Discarded);

    private readonly CurrentUser _user = user;

    protected override string Kind => "news";

    protected override void Demand(Actor actor) => actor.DemandNewsOffice();

    protected override Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.NewsItems.AsNoTracking().Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.State.ToString(), ct);

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.NewsItems.Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => $"{i.Number} {(i.Title.Length > 0 ? i.Title : i.TitleEn)}".TrimEnd(), ct);

    protected override string AddressOf(long id) => $"news/{id}/edit";

    protected override string Did(string act) => words[$"NewsAct.{act}"];

    protected override string Counted(int count) => words["UndoItems", count];

    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) => db.LastChangedByAsync<NewsItem>(id, ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        await db.DemandPublisherAsync(_user.Actor, ct);
        var item = await db.NewsItems.FirstAsync(i => i.Id == id, ct);
        item.RestoreDraft();
        db.Announce(new KeyChanged(NewsTopics.Drafts, id));
    }
}

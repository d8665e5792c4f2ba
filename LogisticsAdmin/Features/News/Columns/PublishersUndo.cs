using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.News.Columns;

/// <summary>Undo of giving the right "may publish" and of taking it away.</summary>
public sealed class PublishersUndo(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, NewsSettingsWriter writer, IStringLocalizer<ColumnsText> words)
    : NewsSettingsUndo<Person>(databases, user, clock, words, "UndoPublishers")
{
    protected override string Kind => "news-publishers";

    protected override string AddressOf(long id) => "settings/news/publishers";

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var publishers = await db.NewsPublishers.Where(p => ids.Contains(p.PersonId)).Select(p => p.PersonId).ToListAsync(ct);
        return ids.ToDictionary(id => id, id => publishers.Contains(id) ? "true" : "false");
    }

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.Users.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.FullName, ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        await PublisherSettings.SetAsync(db, writer, id, before == "true", ct);
        Announce(db, id);
    }
}

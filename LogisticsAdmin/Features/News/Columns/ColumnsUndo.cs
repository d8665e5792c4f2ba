using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.News.Columns;

/// <summary>Undo of changes to columns; moving one up or down is taken back by moving it again.</summary>
public sealed class ColumnsUndo(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStringLocalizer<ColumnsText> words)
    : NewsSettingsUndo<NewsColumn>(databases, user, clock, words, "UndoColumns")
{
    private readonly CurrentUser _user = user;

    private sealed record Memento(string Name, string NameEn, bool NeedsReview, bool IsRetired);

    protected override string Kind => "news-columns";

    protected override string AddressOf(long id) => "settings/news";

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        (await db.NewsColumns.AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync(ct)).ToDictionary(
            c => c.Id, c => JsonSerializer.Serialize(new Memento(c.Name, c.NameEn, c.NeedsReview, c.RetiredAt is not null)));

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.NewsColumns.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.LocalName.ToString(), ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<Memento>(before)!;
        var column = await db.NewsColumns.SingleAsync(c => c.Id == id, ct);
        if (!was.IsRetired) await ColumnSettings.DemandFreeNameAsync(db, id, was.Name, ct);
        if (was.IsRetired && column.RetiredAt is null) await ColumnSettings.DemandUnusedAsync(db, column, ct);
        column.Describe(was.Name, was.NameEn, column.Order, was.NeedsReview);
        if (was.IsRetired && column.RetiredAt is null) column.Retire(_user.PersonId, now);
        if (!was.IsRetired) column.Restore();
        Announce(db, id);
    }
}

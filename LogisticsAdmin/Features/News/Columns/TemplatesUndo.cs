using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.News.Columns;

/// <summary>Undo of changes to templates.</summary>
public sealed class TemplatesUndo(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStringLocalizer<ColumnsText> words)
    : NewsSettingsUndo<NewsTemplate>(databases, user, clock, words, "UndoTemplates")
{
    private readonly CurrentUser _user = user;

    private sealed record Memento(
        string Name, string NameEn, long ColumnId, string Title, string TitleEn, string Body, string BodyEn, OutageKind? Outage, bool IsUrgent,
        bool NeedsConfirmation, bool IsRetired);

    protected override string Kind => "news-templates";

    protected override string AddressOf(long id) => "settings/news/templates";

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        (await db.NewsTemplates.AsNoTracking().Where(t => ids.Contains(t.Id)).ToListAsync(ct)).ToDictionary(
            t => t.Id, t => JsonSerializer.Serialize(new Memento(
                t.Name, t.NameEn, t.ColumnId, t.Title, t.TitleEn, t.Body, t.BodyEn, t.Outage, t.IsUrgent, t.NeedsConfirmation, t.RetiredAt is not null)));

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.NewsTemplates.Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.LocalName.ToString(), ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<Memento>(before)!;
        var template = await db.NewsTemplates.SingleAsync(t => t.Id == id, ct);
        if (!was.IsRetired) await TemplateSettings.DemandColumnAsync(db, was.ColumnId, ct);
        template.Describe(
            new LocalName(was.Name, was.NameEn), was.ColumnId, new LocalName(was.Title, was.TitleEn), new LocalName(was.Body, was.BodyEn));
        template.Prepare(was.Outage, was.IsUrgent, was.NeedsConfirmation);
        if (was.IsRetired && template.RetiredAt is null) template.Retire(_user.PersonId, now);
        if (!was.IsRetired) template.Restore();
        Announce(db, id);
    }
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Columns;

/// <summary>常用模板, for administrators; anybody else gets <see cref="Forbidden"/>. What was written from a template stays as it is.</summary>
public sealed class TemplateSettings(IDbContextFactory<LogisticsDb> databases, CurrentUser user, NewsSettingsWriter writer, TemplatesUndo undo)
{
    private static readonly TemplateFormValidator Rules = new();

    /// <summary>All templates by the order of their columns, the retired ones last.</summary>
    public async Task<IReadOnlyList<TemplateRow>> ListAsync(CancellationToken ct = default)
    {
        user.Actor.DemandNewsSettings();
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await (
            from template in db.NewsTemplates.AsNoTracking()
            join column in db.NewsColumns on template.ColumnId equals column.Id
            orderby template.RetiredAt != null, column.Order, template.Id
            select new { Template = template, Column = column }).ToListAsync(ct);
        return [.. rows.Select(r => new TemplateRow(
            r.Template.Id, r.Template.Version, r.Template.Code, r.Template.LocalName, r.Template.ColumnId, r.Column.LocalName, r.Template.Title,
            r.Template.TitleEn, r.Template.Body, r.Template.BodyEn, r.Template.Outage, r.Template.IsUrgent, r.Template.NeedsConfirmation,
            r.Template.RetiredAt))];
    }

    /// <summary>
    /// Adds a template (<paramref name="id"/> null), or changes one. Refuses at its field a code that another has, even a retired one, and a
    /// column that is not in use. Throws <see cref="Stale"/> if it changed since the form was opened.
    /// </summary>
    public async Task SaveAsync(long? id, TemplateForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        if (id is { } known)
        {
            await writer.RunAsync("template changed", undo, NewsSettingAct.Edit, known, async (db, token) =>
            {
                var template = await FindAsync(db, known, token);
                if (template.Version != form.Version) throw new Stale(await db.LastChangedByAsync<NewsTemplate>(known, token), template.Name);
                await StoreAsync(db, template, form, token);
            }, ct);
            return;
        }
        await writer.RunAsync("template added", async (db, token) =>
        {
            var code = form.Code!;
            if (await db.NewsTemplates.AnyAsync(t => t.Code == code, token))
                throw Rejected.At<ColumnsText>(nameof(TemplateForm.Code), "CodeTaken", code);
            var template = new NewsTemplate(code);
            await StoreAsync(db, template, form, token);
            db.NewsTemplates.Add(template);
            await db.SaveChangesAsync(token);
            return template.Id;
        }, ct);
    }

    /// <summary>停用: no longer offered.</summary>
    public Task RetireAsync(long id, CancellationToken ct = default) => writer.RunAsync("template retired", undo, NewsSettingAct.Retire, id,
        async (db, token) => (await FindAsync(db, id, token)).Retire(writer.Me, writer.Now), ct);

    /// <summary>恢复: offered again. Refused while its column is retired.</summary>
    public Task RestoreAsync(long id, CancellationToken ct = default) =>
        writer.RunAsync("template restored", undo, NewsSettingAct.Restore, id, async (db, token) =>
        {
            var template = await FindAsync(db, id, token);
            await DemandColumnAsync(db, template.ColumnId, token);
            template.Restore();
        }, ct);

    /// <summary>Refuses, at the field, a column that is not in use.</summary>
    internal static async Task DemandColumnAsync(LogisticsDb db, long columnId, CancellationToken ct)
    {
        if (!await db.NewsColumns.Living().AnyAsync(c => c.Id == columnId, ct))
            throw Rejected.At<ColumnsText>(nameof(TemplateForm.ColumnId), "ColumnNotInUse");
    }

    private static async Task StoreAsync(LogisticsDb db, NewsTemplate template, TemplateForm form, CancellationToken ct)
    {
        if (template.ColumnId != form.ColumnId!.Value) await DemandColumnAsync(db, form.ColumnId.Value, ct);
        template.Describe(
            new LocalName(form.Name!, form.NameEn ?? ""), form.ColumnId.Value, new LocalName(form.Title!, form.TitleEn ?? ""),
            new LocalName(Lines(form.Body), Lines(form.BodyEn)));
        template.Prepare(form.Outage, form.IsUrgent, form.NeedsConfirmation);
    }

    private static string Lines(string? typed) => (typed ?? "").ReplaceLineEndings("\n");

    private static async Task<NewsTemplate> FindAsync(LogisticsDb db, long id, CancellationToken ct) =>
        await db.NewsTemplates.SingleOrDefaultAsync(t => t.Id == id, ct) ?? throw new NotFound();
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Columns;

/// <summary>栏目, for administrators; anybody else gets <see cref="Forbidden"/>. Items stay in their column, also in a retired one.</summary>
public sealed class ColumnSettings(IDbContextFactory<LogisticsDb> databases, CurrentUser user, NewsSettingsWriter writer, ColumnsUndo undo)
{
    /// <summary>The name of the feed of all notices, which no column may take.</summary>
    private const string Reserved = "notices";

    private static readonly ColumnFormValidator Rules = new();
    private static readonly NewsState[] Open = [NewsState.Draft, NewsState.InReview, NewsState.Scheduled];
    private static readonly NewsState[] Released = [NewsState.Published, NewsState.Expired, NewsState.Withdrawn];

    /// <summary>All columns in their order, the retired ones last.</summary>
    public async Task<IReadOnlyList<ColumnRow>> ListAsync(CancellationToken ct = default)
    {
        user.Actor.DemandNewsSettings();
        await using var db = await databases.CreateDbContextAsync(ct);
        var items = db.NewsItems;
        var columns = await db.NewsColumns.AsNoTracking().OrderBy(c => c.RetiredAt != null).ThenBy(c => c.Order).ThenBy(c => c.Id)
            .Select(c => new
            {
                Column = c,
                Released = items.Count(i => i.ColumnId == c.Id && Released.Contains(i.State)),
                Open = items.Count(i => i.ColumnId == c.Id && Open.Contains(i.State)),
            }).ToListAsync(ct);
        var living = columns.Where(c => c.Column.RetiredAt is null).Select(c => c.Column.Id).ToList();
        return [.. columns.Select(c => new ColumnRow(
            c.Column.Id, c.Column.Version, c.Column.Code, c.Column.Kind, c.Column.LocalName, c.Column.NeedsReview, c.Released, c.Open,
            c.Column.Id == living.FirstOrDefault(), c.Column.Id == living.LastOrDefault(), c.Column.RetiredAt))];
    }

    /// <summary>
    /// Adds a column (<paramref name="id"/> null) behind the others, or changes one. Refuses at its field a code that another has, even a
    /// retired one, and a name that another column in use has. Throws <see cref="Stale"/> if it changed since the form was opened.
    /// </summary>
    public async Task SaveAsync(long? id, ColumnForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        if (id is { } known)
        {
            await writer.RunAsync("column changed", undo, NewsSettingAct.Edit, known, async (db, token) =>
            {
                var column = await FindAsync(db, known, token);
                if (column.Version != form.Version) throw new Stale(await db.LastChangedByAsync<NewsColumn>(known, token), column.Name);
                await DemandFreeNameAsync(db, known, form.Name!, token);
                column.Describe(form.Name!, form.NameEn ?? "", column.Order, form.NeedsReview);
            }, ct);
            return;
        }
        await writer.RunAsync("column added", async (db, token) =>
        {
            var code = form.Code!;
            if (code == Reserved || await db.NewsColumns.AnyAsync(c => c.Code == code, token))
                throw Rejected.At<ColumnsText>(nameof(ColumnForm.Code), "CodeTaken", code);
            await DemandFreeNameAsync(db, null, form.Name!, token);
            var last = await db.NewsColumns.MaxAsync(c => (int?)c.Order, token) ?? 0;
            var column = new NewsColumn(code, form.Kind);
            column.Describe(form.Name!, form.NameEn ?? "", last + 10, form.NeedsReview);
            db.NewsColumns.Add(column);
            await db.SaveChangesAsync(token);
            return column.Id;
        }, ct);
    }

    /// <summary>Exchanges the places of a column and the one before or behind it. The first and the last stay where they are.</summary>
    public Task MoveAsync(long id, bool isUp, CancellationToken ct = default) => writer.RunAsync("column moved", async (db, token) =>
    {
        var living = await db.NewsColumns.Living().OrderBy(c => c.Order).ThenBy(c => c.Id).ToListAsync(token);
        var from = living.FindIndex(c => c.Id == id);
        if (from < 0) throw new NotFound();
        var to = from + (isUp ? -1 : 1);
        if (to < 0 || to >= living.Count) return id;
        (living[from], living[to]) = (living[to], living[from]);
        var order = 0;
        foreach (var column in living) column.Describe(column.Name, column.NameEn, order += 10, column.NeedsReview);
        return id;
    }, ct);

    /// <summary>停用: nothing new is written in it. Refused for the last column in use, and while templates in use write into it.</summary>
    public Task RetireAsync(long id, CancellationToken ct = default) =>
        writer.RunAsync("column retired", undo, NewsSettingAct.Retire, id, async (db, token) =>
        {
            var column = await FindAsync(db, id, token);
            await DemandUnusedAsync(db, column, token);
            column.Retire(writer.Me, writer.Now);
        }, ct);

    /// <summary>恢复: offered again, at its former place.</summary>
    public Task RestoreAsync(long id, CancellationToken ct = default) =>
        writer.RunAsync("column restored", undo, NewsSettingAct.Restore, id, async (db, token) =>
        {
            var column = await FindAsync(db, id, token);
            await DemandFreeNameAsync(db, id, column.Name, token);
            column.Restore();
        }, ct);

    internal static async Task DemandFreeNameAsync(LogisticsDb db, long? id, string typed, CancellationToken ct)
    {
        var name = CleanText.Clean(typed);
        if (await db.NewsColumns.Living().AnyAsync(c => c.Id != id && c.Name == name, ct))
            throw Rejected.At<ColumnsText>(nameof(ColumnForm.Name), "NameTaken", name);
    }

    internal static async Task DemandUnusedAsync(LogisticsDb db, NewsColumn column, CancellationToken ct)
    {
        if (!await db.NewsColumns.Living().AnyAsync(c => c.Id != column.Id, ct)) throw Rejected.Because<ColumnsText>("OnlyColumn");
        var templates = await db.NewsTemplates.Living().Where(t => t.ColumnId == column.Id).OrderBy(t => t.Id).Take(5)
            .Select(t => new LocalName(t.Name, t.NameEn)).ToListAsync(ct);
        if (templates.Count > 0) throw Rejected.Because<ColumnsText>("ColumnHasTemplates", column.LocalName, string.Join(" · ", templates));
    }

    private static async Task<NewsColumn> FindAsync(LogisticsDb db, long id, CancellationToken ct) =>
        await db.NewsColumns.SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFound();
}

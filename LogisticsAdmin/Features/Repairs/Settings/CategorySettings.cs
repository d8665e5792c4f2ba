using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Settings;

/// <summary>
/// 类别: groups and the kinds of faults in them. The office reads, administrators change; anybody else gets <see cref="Forbidden"/>. Open
/// tickets keep their urgency, crew and limits.
/// </summary>
public sealed class CategorySettings(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, SettingsWriter writer, ServiceClockCache clocks, CategoriesUndo undo)
{
    private static readonly CategoryFormValidator Rules = new();
    private static readonly RetireFormValidator RetireRules = new();

    /// <summary>The groups and categories that match the filter, in their order, each group before its categories; also the groups of these.</summary>
    public async Task<IReadOnlyList<CategoryRow>> ListAsync(SettingsFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        var all = await db.Categories.AsNoTracking().Include(c => c.DefaultCrew).OrderBy(c => c.Position).ThenBy(c => c.Id).ToListAsync(ct);
        var open = await db.CurrentTickets.Where(t => TicketStatuses.Open.Contains(t.Status))
            .GroupBy(t => t.CategoryId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var children = all.ToLookup(c => c.ParentId);
        List<CategoryRow> rows = [];
        foreach (var group in children[null])
        {
            var leaves = children[group.Id].Where(IsShown).ToList();
            if (!IsShown(group) && leaves.Count == 0) continue;
            rows.Add(Row(group));
            rows.AddRange(leaves.Select(Row));
        }
        return rows;

        bool IsShown(Category c) => filter.Shows(c.RetiredAt)
            && filter.Finds(c.Code, c.Name, c.NameEn, c.PlainName, c.PlainNameEn, c.DefaultCrew?.Name, c.DefaultCrew?.NameEn);

        CategoryRow Row(Category c)
        {
            var living = children[c.ParentId].Where(x => x.RetiredAt is null).ToList();
            return new CategoryRow(c.Id, c.Version, c.ParentId, c.Code, c.LocalName, new LocalName(c.PlainName, c.PlainNameEn), c.DefaultUrgency,
                c.DefaultCrewId, c.DefaultCrew?.LocalName, c.Points, open.GetValueOrDefault(c.Id), living.FirstOrDefault()?.Id == c.Id,
                living.LastOrDefault()?.Id == c.Id, c.RetiredAt, c.RetiredBecause);
        }
    }

    /// <summary>How many open tickets have the category; they keep it, their urgency and their crew.</summary>
    public async Task<int> CountOpenAsync(long categoryId, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.CurrentTickets.CountAsync(t => t.CategoryId == categoryId && TicketStatuses.Open.Contains(t.Status), ct);
    }

    /// <summary>
    /// Adds a group or category (<paramref name="id"/> null) behind the others, or changes one. Refuses at its field a code that another has,
    /// even a retired one, an unknown crew or group, and another group while that would change the limits of open tickets. Throws
    /// <see cref="Stale"/> if it changed since the form was opened.
    /// </summary>
    public async Task<long> SaveAsync(long? id, CategoryForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        var saved = id is { } known
            ? await writer.RunAsync("category changed", undo, SettingAct.Edit, known, SaveAsync, ct)
            : await writer.RunAsync("category added", SaveAsync, ct);
        await clocks.RefreshAsync(CancellationToken.None);
        return saved;

        Task<long> SaveAsync(LogisticsDb db, CancellationToken token) => StoreAsync(db, id, form, token);
    }

    /// <summary>Exchanges the places of a group or category and the one before or behind it. The first and the last stay where they are.</summary>
    public Task MoveAsync(long id, bool isUp, CancellationToken ct = default) => writer.RunAsync("category moved", async (db, token) =>
    {
        var moved = await db.Categories.FirstOrDefaultAsync(c => c.Id == id && c.RetiredAt == null, token) ?? throw new NotFound();
        var siblings = await db.Categories.Living().Where(c => c.ParentId == moved.ParentId).OrderBy(c => c.Position).ThenBy(c => c.Id).ToListAsync(token);
        var (from, to) = (siblings.IndexOf(moved), siblings.IndexOf(moved) + (isUp ? -1 : 1));
        if (to < 0 || to >= siblings.Count) return id;
        var positions = siblings.ConvertAll(c => c.Position);
        (siblings[from], siblings[to]) = (siblings[to], siblings[from]);
        // Those of an earlier version may share a position.
        for (var at = 1; at < positions.Count; at++) positions[at] = Math.Max(positions[at], positions[at - 1] + 1);
        foreach (var (category, position) in siblings.Zip(positions))
            if (category.Position != position) category.Place(category.ParentId, position);
        db.Announce(new KeyChanged(ServiceLevelService.Topic, 0));
        return id;
    }, ct);

    /// <summary>停用: no longer offered; tickets keep it. A group only when all its categories are retired.</summary>
    public Task RetireAsync(long id, RetireForm form, CancellationToken ct = default)
    {
        RetireRules.Demand(form);
        return writer.RunAsync("category retired", undo, SettingAct.Retire, id, async (db, token) =>
        {
            var category = await db.Categories.FirstOrDefaultAsync(c => c.Id == id, token) ?? throw new NotFound();
            if (category.RetiredAt is not null) throw Rejected.Because<SettingsText>("AlreadyRetired", category.LocalName);
            await DemandUnusedAsync(db, category, token);
            category.Retire(writer.Now, writer.Me, CleanText.Clean(form.Reason));
            db.Announce(new KeyChanged(ServiceLevelService.Topic, 0));
            return id;
        }, ct);
    }

    /// <summary>恢复: offered again. Refused while its group is retired, or its default crew is.</summary>
    public Task RestoreAsync(long id, CancellationToken ct = default) =>
        writer.RunAsync("category restored", undo, SettingAct.Restore, id, async (db, token) =>
        {
            var category = await db.Categories.Include(c => c.Parent).Include(c => c.DefaultCrew).FirstOrDefaultAsync(c => c.Id == id, token)
                ?? throw new NotFound();
            if (category.RetiredAt is null) throw Rejected.Because<SettingsText>("NotRetired", category.LocalName);
            DemandRestorable(category);
            category.Restore();
            db.Announce(new KeyChanged(ServiceLevelService.Topic, 0));
            return id;
        }, ct);

    private static async Task<long> StoreAsync(LogisticsDb db, long? id, CategoryForm form, CancellationToken ct)
    {
        await DemandFreeCodeAsync(db, id, form.Code!, ct);
        var code = CleanText.Clean(form.Code);
        var last = await db.Categories.MaxAsync(c => (int?)c.Position, ct) ?? 0;
        Category category;
        if (id is { } known)
        {
            category = await db.Categories.FirstOrDefaultAsync(c => c.Id == known, ct) ?? throw new NotFound();
            if (category.Version != form.Version) throw new Stale(await db.LastChangedByAsync<Category>(known, ct), category.Code);
            if (category.ParentId is null != form.ParentId is null) throw Rejected.At<SettingsText>(nameof(CategoryForm.ParentId), "GroupStaysGroup");
            category.Recode(code);
            category.Rename(form.Name!, form.NameEn ?? "");
        }
        else
        {
            category = new Category(code, form.Name!, form.NameEn ?? "", last + 1);
            db.Categories.Add(category);
        }
        category.SetPlainName(form.PlainName ?? "", form.PlainNameEn ?? "");
        if (form.ParentId is { } group)
        {
            await DemandCrewAsync(db, category, form.CrewId, ct);
            category.SetDefaults(form.Urgency, form.CrewId, form.Points!.Value);
            if (group != category.ParentId)
            {
                await DemandMoveAsync(db, category, group, ct);
                category.Place(group, last + 1);
            }
        }
        await db.SaveChangesAsync(ct);
        // The clocks know the groups of categories.
        db.Announce(new KeyChanged(ServiceLevelService.Topic, 0));
        return category.Id;
    }

    internal static async Task DemandFreeCodeAsync(LogisticsDb db, long? id, string typed, CancellationToken ct)
    {
        var code = CleanText.Clean(typed);
        if (await db.Categories.AnyAsync(c => c.Id != id && EF.Functions.Like(c.Code, code), ct))
            throw Rejected.At<SettingsText>(nameof(CategoryForm.Code), "CodeTaken", code);
    }

    /// <summary>Refuses to retire a group that has categories in use, and names them.</summary>
    internal static async Task DemandUnusedAsync(LogisticsDb db, Category category, CancellationToken ct)
    {
        var leaves = await db.Categories.Living().Where(c => c.ParentId == category.Id).OrderBy(c => c.Position)
            .Select(c => new LocalName(c.Name, c.NameEn)).ToListAsync(ct);
        if (leaves.Count > 0) throw Rejected.Because<SettingsText>("GroupHasCategories", leaves.Count, SettingsWriter.Names(leaves));
    }

    /// <summary>Refuses to restore a category whose group or default crew is retired; both have to be read with it.</summary>
    internal static void DemandRestorable(Category category)
    {
        if (category.Parent is { RetiredAt: not null } group) throw Rejected.Because<SettingsText>("GroupIsRetired", group.LocalName);
        if (category.DefaultCrew is { RetiredAt: not null } crew) throw Rejected.Because<SettingsText>("CrewIsRetired", crew.LocalName);
    }

    internal static async Task DemandCrewAsync(LogisticsDb db, Category category, long? crewId, CancellationToken ct)
    {
        if (crewId is { } crew && crew != category.DefaultCrewId && !await db.Crews.Living().AnyAsync(c => c.Id == crew, ct))
            throw Rejected.At<SettingsText>(nameof(CategoryForm.CrewId), "UnknownCrew");
    }

    internal static async Task DemandMoveAsync(LogisticsDb db, Category category, long group, CancellationToken ct)
    {
        if (!await db.Categories.Living().AnyAsync(c => c.Id == group && c.ParentId == null, ct))
            throw Rejected.At<SettingsText>(nameof(CategoryForm.ParentId), "UnknownGroup");
        if (category.Id == 0) return;
        // A level of a group also counts for what is open in its categories.
        var (id, former) = (category.Id, category.ParentId);
        if (!await db.ServiceLevels.AnyAsync(l => l.CategoryId == former || l.CategoryId == group, ct)) return;
        var open = await db.RepairTickets.CountAsync(t => t.CategoryId == id && TicketStatuses.Open.Contains(t.Status), ct);
        if (open > 0) throw Rejected.At<SettingsText>(nameof(CategoryForm.ParentId), "MoveChangesLimits", open);
    }
}

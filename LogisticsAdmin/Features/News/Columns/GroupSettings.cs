using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Columns;

/// <summary>
/// Saved audiences. All who may publish add them; for the rest, anybody but administrators gets <see cref="Forbidden"/>.
/// </summary>
public sealed class GroupSettings(IDbContextFactory<LogisticsDb> databases, CurrentUser user, NewsSettingsWriter writer, GroupsUndo undo)
{
    private static readonly GroupFormValidator Rules = new();

    // Those which nobody can read any more, whatever their audience says.
    private static readonly NewsState[] Gone = [NewsState.Withdrawn, NewsState.Discarded];

    /// <summary>All saved audiences by name, the retired ones last.</summary>
    public async Task<IReadOnlyList<GroupRow>> ListAsync(CancellationToken ct = default)
    {
        user.Actor.DemandNewsSettings();
        await using var db = await databases.CreateDbContextAsync(ct);
        var groups = await db.AudienceGroups.AsNoTracking().OrderBy(g => g.RetiredAt != null).ThenBy(g => g.Name).ToListAsync(ct);
        var uses = await UsesAsync(db, ct);
        List<GroupRow> rows = [];
        foreach (var group in groups)
        {
            var addressed = await db.Addressed(group.Rule, AudienceRule.NoGroups).CountAsync(ct);
            rows.Add(new GroupRow(
                group.Id, group.Version, group.LocalName, group.Rule, addressed, uses.Count(u => u.Groups.Contains(group.Id)), group.RetiredAt));
        }
        return rows;
    }

    /// <summary>
    /// Saves an audience under a name, for all who may publish. Refuses at the name one that another in use has, and an audience that is everyone or
    /// names other saved ones.
    /// </summary>
    /// <returns>Its id.</returns>
    public async Task<long> AddAsync(GroupForm form, AudienceRule rule, CancellationToken ct = default)
    {
        Rules.Demand(form);
        if (rule.IsEveryone) throw Rejected.Because<ColumnsText>("GroupOfEveryone");
        if (rule.Groups.Any()) throw Rejected.Because<ColumnsText>("GroupOfGroups");
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            await db.DemandPublisherAsync(user.Actor, token);
            await DemandFreeNameAsync(db, null, form.Name!, token);
            var group = new AudienceGroup(form.Name!, form.NameEn ?? "", rule);
            db.AudienceGroups.Add(group);
            await db.SaveChangesAsync(token);
            db.Announce(new KeyChanged(NewsTopics.Settings, group.Id));
            return group.Id;
        }, ct);
    }

    /// <summary>
    /// Renames a saved audience. Refuses at the name one that another in use has. Throws <see cref="Stale"/> if it changed since the form was opened.
    /// </summary>
    public Task RenameAsync(long id, GroupForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        return writer.RunAsync("audience changed", undo, NewsSettingAct.Edit, id, async (db, token) =>
        {
            var group = await FindAsync(db, id, token);
            if (group.Version != form.Version) throw new Stale(await db.LastChangedByAsync<AudienceGroup>(id, token), group.Name);
            await DemandFreeNameAsync(db, id, form.Name!, token);
            group.Describe(form.Name!, form.NameEn ?? "", group.Rule);
        }, ct);
    }

    /// <summary>
    /// 停用: no longer offered. Refused while items name it that are in use or can still be read, because a retired audience addresses nobody.
    /// </summary>
    public Task RetireAsync(long id, CancellationToken ct = default) =>
        writer.RunAsync("audience retired", undo, NewsSettingAct.Retire, id, async (db, token) =>
        {
            var group = await FindAsync(db, id, token);
            await DemandUnusedAsync(db, group, token);
            group.Retire(writer.Me, writer.Now);
        }, ct);

    /// <summary>恢复: offered again.</summary>
    public Task RestoreAsync(long id, CancellationToken ct = default) =>
        writer.RunAsync("audience restored", undo, NewsSettingAct.Restore, id, async (db, token) =>
        {
            var group = await FindAsync(db, id, token);
            await DemandFreeNameAsync(db, id, group.Name, token);
            group.Restore();
        }, ct);

    internal static async Task DemandFreeNameAsync(LogisticsDb db, long? id, string typed, CancellationToken ct)
    {
        var name = CleanText.Clean(typed);
        if (await db.AudienceGroups.Living().AnyAsync(g => g.Id != id && g.Name == name, ct))
            throw Rejected.At<ColumnsText>(nameof(GroupForm.Name), "NameTaken", name);
    }

    internal static async Task DemandUnusedAsync(LogisticsDb db, AudienceGroup group, CancellationToken ct)
    {
        var numbers = (await UsesAsync(db, ct)).Where(u => u.Groups.Contains(group.Id)).Select(u => u.Number).ToList();
        if (numbers.Count > 0) throw Rejected.Because<ColumnsText>("GroupInUse", group.LocalName, numbers.Count, string.Join(" · ", numbers.Take(5)));
    }

    /// <summary>The items that name a saved audience, with the audiences. Few do, and they are stored as text.</summary>
    private static async Task<List<(string Number, List<long> Groups)>> UsesAsync(LogisticsDb db, CancellationToken ct)
    {
        var items = await db.NewsItems.AsNoTracking().Where(i => !Gone.Contains(i.State)).OrderByDescending(i => i.Id)
            .Select(i => new { i.Number, i.Audience }).ToListAsync(ct);
        return [.. items.Where(i => !i.Audience.IsEveryone).Select(i => (i.Number, i.Audience.Groups.ToList())).Where(u => u.Item2.Count > 0)];
    }

    private static async Task<AudienceGroup> FindAsync(LogisticsDb db, long id, CancellationToken ct) =>
        await db.AudienceGroups.SingleOrDefaultAsync(g => g.Id == id, ct) ?? throw new NotFound();
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.SavedViews;

/// <summary>A saved view as the menu lists it.</summary>
public sealed record SavedViewRow(long Id, long Version, string Name, bool Shared, bool IsMine, string Owner, string Query);

/// <summary>
/// Saved views of the office's lists. Every office member has their own; shared views are visible to the whole office and maintained by managers
/// and administrators. Other people's private views are NotFound, and so are views of a list that nobody has.
/// </summary>
public sealed class SavedViewService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, IEnumerable<IViewedList> lists)
{
    /// <summary>Topic of <see cref="KeyChanged"/>: its key is the person whose list changed, or <see cref="Everybody"/>.</summary>
    public const string Topic = "views";
    public const long Everybody = 0;

    private static readonly ViewFormValidator Rules = new();

    /// <summary>The user's own views of a list in their order, then those shared by others.</summary>
    public async Task<IReadOnlyList<SavedViewRow>> ListAsync(string list, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await (
            from v in db.SavedViews.AsNoTracking()
            where v.List == list && (v.OwnerId == me || v.Shared)
            join p in db.Users on v.OwnerId equals p.Id
            orderby v.OwnerId == me descending, v.OwnerId, v.Position, v.Id
            select new SavedViewRow(v.Id, v.Version, v.Name, v.Shared, v.OwnerId == me, p.FullName, v.Query)).ToListAsync(ct);
    }

    /// <summary>Saves a filter of a list under a name. Only managers and administrators may share it.</summary>
    public Task<long> CreateAsync(string list, ViewForm form, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        Rules.Demand(form);
        var viewed = lists.FirstOrDefault(l => l.Key == list) ?? throw new NotFound();
        var query = viewed.Normalize(form.Query ?? "") ?? throw Rejected.At<SavedViewsText>(nameof(ViewForm.Query), "WrongQuery");
        return WriteAsync(async (db, token) =>
        {
            var me = user.PersonId;
            var own = await db.SavedViews.Where(v => v.OwnerId == me && v.List == list).Select(v => v.Position).ToListAsync(token);
            if (own.Count >= ViewLimits.Views) throw Rejected.Because<SavedViewsText>("TooManyViews", ViewLimits.Views);
            var view = new SavedView(me, list, form.Name!, query, own.Count == 0 ? 0 : own.Max() + 1);
            if (form.Shared) view.Rename(form.Name!, Share());
            await DemandFreeNameAsync(db, view, token);
            db.SavedViews.Add(view);
            Announce(db, view, view.Shared);
            await db.SaveChangesAsync(token);
            return view.Id;
        }, ct);
    }

    /// <summary>Renames or shares a view. Throws Stale if it changed since it was read.</summary>
    public Task SaveAsync(long id, ViewForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        return ChangeAsync(id, async (db, view, token) =>
        {
            if (view.Version != form.Version) throw new Stale(null, null);
            if (form.Shared) Share();
            view.Rename(form.Name!, form.Shared);
            await DemandFreeNameAsync(db, view, token);
        }, ct);
    }

    /// <summary>Deletes a view; what it lists is not affected.</summary>
    public Task DeleteAsync(long id, CancellationToken ct = default) => ChangeAsync(id, (db, view, _) =>
    {
        db.SavedViews.Remove(view);
        return Task.CompletedTask;
    }, ct);

    /// <summary>Moves one of the user's own views up (-1) or down (+1) among those of its list; does nothing at the end.</summary>
    public Task MoveAsync(long id, int by, CancellationToken ct = default) => WriteAsync(async (db, token) =>
    {
        var me = user.PersonId;
        var view = await db.SavedViews.FirstOrDefaultAsync(v => v.Id == id && v.OwnerId == me, token) ?? throw new NotFound();
        var own = await db.SavedViews.Where(v => v.OwnerId == me && v.List == view.List).OrderBy(v => v.Position).ThenBy(v => v.Id).ToListAsync(token);
        var at = own.IndexOf(view);
        own.RemoveAt(at);
        own.Insert(Math.Clamp(at + Math.Sign(by), 0, own.Count), view);
        for (var i = 0; i < own.Count; i++) own[i].SetPosition(i);
        Announce(db, view, own.Exists(v => v.Shared));
        return true;
    }, ct);

    private async Task<T> WriteAsync<T>(Func<LogisticsDb, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(token =>
        {
            user.Actor.DemandOffice();
            return work(db, token);
        }, ct);
    }

    private async Task ChangeAsync(long id, Func<LogisticsDb, SavedView, CancellationToken, Task> change, CancellationToken ct) =>
        await WriteAsync(async (db, token) =>
        {
            var view = await db.SavedViews.FirstOrDefaultAsync(v => v.Id == id, token) ?? throw new NotFound();
            var wasShared = view.Shared;
            if (wasShared) Share();
            else if (view.OwnerId != user.PersonId) throw new NotFound();
            await change(db, view, token);
            Announce(db, view, wasShared || view.Shared);
            return true;
        }, ct);

    /// <summary>Returns true, or throws Forbidden: only the management may change what the whole office sees.</summary>
    private bool Share() => user.Actor.IsManagement ? true : throw new Forbidden();

    private static void Announce(LogisticsDb db, SavedView view, bool toAll) => db.Announce(new KeyChanged(Topic, toAll ? Everybody : view.OwnerId));

    private static async Task DemandFreeNameAsync(LogisticsDb db, SavedView view, CancellationToken ct)
    {
        if (await db.SavedViews.AnyAsync(v => v.OwnerId == view.OwnerId && v.List == view.List && v.Name == view.Name && v.Id != view.Id, ct))
            throw Rejected.At<SavedViewsText>(nameof(ViewForm.Name), "NameTaken", view.Name);
    }
}

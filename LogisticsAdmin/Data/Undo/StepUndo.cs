using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Data.Undo;

/// <summary>
/// Undo of actions on one kind of thing. A service records what it changed, inside its write, and offers it after the commit; the bar of the
/// person's own page (it has the same scope) offers it for some seconds. Things that somebody changed since are left alone and listed.
/// </summary>
public abstract class StepUndo(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock) : IUndoSource
{
    /// <summary>How long the bar offers undo.</summary>
    public static readonly TimeSpan Offered = TimeSpan.FromSeconds(10);

    /// <summary>Extra time allowed for the request to reach the server.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>How long a bulk action can be undone.</summary>
    public static readonly TimeSpan BulkKept = TimeSpan.FromDays(30);

    private const int Batch = 100, MaxRecent = 50;

    public event Action? Changed;

    public long? Latest { get; private set; }

    /// <summary>Stored with each step.</summary>
    protected abstract string Kind { get; }

    /// <summary>Throws Forbidden for a person who may not perform these actions.</summary>
    protected abstract void Demand(Actor actor);

    /// <summary>The undoable values of these things as they are stored now, as JSON by id.</summary>
    protected abstract Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct);

    protected abstract Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct);

    protected abstract string AddressOf(long id);

    /// <summary>The action in the past tense, in the reader's language.</summary>
    protected abstract string Did(string act);

    /// <summary>How many things, in the reader's language.</summary>
    protected abstract string Counted(int count);

    /// <summary>Who changed it last; null for the app itself.</summary>
    protected abstract Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct);

    /// <summary>
    /// The earlier values to give to a thing that has the values <paramref name="now"/>; null when somebody changed since what the action changed. Throws
    /// Rejected to say why it can't be undone.
    /// </summary>
    protected virtual string? Restorable(string before, string after, string now) => now == after ? before : null;

    /// <summary>Gives a thing its earlier values. Throws Rejected before it changes anything. <paramref name="since"/> is when the action began.</summary>
    protected abstract Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct);

    /// <summary>Called after things got earlier values back and that was committed: renews what is kept of them.</summary>
    protected virtual Task RefreshAsync() => Task.CompletedTask;

    /// <summary>Runs an action inside a write and records what it changed, in a new step or in <paramref name="step"/>. Null: nothing changed.</summary>
    internal async Task<long?> RecordAsync(
        LogisticsDb db, string act, IReadOnlyCollection<long> ids, Func<Task> work, CancellationToken ct, bool isBulk = false, long? step = null)
    {
        var (begun, before) = (clock.GetUtcNow(), await StatesAsync(db, ids, ct));
        await work();
        await db.SaveChangesAsync(ct);
        var after = await StatesAsync(db, ids, ct);
        var items = before.Where(b => after.TryGetValue(b.Key, out var now) && now != b.Value).Select(b => new UndoItem(b.Key, b.Value, after[b.Key])).ToList();
        return await RecordAsync(db, act, items, begun, isBulk, step, ct);
    }

    /// <summary>
    /// Runs an action inside a write that adds a thing, and records it; the thing's earlier values are <paramref name="nothing"/>, which
    /// <see cref="RestoreAsync(LogisticsDb, long, string, DateTimeOffset, DateTimeOffset, CancellationToken)"/> takes as a word to remove it.
    /// </summary>
    internal async Task<long?> RecordNewAsync(LogisticsDb db, string act, string nothing, Func<Task<long>> work, CancellationToken ct)
    {
        var begun = clock.GetUtcNow();
        var id = await work();
        await db.SaveChangesAsync(ct);
        return await RecordAsync(db, act, [new UndoItem(id, nothing, (await StatesAsync(db, [id], ct))[id])], begun, isBulk: false, null, ct);
    }

    private async Task<long?> RecordAsync(
        LogisticsDb db, string act, List<UndoItem> items, DateTimeOffset begun, bool isBulk, long? step, CancellationToken ct)
    {
        if (items.Count == 0 || user.Actor.PersonId is not { } me) return step;
        var stored = step is { } id ? await db.UndoSteps.FirstAsync(s => s.Id == id, ct) : new UndoStep(Kind, act, isBulk, me, begun);
        stored.Add(items, clock.GetUtcNow());
        if (step is null) db.UndoSteps.Add(stored);
        await db.SaveChangesAsync(ct);
        return stored.Id;
    }

    /// <summary>Offers a step to the person's own page; call it after the commit.</summary>
    internal void Offer(long? step)
    {
        if (step is not null) SetLatest(step);
    }

    public async Task<OfferedUndo?> LatestAsync(CancellationToken ct = default)
    {
        var (kind, me, since) = (Kind, user.PersonId, clock.GetUtcNow() - Offered);
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await db.UndoSteps.AsNoTracking().Where(s => s.Kind == kind && s.ActorId == me && s.At > since)
            .OrderByDescending(s => s.Id).Select(s => new { s.Id, s.Act, s.At, s.UndoneAt, s.Items.Count, First = s.Items.Min(i => i.EntityId) })
            .FirstOrDefaultAsync(ct);
        if (found is null || found.UndoneAt is not null) return null;
        var about = found.Count > 1 ? Counted(found.Count) : (await NamesAsync(db, [found.First], ct)).GetValueOrDefault(found.First, "");
        return new OfferedUndo(found.Id, found.Act, Did(found.Act), about, found.At + Offered - clock.GetUtcNow());
    }

    /// <summary>Bulk actions of everybody that can still be undone, the latest first.</summary>
    public async Task<IReadOnlyList<RecentStep>> RecentAsync(CancellationToken ct = default)
    {
        Demand(user.Actor);
        var (kind, now) = (Kind, clock.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await (
            from step in db.UndoSteps.AsNoTracking()
            where step.Kind == kind && step.IsBulk && step.Until > now
            join person in db.Users on step.ActorId equals person.Id
            orderby step.Id descending
            select new { step.Id, step.Act, step.At, step.UndoneAt, step.Items.Count, person.FullName }).Take(MaxRecent).ToListAsync(ct);
        return [.. found.Select(s => new RecentStep(s.Id, Did(s.Act), Counted(s.Count), s.FullName, s.At, s.UndoneAt is not null))];
    }

    /// <summary>
    /// Undoes a step once: a single action only for its own actor and for some seconds, a bulk action for thirty days. Throws NotFound,
    /// Forbidden or Rejected.
    /// </summary>
    public async Task<UndoOutcome> UndoAsync(long id, CancellationToken ct = default)
    {
        var (done, behind, claimed, begun) = (0, 0L, false, default(DateTimeOffset));
        List<UndoLeft> left = [];
        for (var more = true; more;)
        {
            await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
            more = await db.WriteAsync(async token =>
            {
                Demand(user.Actor);
                var now = clock.GetUtcNow();
                if (!claimed) begun = await ClaimAsync(db, id, now, token);
                var items = await db.UndoItems.AsNoTracking().Where(i => i.StepId == id && i.Id > behind).OrderBy(i => i.Id).Take(Batch).ToListAsync(token);
                var ids = items.ConvertAll(i => i.EntityId);
                var (states, names) = (await StatesAsync(db, ids, token), await NamesAsync(db, ids, token));
                foreach (var item in items)
                {
                    if (await RestoreAsync(db, item, states, begun, now, token) is not { } why) done++;
                    else left.Add(new UndoLeft(names.GetValueOrDefault(item.EntityId, ""), AddressOf(item.EntityId), why));
                }
                behind = items.Count == 0 ? behind : items[^1].Id;
                return items.Count == Batch;
            }, claimed ? CancellationToken.None : ct);
            claimed = true;
        }
        if (done > 0) await RefreshAsync();
        if (Latest == id) SetLatest(null);
        return new UndoOutcome(done, Counted(done), left);
    }

    /// <summary>Deletes steps that can no longer be undone, and returns how many.</summary>
    public static async Task<int> SweepAsync(IDbContextFactory<LogisticsDb> databases, DateTimeOffset now, CancellationToken ct)
    {
        var swept = 0;
        for (var more = true; more;)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            more = await db.WriteAsync(async token =>
            {
                var old = await db.UndoSteps.Where(s => s.Until < now).OrderBy(s => s.Until).Take(Batch).ToListAsync(token);
                db.UndoSteps.RemoveRange(old);
                swept += old.Count;
                return old.Count == Batch;
            }, ct);
        }
        return swept;
    }

    private async Task<Refusal?> RestoreAsync(
        LogisticsDb db, UndoItem item, Dictionary<long, string> states, DateTimeOffset begun, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            if (!states.TryGetValue(item.EntityId, out var state) || Restorable(item.Before, item.After, state) is not { } before)
                return new Stale(await LastChangedByAsync(db, item.EntityId, ct), null);
            await RestoreAsync(db, item.EntityId, before, begun, now, ct);
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (Rejected why)
        {
            return why;
        }
    }

    private async Task<DateTimeOffset> ClaimAsync(LogisticsDb db, long id, DateTimeOffset now, CancellationToken ct)
    {
        var (kind, me) = (Kind, user.PersonId);
        var step = await db.UndoSteps.FirstOrDefaultAsync(s => s.Id == id && s.Kind == kind && (s.ActorId == me || s.IsBulk), ct) ?? throw new NotFound();
        if (step.UndoneAt is not null) throw Rejected.Because<SharedText>("UndoneAlready");
        if (step.Until < now) throw Rejected.Because<SharedText>("UndoTooLate");
        step.Undo(now);
        return step.Begun;
    }

    private void SetLatest(long? latest)
    {
        Latest = latest;
        Changed?.Invoke();
    }
}

/// <summary>A bulk action that can still be undone, in the reader's language.</summary>
public sealed record RecentStep(long Id, string Did, string About, string By, DateTimeOffset At, bool IsUndone);

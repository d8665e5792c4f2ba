using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Outbox.Robots;

/// <summary>
/// The robots of groups, for administrators; everybody else is refused as <see cref="Forbidden"/>. Addresses and secrets are never read back.
/// </summary>
public sealed class RobotsService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, RobotsUndo undo, RobotClient client, IOptions<RobotOptions> options,
    IStringLocalizer<OutboxText> words, TimeProvider clock, ILogger<RobotsService> log)
{
    /// <summary>Topic of the feed: a robot was added or changed.</summary>
    public const string Topic = "robots";

    private static readonly RobotFormValidator Rules = new();

    /// <summary>All robots, those in use first; with a state only those in it.</summary>
    public async Task<IReadOnlyList<RobotRow>> ListAsync(RobotState? state = null, CancellationToken ct = default)
    {
        user.Actor.DemandOutbox();
        await using var db = await databases.CreateDbContextAsync(ct);
        var outbox = db.Outbox;
        var found = await db.GroupRobots.AsNoTracking().OrderBy(r => r.RetiredAt != null).ThenBy(r => r.Name).ThenBy(r => r.Id).Select(r => new
        {
            Robot = r,
            LastSentAt = outbox.Where(m => m.RobotId == r.Id && m.State == OutboxState.Sent).Max(m => m.EndedAt),
            Waiting = outbox.Count(m => m.RobotId == r.Id && m.State == OutboxState.Waiting),
            Dead = outbox.Count(m => m.RobotId == r.Id && m.State == OutboxState.Dead),
        }).ToListAsync(ct);
        return [.. found.Select(f => RowOf(f.Robot, f.LastSentAt, f.Waiting, f.Dead)).Where(r => state is null || r.State == state)];
    }

    /// <summary>The same, read when it is written to a file.</summary>
    public async IAsyncEnumerable<RobotRow> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
    {
        foreach (var row in await ListAsync(ct: ct)) yield return row;
    }

    /// <summary>
    /// Adds a robot, or changes the one with this id. Refuses at the field an address that is not the provider's. A changed address or secret is
    /// not offered for undo, because the former one is kept nowhere.
    /// </summary>
    public async Task<long> SaveAsync(long? id, RobotForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        if (id is null || !string.IsNullOrWhiteSpace(form.Address)) DemandAllowed(form);
        long? step = null;
        var saved = await WriteAsync(id is null ? "added" : "changed", async (db, _, token) =>
        {
            if (id is null)
            {
                var added = new GroupRobot(form);
                await DemandFreeNameAsync(db, 0, added.Name, token);
                db.Add(added);
                await db.SaveChangesAsync(token);
                return added.Id;
            }
            var robot = await FindAsync(db, id.Value, token);
            if (robot.Version != form.Version) throw new Stale(await db.LastChangedByAsync<GroupRobot>(robot.Id, token), robot.Name);
            if (form.Provider != robot.Provider && string.IsNullOrWhiteSpace(form.Address)) throw NotAllowed(form);
            await DemandFreeNameAsync(db, robot.Id, CleanText.Clean(form.Name), token);
            if (robot.ReplacesAddress(form)) robot.Set(form);
            else step = await undo.RecordAsync(db, nameof(RobotAct.Edit), [robot.Id], () => Done(robot.Set, form), token);
            return robot.Id;
        }, ct);
        undo.Offer(step);
        return saved;
    }

    /// <summary>停用: it tells nothing any more; what waits for it is left out.</summary>
    public Task RetireAsync(long id, CancellationToken ct = default) => ActAsync(RobotAct.Retire, id, (robot, me) => robot.Retire(me, clock.GetUtcNow()), ct);

    public Task RestoreAsync(long id, CancellationToken ct = default) => ActAsync(RobotAct.Restore, id, (robot, _) => robot.Restore(), ct);

    /// <summary>Sends a test message at once. Refuses with what the provider said when it did not arrive.</summary>
    public async Task TestAsync(long id, CancellationToken ct = default)
    {
        user.Actor.DemandOutbox();
        await using var db = await databases.CreateDbContextAsync(ct);
        var robot = await db.GroupRobots.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, ct) ?? throw new NotFound();
        log.RobotChanged("tested", id, user.PersonId);
        var outcome = await client.SendAsync(robot, words["Robot.Test", user.Actor.Name], ct);
        if (outcome.Result == SendResult.NotTried) throw Rejected.Because<OutboxText>("RobotLimit", RobotClient.PerMinute);
        if (outcome.Result != SendResult.Sent) throw Rejected.Because<OutboxText>("RobotTestFailed", outcome.Error);
    }

    private async Task ActAsync(RobotAct act, long id, Action<GroupRobot, long> work, CancellationToken ct)
    {
        long? step = null;
        await WriteAsync(act.ToString(), async (db, me, token) =>
        {
            var robot = await FindAsync(db, id, token);
            step = await undo.RecordAsync(db, act.ToString(), [id], () => Done(r => work(r, me), robot), token);
            return id;
        }, ct);
        undo.Offer(step);
    }

    private static Task Done<T>(Action<T> work, T with)
    {
        work(with);
        return Task.CompletedTask;
    }

    private async Task<long> WriteAsync(string what, Func<LogisticsDb, long, CancellationToken, Task<long>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var id = await db.WriteAsync(async token =>
        {
            user.Actor.DemandOutbox();
            var changed = await work(db, user.PersonId, token);
            db.Announce(new KeyChanged(Topic, changed));
            return changed;
        }, ct);
        log.RobotChanged(what, id, user.ActorOrNull?.PersonId);
        return id;
    }

    private void DemandAllowed(RobotForm form)
    {
        if (RobotAddress.Allowed(form.Address?.Trim(), form.Provider!.Value, options.Value) is null) throw NotAllowed(form);
    }

    private static Rejected NotAllowed(RobotForm form) =>
        Rejected.At<OutboxText>(nameof(RobotForm.Address), "RobotAddressNotAllowed", $"https://{RobotAddress.HostOf(form.Provider!.Value)}/");

    private static async Task DemandFreeNameAsync(LogisticsDb db, long own, string name, CancellationToken ct)
    {
        if (await db.GroupRobots.AnyAsync(r => r.Id != own && r.Name == name && r.RetiredAt == null, ct))
            throw Rejected.At<OutboxText>(nameof(RobotForm.Name), "RobotNameTaken", name);
    }

    private static async Task<GroupRobot> FindAsync(LogisticsDb db, long id, CancellationToken ct) =>
        await db.GroupRobots.FirstOrDefaultAsync(r => r.Id == id, ct) ?? throw new NotFound();

    private static RobotRow RowOf(GroupRobot r, DateTimeOffset? lastSentAt, int waiting, int dead) => new(
        r.Id, r.Version, r.Name, r.Provider, Uri.TryCreate(r.Address, UriKind.Absolute, out var uri) ? uri.Host : "", r.Secret is not null, r.Language,
        r.IsEnabled, r.ForEmergencies, r.ForOverdue, r.ForUrgentNotices, r.RetiredAt, lastSentAt, waiting, dead);
}

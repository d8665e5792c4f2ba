using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Outbox.Robots;

/// <summary>Undo of changes to robots, for administrators. Addresses and secrets are not part of it.</summary>
public sealed class RobotsUndo(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStringLocalizer<OutboxText> words)
    : StepUndo(databases, user, clock)
{
    private readonly CurrentUser _user = user;

    private sealed record Memento(
        string Name, string Language, bool IsEnabled, bool ForEmergencies, bool ForOverdue, bool ForUrgentNotices, int AddressCount, bool IsRetired);

    protected override string Kind => "robots";

    protected override void Demand(Actor actor) => actor.DemandOutbox();

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var robots = await db.GroupRobots.AsNoTracking().Where(r => ids.Contains(r.Id)).ToListAsync(ct);
        return robots.ToDictionary(r => r.Id, r => JsonSerializer.Serialize(new Memento(
            r.Name, r.Language, r.IsEnabled, r.ForEmergencies, r.ForOverdue, r.ForUrgentNotices, r.AddressCount, r.RetiredAt is not null)));
    }

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.GroupRobots.Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Name, ct);

    protected override string AddressOf(long id) => "settings/robots";

    protected override string Did(string act) => words[$"RobotAct.{act}"];

    protected override string Counted(int count) => words["Robots.Counted", count];

    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) => db.LastChangedByAsync<GroupRobot>(id, ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<Memento>(before)!;
        var robot = await db.GroupRobots.FirstAsync(r => r.Id == id, ct);
        robot.Describe(was.Name, was.Language, was.IsEnabled, was.ForEmergencies, was.ForOverdue, was.ForUrgentNotices);
        if (was.IsRetired && robot.RetiredAt is null) robot.Retire(_user.PersonId, now);
        if (!was.IsRetired && robot.RetiredAt is not null) robot.Restore();
        db.Announce(new KeyChanged(RobotsService.Topic, id));
    }
}

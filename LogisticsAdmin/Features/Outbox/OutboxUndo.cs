using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Outbox;

/// <summary>Undo of decisions about dead letters, for administrators. One that was sent again meanwhile is past undoing.</summary>
public sealed class OutboxUndo(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStringLocalizer<OutboxText> words)
    : StepUndo(databases, user, clock)
{
    private sealed record Memento(OutboxState State, OutboxReason? Reason, int Attempts, DateTimeOffset? EndedAt, OutboxDecision? Decision);

    protected override string Kind => "outbox";

    protected override void Demand(Actor actor) => actor.DemandOutbox();

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var messages = await db.Outbox.AsNoTracking().Where(m => ids.Contains(m.Id)).ToListAsync(ct);
        return messages.ToDictionary(m => m.Id, m => JsonSerializer.Serialize(new Memento(m.State, m.Reason, m.Attempts, m.EndedAt, m.Decision)));
    }

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.Outbox.Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.About == null ? m.Subject : m.Subject + " · " + m.About, ct);

    protected override string AddressOf(long id) => "settings/mail";

    protected override string Did(string act) => words[$"OutboxAct.{act}"];

    protected override string Counted(int count) => words["Letters.Counted", count];

    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) => db.LastChangedByAsync<OutboxMessage>(id, ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<Memento>(before)!;
        var message = await db.Outbox.FirstAsync(m => m.Id == id, ct);
        if (was is not { State: OutboxState.Dead, Reason: { } reason }) throw Rejected.Because<OutboxText>("NotDead");
        message.BecomeDeadAgain(reason, was.Attempts, was.EndedAt ?? now, was.Decision);
        db.Announce(new KeyChanged(OutboxRunner.Topic, id));
    }
}

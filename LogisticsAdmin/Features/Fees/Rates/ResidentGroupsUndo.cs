using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>Undo of changes to resident groups, for the management. Who belongs to a group stays as it is.</summary>
public sealed class ResidentGroupsUndo(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStringLocalizer<RatesText> words)
    : StepUndo(databases, user, clock)
{
    private readonly CurrentUser _user = user;

    private sealed record Memento(string Code, string Name, string NameEn, bool IsRetired);

    protected override string Kind => "fee-groups";

    protected override void Demand(Actor actor) => actor.DemandBilling();

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var groups = await db.ResidentGroups.AsNoTracking().Where(g => ids.Contains(g.Id)).ToListAsync(ct);
        return groups.ToDictionary(g => g.Id, g => JsonSerializer.Serialize(new Memento(g.Code, g.Name, g.NameEn, g.RetiredAt is not null)));
    }

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.ResidentGroups.Where(g => ids.Contains(g.Id)).ToDictionaryAsync(g => g.Id, g => $"{g.Code} {g.Name}", ct);

    protected override string AddressOf(long id) => "fees/groups";

    protected override string Did(string act) => words[$"GroupAct.{act}"];

    protected override string Counted(int count) => words["UndoGroups", count];

    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) => db.LastChangedByAsync<ResidentGroup>(id, ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<Memento>(before)!;
        var group = await db.ResidentGroups.FirstAsync(g => g.Id == id, ct);
        await ResidentGroupService.DemandFreeCodeAsync(db, was.Code, id, ct);
        group.Recode(was.Code);
        group.Rename(was.Name, was.NameEn);
        if (was.IsRetired && group.RetiredAt is null) group.Retire(now, _user.PersonId, "");
        if (!was.IsRetired && group.RetiredAt is not null) group.Restore();
        db.Announce(new KeyChanged(FeesTopics.Rates, 0));
    }
}

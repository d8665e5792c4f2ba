using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Kinds;

/// <summary>Undo of changes to kinds of fees, for administrators.</summary>
public sealed class FeeKindsUndo(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStringLocalizer<KindsText> words)
    : StepUndo(databases, user, clock)
{
    private readonly CurrentUser _user = user;

    private sealed record Memento(
        string Code, string Name, string NameEn, string Unit, string UnitEn, FeeMeasure Measure, FeePayer Payer, BillingCycle Cycle, int Order,
        bool IsRetired, bool GivesBack);

    protected override string Kind => "fee-kinds";

    protected override void Demand(Actor actor) => actor.DemandPublishRates();

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var kinds = await db.FeeKinds.AsNoTracking().Where(k => ids.Contains(k.Id)).ToListAsync(ct);
        return kinds.ToDictionary(k => k.Id, k => JsonSerializer.Serialize(new Memento(
            k.Code, k.Name, k.NameEn, k.Unit, k.UnitEn, k.Measure, k.Payer, k.Cycle, k.Order, k.RetiredAt is not null, k.GivesBack)));
    }

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.FeeKinds.Where(k => ids.Contains(k.Id)).ToDictionaryAsync(k => k.Id, k => $"{k.Code} {k.Name}", ct);

    protected override string AddressOf(long id) => "fees/kinds";

    protected override string Did(string act) => words[$"FeeKindAct.{act}"];

    protected override string Counted(int count) => words["UndoKinds", count];

    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) => db.LastChangedByAsync<FeeKind>(id, ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<Memento>(before)!;
        var kind = await db.FeeKinds.FirstAsync(k => k.Id == id, ct);
        await FeeKindService.DemandFreeCodeAsync(db, was.Code, id, ct);
        var unit = new LocalName(was.Unit, was.UnitEn);
        if ((!kind.IsDefinedAs(was.Measure, was.Payer, was.Cycle) || kind.UnitName != unit) && await FeeKindService.IsUsedAsync(db, id, ct))
            throw Rejected.Because<KindsText>("KindIsUsed");
        kind.Recode(was.Code);
        kind.Rename(was.Name, was.NameEn);
        kind.Define(unit, was.Measure, was.Payer, was.Cycle);
        kind.Place(was.Order);
        kind.GiveBack(was.GivesBack);
        if (was.IsRetired && kind.RetiredAt is null) kind.Retire(now, _user.PersonId, "");
        if (!was.IsRetired && kind.RetiredAt is not null) kind.Restore();
        db.Announce(new KeyChanged(FeesTopics.Rates, id));
    }
}

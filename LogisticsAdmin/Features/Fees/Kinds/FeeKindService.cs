using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Kinds;

/// <summary>
/// The kinds of fees. The office reads; administrators add, change and retire, others get <see cref="Forbidden"/>. What a kind is measured by, who pays
/// and how often stays as it is once it has a rate, a proposal, a meter or a bill.
/// </summary>
public sealed class FeeKindService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, FeeKindsUndo undo, ILogger<FeeKindService> log)
{
    private const int OrderGap = 10;
    private static readonly FeeKindFormValidator Rules = new();

    /// <summary>All kinds in their order, those in use first.</summary>
    public async Task<IReadOnlyList<FeeKindRow>> ListAsync(CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        var (rates, proposals, meters, bills) = (db.FeeRates, db.RateProposals, db.Meters, db.Bills);
        return await db.FeeKinds.AsNoTracking().OrderBy(k => k.RetiredAt != null).ThenBy(k => k.Order).ThenBy(k => k.Id).Select(k => new FeeKindRow(
            k.Id, k.Version, k.Code, new LocalName(k.Name, k.NameEn), new LocalName(k.Unit, k.UnitEn), k.Measure, k.Payer, k.Cycle, k.Order,
            k.RetiredAt != null, rates.Any(r => r.KindId == k.Id) || proposals.Any(p => p.KindId == k.Id) || meters.Any(m => m.KindId == k.Id)
                || bills.Any(b => b.FeeKindId == k.Id), k.GivesBack)).ToListAsync(ct);
    }

    /// <summary>Adds a kind. Refuses at the field a code that another kind has, also a retired one.</summary>
    public Task<long> CreateAsync(FeeKindForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        return WriteAsync("added", async (db, token) =>
        {
            var last = await db.FeeKinds.MaxAsync(k => (int?)k.Order, token) ?? 0;
            var kind = new FeeKind(
                form.Code!, form.Name!, form.NameEn ?? "", UnitOf(form), form.Measure, form.Payer, form.Cycle, form.Order ?? last + OrderGap);
            kind.GiveBack(form.GivesBack);
            await DemandFreeCodeAsync(db, kind.Code, 0, token);
            db.FeeKinds.Add(kind);
            await db.SaveChangesAsync(token);
            return kind.Id;
        }, ct);
    }

    /// <summary>
    /// Changes a kind. Refuses at the field what a used kind must keep. Throws <see cref="Stale"/> if the kind changed since the form was opened.
    /// </summary>
    public Task SaveAsync(long id, FeeKindForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        return ActAsync(FeeKindAct.Edit, id, async (db, kind, token) =>
        {
            if (kind.Version != form.Version) throw new Stale(await db.LastChangedByAsync<FeeKind>(id, token), kind.LocalName.ToString());
            await DemandFreeCodeAsync(db, CleanText.Clean(form.Code), id, token);
            if ((!kind.IsDefinedAs(form.Measure, form.Payer, form.Cycle) || kind.UnitName != UnitOf(form)) && await IsUsedAsync(db, id, token))
                throw Rejected.At<KindsText>(FixedField(kind, form), "KindIsUsed");
            kind.Recode(form.Code!);
            kind.Rename(form.Name!, form.NameEn ?? "");
            kind.Define(UnitOf(form), form.Measure, form.Payer, form.Cycle);
            kind.Place(form.Order ?? kind.Order);
            kind.GiveBack(form.GivesBack);
        }, ct);
    }

    /// <summary>停用: no new prices, meters and bills; those that there are stay.</summary>
    public Task RetireAsync(long id, CancellationToken ct = default) => ActAsync(FeeKindAct.Retire, id, (_, kind, _) =>
    {
        if (kind.RetiredAt is null) kind.Retire(office.Now, user.PersonId, "");
        return Task.CompletedTask;
    }, ct);

    public Task RestoreAsync(long id, CancellationToken ct = default) => ActAsync(FeeKindAct.Restore, id, (_, kind, _) =>
    {
        kind.Restore();
        return Task.CompletedTask;
    }, ct);

    internal static async Task DemandFreeCodeAsync(LogisticsDb db, string code, long own, CancellationToken ct)
    {
        if (await db.FeeKinds.AnyAsync(k => k.Code == code && k.Id != own, ct))
            throw Rejected.At<KindsText>(nameof(FeeKindForm.Code), "CodeTaken", code);
    }

    internal static async Task<bool> IsUsedAsync(LogisticsDb db, long id, CancellationToken ct) =>
        await db.FeeRates.AnyAsync(r => r.KindId == id, ct) || await db.RateProposals.AnyAsync(p => p.KindId == id, ct)
        || await db.Meters.AnyAsync(m => m.KindId == id, ct) || await db.Bills.AnyAsync(b => b.FeeKindId == id, ct);

    private static string FixedField(FeeKind kind, FeeKindForm form) =>
        kind.Measure != form.Measure ? nameof(FeeKindForm.Measure)
        : kind.Payer != form.Payer ? nameof(FeeKindForm.Payer)
        : kind.Cycle != form.Cycle ? nameof(FeeKindForm.Cycle)
        : nameof(FeeKindForm.Unit);

    private static LocalName UnitOf(FeeKindForm form) => new(CleanText.Unit(form.Unit), CleanText.Unit(form.UnitEn));

    private async Task ActAsync(FeeKindAct act, long id, Func<LogisticsDb, FeeKind, CancellationToken, Task> work, CancellationToken ct)
    {
        long? step = null;
        await WriteAsync(act.ToString(), async (db, token) =>
        {
            var kind = await db.FeeKinds.FirstOrDefaultAsync(k => k.Id == id, token) ?? throw new NotFound();
            step = await undo.RecordAsync(db, act.ToString(), [id], () => work(db, kind, token), token);
            return id;
        }, ct);
        undo.Offer(step);
    }

    private async Task<long> WriteAsync(string what, Func<LogisticsDb, CancellationToken, Task<long>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var id = await db.WriteAsync(async token =>
        {
            user.Actor.DemandPublishRates();
            var changed = await work(db, token);
            db.Announce(new KeyChanged(FeesTopics.Rates, changed));
            return changed;
        }, ct);
        log.KindChanged(id, what, user.ActorOrNull?.PersonId);
        return id;
    }
}

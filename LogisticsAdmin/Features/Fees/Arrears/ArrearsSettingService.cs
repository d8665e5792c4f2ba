using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>Thresholds of kinds, examination periods and the rule of leaks. The office reads them, administrators change them.</summary>
public sealed class ArrearsSettingService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, ArrearsUndo undo, OfficeTime office)
{
    private static readonly SettingFormValidator SettingRules = new();
    private static readonly ExamFormValidator ExamRules = new();
    private static readonly LeakFormValidator LeakRules = new();

    /// <summary>All kinds in use, in their order.</summary>
    public async Task<IReadOnlyList<SettingRow>> KindsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        var stored = await db.ArrearsSettings.AsNoTracking().ToDictionaryAsync(s => s.FeeKindId, ct);
        var kinds = await db.FeeKinds.AsNoTracking().Where(k => k.RetiredAt == null).OrderBy(k => k.Order).ToListAsync(ct);
        return
        [
            .. kinds.Select(k => (Kind: k, Setting: stored.GetValueOrDefault(k.Id)))
                .Select(x => new SettingRow(
                    x.Kind.Id, x.Kind.LocalName, x.Kind.Payer == FeePayer.Room, x.Setting?.Version ?? 0, x.Setting?.Terms, x.Setting?.Id)),
        ];
    }

    /// <summary>Stores the thresholds of a kind. Refuses as Stale what somebody else changed meanwhile, and a cut-off of what people are charged.</summary>
    public async Task SaveAsync(long kindId, SettingForm form, CancellationToken ct = default)
    {
        SettingRules.Demand(form);
        var terms = new ArrearsTerms(
            FenOf(form.LowBalance, nameof(form.LowBalance)), FenOf(form.Arrears, nameof(form.Arrears)), form.ReminderDays!.Value, form.CoolDownDays!.Value,
            FenOf(form.CutOff, nameof(form.CutOff)), form.NoticeDays!.Value);
        await ActAsync(ArrearsAct.Terms, ArrearsUndo.OfTerms(kindId), async (db, token) =>
        {
            var kind = await db.FeeKinds.AsNoTracking().SingleOrDefaultAsync(k => k.Id == kindId && k.RetiredAt == null, token) ?? throw new NotFound();
            if (terms.CutOffFen > 0 && kind.Payer != FeePayer.Room) throw Rejected.At<ArrearsText>(nameof(SettingForm.CutOff), "NotCutOff", kind.LocalName);
            var stored = await db.ArrearsSettings.SingleOrDefaultAsync(s => s.FeeKindId == kindId, token);
            if ((stored?.Version ?? 0) != form.Version)
                throw new Stale(await db.LastChangedByAsync<ArrearsSetting>(stored?.Id ?? 0, token), kind.LocalName.ToString());
            if (stored is null) db.ArrearsSettings.Add(new ArrearsSetting(kindId, terms));
            else stored.Set(terms);
        }, ct);
    }

    /// <summary>The examination periods that are not over for long, the next first.</summary>
    public async Task<IReadOnlyList<ExamRow>> ExamsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        var since = office.Today.AddYears(-1);
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.ExamPeriods.AsNoTracking().Where(e => e.To >= since).OrderByDescending(e => e.From).ThenBy(e => e.Id)
            .Select(e => new ExamRow(e.Id, e.Version, e.From, e.To, e.Name)).ToListAsync(ct);
    }

    /// <summary>Adds an examination period. Refuses one that overlaps another.</summary>
    public async Task AddExamAsync(ExamForm form, CancellationToken ct = default)
    {
        ExamRules.Demand(form);
        long? step = null;
        await WriteAsync(async (db, token) => step = await undo.RecordNewAsync(db, nameof(ArrearsAct.AddExam), ArrearsUndo.Nothing, async () =>
        {
            await DemandFreeAsync(db, form, 0, token);
            var period = new ExamPeriod(form.From!.Value, form.Last, form.Name!);
            db.ExamPeriods.Add(period);
            await db.SaveChangesAsync(token);
            return ArrearsUndo.OfExam(period.Id);
        }, token), ct);
        undo.Offer(step);
    }

    /// <summary>Changes an examination period that still has the version that was shown. Refuses days that overlap another.</summary>
    public Task SaveExamAsync(long id, ExamForm form, CancellationToken ct = default)
    {
        ExamRules.Demand(form);
        return ActAsync(ArrearsAct.EditExam, ArrearsUndo.OfExam(id), async (db, token) =>
        {
            var period = await ExamAsync(db, id, form.Version, token);
            await DemandFreeAsync(db, form, id, token);
            period.Set(form.From!.Value, form.Last, form.Name!);
        }, ct);
    }

    /// <summary>Removes an examination period that still has the version that was shown; the audit log keeps its values.</summary>
    public Task RemoveExamAsync(long id, long version, CancellationToken ct = default) => ActAsync(
        ArrearsAct.RemoveExam, ArrearsUndo.OfExam(id), async (db, token) => db.ExamPeriods.Remove(await ExamAsync(db, id, version, token)), ct);

    /// <summary>The name of another examination period that has a day of these; null when there is none.</summary>
    internal static Task<string?> OverlappingAsync(LogisticsDb db, DateOnly from, DateOnly to, long own, CancellationToken ct) =>
        db.ExamPeriods.AsNoTracking().Where(e => e.Id != own && e.From <= to && e.To >= from).Select(e => e.Name).FirstOrDefaultAsync(ct);

    /// <summary>The rule of leaks as it is stored.</summary>
    public async Task<LeakRow> LeakAsync(CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.LeakSettings.AsNoTracking().SingleOrDefaultAsync(ct) is { } stored
            ? new LeakRow(stored.Version, stored.IsOn, stored.CategoryId, new Money(stored.DailyFen), stored.Since)
            : new LeakRow(0, false, null, Money.Zero, null);
    }

    /// <summary>The categories of repairs that may be leaks: groups and what is in them.</summary>
    public async Task<IReadOnlyList<ArrearsChoice>> CategoriesAsync(CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        var all = await db.Categories.AsNoTracking().Where(c => c.RetiredAt == null).OrderBy(c => c.Position).ToListAsync(ct);
        return
        [
            .. all.Where(c => c.ParentId is null).SelectMany(group => all.Where(c => c.ParentId == group.Id)
                .Select(c => new ArrearsChoice(
                    c.Id, new LocalName($"{group.LocalName.Zh} · {c.LocalName.Zh}", $"{group.LocalName.En} · {c.LocalName.En}")))
                .Prepend(new ArrearsChoice(group.Id, group.LocalName))),
        ];
    }

    /// <summary>Turns the rule of leaks on or off, or changes it. It earns nothing for days before it was turned on.</summary>
    public Task SaveLeakAsync(LeakForm form, CancellationToken ct = default)
    {
        LeakRules.Demand(form);
        var daily = FenOf(form.Daily, nameof(LeakForm.Daily));
        return ActAsync(ArrearsAct.Leak, ArrearsUndo.OfLeaks, async (db, token) =>
        {
            if (form.CategoryId is { } category && !await db.Categories.AnyAsync(c => c.Id == category && c.RetiredAt == null, token)) throw new NotFound();
            var stored = await db.LeakSettings.SingleOrDefaultAsync(token);
            if ((stored?.Version ?? 0) != form.Version) throw new Stale(await db.LastChangedByAsync<LeakSetting>(stored?.Id ?? 0, token), null);
            if (form.IsOn && daily == 0) throw Rejected.At<ArrearsText>(nameof(LeakForm.Daily), "DailyMissing");
            if (stored is null) db.LeakSettings.Add(stored = new LeakSetting());
            stored.Set(form.IsOn, form.CategoryId, daily, office.Today);
        }, ct);
    }

    /// <summary>An amount as typed; nothing and zero mean never.</summary>
    private static long FenOf(string? typed, string field) =>
        CleanText.Clean(typed).Trim('0', '.') is { Length: 0 } ? 0 : TypedAmount.Parse(typed, field).Fen;

    private static async Task DemandFreeAsync(LogisticsDb db, ExamForm form, long own, CancellationToken ct)
    {
        if (await OverlappingAsync(db, form.From!.Value, form.Last, own, ct) is { } other)
            throw Rejected.At<ArrearsText>(nameof(ExamForm.From), "Overlaps", other);
    }

    private static async Task<ExamPeriod> ExamAsync(LogisticsDb db, long id, long version, CancellationToken ct)
    {
        var period = await db.ExamPeriods.SingleOrDefaultAsync(e => e.Id == id, ct) ?? throw new NotFound();
        return period.Version == version ? period : throw new Stale(await db.LastChangedByAsync<ExamPeriod>(id, ct), period.Name);
    }

    private async Task ActAsync(ArrearsAct act, long thing, Func<LogisticsDb, CancellationToken, Task> work, CancellationToken ct)
    {
        long? step = null;
        await WriteAsync(async (db, token) => step = await undo.RecordAsync(db, act.ToString(), [thing], () => work(db, token), token), ct);
        undo.Offer(step);
    }

    private async Task WriteAsync(Func<LogisticsDb, CancellationToken, Task> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandFees();
            user.Actor.DemandPublishRates();
            await work(db, token);
            db.Announce(new KeyChanged(ArrearsTopics.Reminders, 0));
        }, ct);
    }
}

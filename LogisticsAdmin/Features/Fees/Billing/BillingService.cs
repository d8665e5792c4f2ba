using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>Starts, watches and cancels billing runs. Managers and administrators start them; the office reads.</summary>
public sealed class BillingService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, BillingSignal signal)
{
    private const int ShownRuns = 20;
    private const int NamedLeftOut = 10;

    /// <summary>The kinds in use, each with the periods that can be billed.</summary>
    public async Task<IReadOnlyList<BillableKind>> KindsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        List<BillableKind> kinds = [];
        foreach (var kind in await db.FeeKinds.AsNoTracking().Where(k => k.RetiredAt == null).OrderBy(k => k.Order).ToListAsync(ct))
        {
            var periods = await FeePeriods.OfferedAsync(db, kind.Cycle, office.Today, ct);
            kinds.Add(new BillableKind(kind.Id, kind.LocalName, kind.UnitName, kind.Cycle, [.. periods.Select(p => p.Code)]));
        }
        return kinds;
    }

    /// <summary>The newest runs first.</summary>
    public async Task<IReadOnlyList<RunRow>> RunsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        var (kinds, people) = (db.FeeKinds, db.Users);
        return await db.BillingRuns.AsNoTracking().OrderByDescending(r => r.Id).Take(ShownRuns)
            .Join(kinds, r => r.KindId, k => k.Id, (r, k) => new RunRow(
                r.Id, new LocalName(k.Name, k.NameEn), r.Period, r.IsCorrection, r.State, r.Total, r.Done, r.Bills, r.LeftOut, new Money(r.AmountFen),
                people.Where(p => p.Id == r.StartedById).Select(p => p.FullName).FirstOrDefault(), r.StartedAt, r.EndedAt)).ToListAsync(ct);
    }

    /// <summary>Computes what a run would bill now, and stores nothing. Unknown kinds and periods are refused at their fields.</summary>
    public async Task<RunPreview> PreviewAsync(RunForm form, IProgress<double>? progress = null, CancellationToken ct = default)
    {
        user.Actor.DemandBilling();
        await using var db = await databases.CreateDbContextAsync(ct);
        var (kind, period) = await ChosenAsync(db, form, ct);
        var facts = await BillingFacts.LoadAsync(db, office, kind, period, ct);
        var total = await facts.CountAsync(ct);
        var (done, position, amount, vacant, bills, estimates) = (0, 0L, Money.Zero, Money.Zero, 0, 0);
        Dictionary<LeftOutReason, List<BillCase>> leftOut = [];
        while (await facts.NextAsync(position, BillingFacts.Batch, ct) is { Count: > 0 } ids)
        {
            foreach (var found in await facts.ReadAsync(ids, ct))
            {
                if (found.Reason is { } reason)
                {
                    if (!leftOut.TryGetValue(reason, out var cases)) leftOut[reason] = cases = [];
                    cases.Add(found);
                    continue;
                }
                var charged = found.Proof!.Charge().Amount;
                (bills, amount, vacant) = (bills + 1, amount + charged, vacant + found.Proof.Divide(charged).Vacant);
                if (found.Proof.IsEstimate) estimates++;
            }
            (position, done) = (ids[^1], done + ids.Count);
            progress?.Report(total == 0 ? 1 : (double)done / total);
            // SQLite's calls end synchronously: without a pause the page would show no progress, and take no click to stop, until all is done.
            await Task.Yield();
        }
        List<LeftOutRow> rows = [];
        foreach (var (reason, cases) in leftOut.OrderBy(l => l.Key))
            rows.Add(new LeftOutRow(reason, cases.Count, await NamesAsync(db, [.. cases.Take(NamedLeftOut)], ct)));
        return new RunPreview(total, bills, amount, vacant, estimates, rows);
    }

    /// <summary>
    /// Starts a run, which goes on in the background. Refused while another run of the kind is not finished. Rooms that have a bill for the period, or
    /// for a later one, are left out: billing twice bills once.
    /// </summary>
    public async Task<long> StartAsync(RunForm form, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var id = await db.WriteAsync(async token =>
        {
            user.Actor.DemandBilling();
            var (kind, period) = await ChosenAsync(db, form, token);
            if (await db.BillingRuns.AnyAsync(r => r.KindId == kind.Id && !r.IsCorrection && r.State == RunState.Running, token))
                throw Rejected.At<FeesText>(nameof(RunForm.KindId), "AlreadyRunning", kind.LocalName);
            var facts = await BillingFacts.LoadAsync(db, office, kind, period, token);
            var run = new BillingRun(kind.Id, period, await facts.CountAsync(token), user.PersonId, office.Now);
            db.BillingRuns.Add(run);
            await db.SaveChangesAsync(token);
            db.Announce(new KeyChanged(FeesTopics.Runs, run.Id));
            return run.Id;
        }, ct);
        signal.Wake();
        return id;
    }

    /// <summary>Ends a run that is not finished. What was billed before stays; a new run bills the rest.</summary>
    public async Task CancelAsync(long runId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandBilling();
            var run = await db.BillingRuns.SingleOrDefaultAsync(r => r.Id == runId, token) ?? throw new NotFound();
            if (run.State != RunState.Running || run.IsCorrection) throw Rejected.Because<FeesText>("RunEnded");
            run.Cancel(office.Now);
            db.Announce(new KeyChanged(FeesTopics.Runs, run.Id));
        }, ct);
    }

    private async Task<(FeeKind Kind, FeePeriod Period)> ChosenAsync(LogisticsDb db, RunForm form, CancellationToken ct)
    {
        var kind = await db.FeeKinds.AsNoTracking().SingleOrDefaultAsync(k => k.Id == form.KindId && k.RetiredAt == null, ct)
            ?? throw Rejected.At<FeesText>(nameof(RunForm.KindId), "KindUnknown");
        var period = await FeePeriods.FindAsync(db, kind.Cycle, form.Period, office.Today, ct)
            ?? throw Rejected.At<FeesText>(nameof(RunForm.Period), "PeriodUnknown");
        return (kind, period);
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(LogisticsDb db, IReadOnlyList<BillCase> cases, CancellationToken ct)
    {
        List<long> rooms = [.. cases.Select(c => c.RoomId).OfType<long>()];
        List<long> people = [.. cases.Select(c => c.PersonId).OfType<long>()];
        var all = db.Set<Room>();
        var named = await all.Where(r => rooms.Contains(r.Id)).OrderBy(r => r.Building.Code).ThenBy(r => r.Code)
            .Select(r => new { r.Building.Name, r.Building.NameEn, r.Code }).ToListAsync(ct);
        var persons = await db.Users.Where(p => people.Contains(p.Id)).OrderBy(p => p.Id).Select(p => p.FullName).ToListAsync(ct);
        return [.. named.Select(r => $"{new LocalName(r.Name, r.NameEn)} {r.Code}"), .. persons];
    }
}

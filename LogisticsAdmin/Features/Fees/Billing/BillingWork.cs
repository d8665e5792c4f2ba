using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>
/// Works through billing runs, also those that correct, in small writes. Each finishes some rooms completely: after a kill the run goes on behind them.
/// </summary>
internal sealed class BillingWork(IDbContextFactory<LogisticsDb> databases, OfficeTime office, IEnumerable<IBalanceWatch> watches)
{
    public const string Series = "ZD";

    /// <summary>The runs that are not finished, the oldest first.</summary>
    public async Task<IReadOnlyList<long>> UnfinishedAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.BillingRuns.Where(r => r.State == RunState.Running).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(ct);
    }

    /// <summary>Bills the next rooms or people of a run. Returns false when it was the last time, or the run was cancelled.</summary>
    public async Task<bool> AdvanceAsync(long runId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            if (await db.BillingRuns.SingleOrDefaultAsync(r => r.Id == runId && r.State == RunState.Running, token) is not { } run) return false;
            var kind = await db.FeeKinds.AsNoTracking().SingleAsync(k => k.Id == run.KindId, token);
            var (ids, bills) = run.IsCorrection ? await CorrectAsync(db, run, kind, token) : await BillAsync(db, run, kind, token);
            await StoreAsync(db, run, kind, bills, token);
            run.Advance(
                ids.Count > 0 ? ids[^1] : run.Position, ids.Count, bills.Count, bills.Select(b => new Money(b.AmountFen)).Sum(),
                run.IsCorrection ? 0 : ids.Count - bills.Count);
            if (ids.Count < BillingFacts.Batch) run.Finish(office.Now);
            db.Announce(new KeyChanged(FeesTopics.Runs, run.Id));
            return run.State == RunState.Running;
        }, ct);
    }

    private async Task<(IReadOnlyList<long> Ids, IReadOnlyList<Bill> Bills)> BillAsync(
        LogisticsDb db, BillingRun run, FeeKind kind, CancellationToken ct)
    {
        var period = new FeePeriod(run.Period, run.First, run.Last);
        var facts = await BillingFacts.LoadAsync(db, office, kind, period, ct);
        var ids = await facts.NextAsync(run.Position, BillingFacts.Batch, ct);
        List<BillCase> due = [.. (await facts.ReadAsync(ids, ct)).Where(c => c.Proof is not null)];
        var numbers = await NumbersAsync(db, due.Count, ct);
        var now = office.Now;
        return (ids, [.. due.Zip(numbers).AsParallel().AsOrdered().Select(d => new Bill(
            d.Second, BillKind.Regular, kind.Id, period, d.First.Subject, d.First.RoomId, d.First.PersonId, d.First.Proof!.First, d.First.Proof.Last, now)
            .Prove(d.First.Proof))]);
    }

    private async Task<(IReadOnlyList<long> Ids, IReadOnlyList<Bill> Bills)> CorrectAsync(
        LogisticsDb db, BillingRun run, FeeKind kind, CancellationToken ct)
    {
        var corrections = new BillCorrections(db, office, kind);
        var ids = await corrections.NextAsync(run.First, run.Position, BillingFacts.Batch, ct);
        var found = await corrections.ReadAsync(ids, run.First, ct);
        var numbers = await NumbersAsync(db, found.Count, ct);
        return (ids, [.. found.Zip(numbers, (c, number) => corrections.Of(c.Corrected, number).Correct(c.SoFar, c.Proof))]);
    }

    private async Task<IReadOnlyList<string>> NumbersAsync(LogisticsDb db, int count, CancellationToken ct)
    {
        if (count == 0) return [];
        var (day, first) = (office.Today, await db.TakeNumbersAsync(Series, office.Today, count, ct));
        return [.. Enumerable.Range(first, count).Select(number => DayNumbers.Format(Series, day, number))];
    }

    private async Task StoreAsync(LogisticsDb db, BillingRun run, FeeKind kind, IReadOnlyList<Bill> bills, CancellationToken ct)
    {
        if (bills.Count == 0) return;
        foreach (var bill in bills) bill.BelongTo(run.Id);
        using var bulk = new BulkWriter(db);
        bulk.AddUnaudited(bills, ct);
        var (revenue, subsidy) = (LedgerAccount.OfRevenue(kind.Id), LedgerAccount.OfOffice(LedgerAccountKind.Subsidy));
        var settled = (await BillingFacts.SettledAsync(db, kind.Id, [.. bills.Select(b => b.Subject)], ct)).ToLookup(s => s.Subject);
        List<LedgerAccount> ofLeavers = [.. settled.SelectMany(s => s).Select(s => LedgerAccount.OfPerson(s.PersonId))];
        if (ofLeavers.Count > 0) ofLeavers.Add(LedgerAccount.OfOffice(LedgerAccountKind.MoveOut));
        var givenBack = await GivenBackAsync(db, bills, ct);
        ofLeavers.AddRange(givenBack.SelectMany(g => g).Select(g => LedgerAccount.OfPerson(g.PersonId)));
        var ledger = await LedgerBatch.BeginAsync(db, [.. bills.Select(AccountOf), .. ofLeavers, revenue, subsidy], office.Today, office.Now, ct);
        List<LedgerAccount> raised = [];
        foreach (var bill in bills)
        {
            var ofOthers = LeaversOf(bill, [.. settled[bill.Subject]]);
            var rest = Money.Zero - bill.Charged - ofOthers.Sum(l => l.Amount);
            if (rest > Money.Zero) raised.Add(AccountOf(bill));
            ledger.Post(
                bill.Kind == BillKind.Correction ? TransactionKind.BillCorrection : TransactionKind.Bill, ReferenceOf(bill), run.StartedById,
                [
                    (AccountOf(bill).Key, rest), .. ofOthers, (subsidy.Key, new Money(-bill.VacantFen)), (revenue.Key, new Money(bill.AmountFen)),
                    .. BackOf(bill, givenBack),
                ]);
        }
        ledger.Write(bulk, ct);
        // What a correction gives back may end what waits for a payment.
        if (raised.Count == 0) return;
        foreach (var watch in watches) await watch.RaisedAsync(db, raised, ct);
    }

    // Who settled at moving out pays with what was set aside then, and the rest of their part on their own account.
    internal static List<(string Account, Money Amount)> LeaversOf(Bill bill, IReadOnlyList<SettledShare> settled)
    {
        List<(string Account, Money Amount)> lines = [];
        if (bill.IsDeferred) return lines;
        foreach (var own in settled.Where(s => s.IsOfStay(bill.First, bill.Last)).GroupBy(s => s.PersonId))
        {
            var taken = Money.Zero;
            if (bill.Kind == BillKind.Regular)
            {
                foreach (var share in own.Where(s => s.IsOpen && s.First <= bill.Last && bill.First <= s.Last))
                {
                    var part = share.PartOf(bill.First, bill.Last);
                    share.Take(bill, part);
                    taken += part;
                }
            }
            var fen = bill.Shares.Where(s => s.PersonId == own.Key).Sum(s => s.AmountFen);
            if (fen != 0)
            {
                foreach (var share in own) share.Count(bill);
            }
            lines.Add((LedgerAccount.OfOffice(LedgerAccountKind.MoveOut).Key, Money.Zero - taken));
            lines.Add((LedgerAccount.PersonKey(own.Key), taken - new Money(fen)));
        }
        return lines;
    }

    /// <summary>What was given back of the bills that these correct, by the corrected bill; tracked, so that the corrections change it.</summary>
    internal static async Task<ILookup<long, GivenBack>> GivenBackAsync(LogisticsDb db, IReadOnlyList<Bill> bills, CancellationToken ct)
    {
        List<GivenBack> found = [];
        foreach (var some in bills.Select(b => b.CorrectsId).OfType<long>().Distinct().Chunk(BillingFacts.Batch))
            found.AddRange(await db.GivenBacks.Where(g => some.Contains(g.BillId) && g.TakenBackAt == null).OrderBy(g => g.Id).ToListAsync(ct));
        return found.ToLookup(g => g.BillId);
    }

    // Who got something back of a bill gets the same part of its corrections.
    internal static List<(string Account, Money Amount)> BackOf(Bill bill, ILookup<long, GivenBack> givenBack)
    {
        List<(string Account, Money Amount)> lines = [];
        foreach (var own in bill.CorrectsId is { } corrected ? givenBack[corrected] : [])
        {
            var more = own.Correct(bill.Shares.Where(s => s.PersonId == own.PersonId).Sum(s => s.AmountFen));
            lines.Add((LedgerAccount.PersonKey(own.PersonId), more));
            lines.Add((LedgerAccount.OfRevenue(bill.FeeKindId).Key, Money.Zero - more));
        }
        return lines;
    }

    internal static string ReferenceOf(Bill bill) => $"bill:{bill.Number}";

    internal static LedgerAccount AccountOf(Bill bill) =>
        bill.RoomId is { } room ? LedgerAccount.OfRoom(room) : LedgerAccount.OfPerson(bill.PersonId!.Value);
}

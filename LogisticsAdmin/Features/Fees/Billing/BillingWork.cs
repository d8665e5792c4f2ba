using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>Works through billing runs in small writes. Each bills some rooms completely: after a kill the run goes on behind them.</summary>
internal sealed class BillingWork(IDbContextFactory<LogisticsDb> databases, OfficeTime office)
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
            var facts = await new BillingFacts(db, office, kind, new FeePeriod(run.Period, run.First, run.Last)).LoadAsync(token);
            var ids = await facts.NextAsync(run.Position, BillingFacts.Batch, token);
            var bills = await BillAsync(db, run, kind, await facts.ReadAsync(ids, token), token);
            run.Advance(
                ids.Count > 0 ? ids[^1] : run.Position, ids.Count, bills.Count, bills.Select(b => new Money(b.AmountFen)).Sum(), ids.Count - bills.Count);
            if (ids.Count < BillingFacts.Batch) run.Finish(office.Now);
            db.Announce(new KeyChanged(FeesTopics.Runs, run.Id));
            return run.State == RunState.Running;
        }, ct);
    }

    private async Task<IReadOnlyList<Bill>> BillAsync(
        LogisticsDb db, BillingRun run, FeeKind kind, IReadOnlyList<BillCase> cases, CancellationToken ct)
    {
        List<BillCase> due = [.. cases.Where(c => c.Proof is not null)];
        if (due.Count == 0) return [];
        var (day, number) = (office.Today, await db.TakeNumbersAsync(Series, office.Today, due.Count, ct));
        List<Bill> bills = [.. due.Select((c, i) => BillOf(run, c, DayNumbers.Format(Series, day, number + i)))];
        using var bulk = new BulkWriter(db);
        bulk.AddUnaudited(bills, ct);
        var (revenue, subsidy) = (LedgerAccount.OfRevenue(kind.Id), LedgerAccount.OfOffice(LedgerAccountKind.Subsidy));
        var ledger = await LedgerBatch.BeginAsync(db, [.. bills.Select(AccountOf), revenue, subsidy], day, office.Now, ct);
        foreach (var bill in bills)
        {
            ledger.Post(
                TransactionKind.Bill, ReferenceOf(bill), run.StartedById,
                (AccountOf(bill).Key, Money.Zero - bill.Charged), (subsidy.Key, new Money(-bill.VacantFen)), (revenue.Key, new Money(bill.AmountFen)));
        }
        ledger.Write(bulk, ct);
        return bills;
    }

    private Bill BillOf(BillingRun run, BillCase due, string number)
    {
        var bill = new Bill(
            number, BillKind.Regular, run.KindId, run.Period, due.Subject, due.RoomId, due.PersonId, due.Proof!.First, due.Proof.Last, office.Now);
        bill.BelongTo(run.Id);
        return bill.Prove(due.Proof);
    }

    internal static string ReferenceOf(Bill bill) => $"bill:{bill.Number}";

    internal static LedgerAccount AccountOf(Bill bill) =>
        bill.RoomId is { } room ? LedgerAccount.OfRoom(room) : LedgerAccount.OfPerson(bill.PersonId!.Value);
}

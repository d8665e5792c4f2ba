using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>
/// Computes bills again with the rates as they are known now, and charges the differences. Readings and days stay as they were billed. Later bills
/// follow, because their steps and quota go on from the earlier ones.
/// </summary>
internal sealed class BillCorrections(LogisticsDb db, OfficeTime office, FeeKind kind)
{
    /// <summary>
    /// Inside the write that publishes or withdraws a rate: a run will correct the bills that reach <paramref name="from"/>, if there are any. A run
    /// that corrects the kind already begins anew.
    /// </summary>
    public static async Task RequestAsync(LogisticsDb db, long kindId, DateOnly from, OfficeTime office, long? by, CancellationToken ct)
    {
        var subjects = await Affected(db, kindId, from).Select(b => b.Subject).Distinct().CountAsync(ct);
        if (subjects == 0) return;
        if (await db.BillingRuns.SingleOrDefaultAsync(r => r.KindId == kindId && r.IsCorrection && r.State == RunState.Running, ct) is { } running)
            running.StartAgain(from, office.Today, subjects);
        else
            db.BillingRuns.Add(BillingRun.ForCorrection(kindId, from, office.Today, subjects, by, office.Now));
    }

    /// <summary>The ids of the next rooms or people with a bill that reaches the day, in ascending order.</summary>
    public async Task<IReadOnlyList<long>> NextAsync(DateOnly from, long after, int take, CancellationToken ct)
    {
        var bills = Affected(db, kind.Id, from);
        var ids = kind.Payer == FeePayer.Person ? bills.Select(b => b.PersonId!.Value) : bills.Select(b => b.RoomId!.Value);
        return await ids.Where(id => id > after).Distinct().OrderBy(id => id).Take(take).ToListAsync(ct);
    }

    /// <summary>The differences of these rooms or people, with the bills and earlier corrections that each of them corrects.</summary>
    public async Task<IReadOnlyList<(Bill Corrected, IReadOnlyList<Bill> SoFar, BillProof Proof)>> ReadAsync(
        IReadOnlyList<long> ids, DateOnly from, CancellationToken ct)
    {
        var isOfPeople = kind.Payer == FeePayer.Person;
        List<string> subjects = [.. ids.Select(id => isOfPeople ? LedgerAccount.PersonKey(id) : LedgerAccount.RoomKey(id))];
        var since = new DateOnly(from.Year - 1, 1, 1);
        var bills = await db.Bills.AsNoTracking().Include(b => b.Shares)
            .Where(b => b.FeeKindId == kind.Id && subjects.Contains(b.Subject) && b.PeriodLast >= since).OrderBy(b => b.Id).ToListAsync(ct);
        // Imported charges have no rate.
        var imported = bills.Where(b => b.Kind == BillKind.Manual).Select(b => b.Id).ToHashSet();
        bills.RemoveAll(b => imported.Contains(b.CorrectsId ?? b.Id));
        var prices = await PriceFacts.LoadAsync(db, kind, ct);
        var stays = isOfPeople ? (await BillingFacts.StaysAsync(db, office, o => ids.Contains(o.PersonId), ct)).ToLookup(s => s.PersonId) : null;
        var rooms = await BillingFacts.RoomFactsAsync(db, stays is null ? ids : [.. stays.SelectMany(s => s).Select(s => s.RoomId)], ct);
        return [.. bills.GroupBy(b => b.Subject).SelectMany(own => Differences(own.ToLookup(b => b.Period), from, RatesOf))];

        IReadOnlyList<RateSpan> RatesOf(Bill bill, BillProof proof) => bill.PersonId is { } person
            ? prices.OfPerson(person, AsBilled(stays![person], bill), rooms, bill.PeriodFirst, bill.PeriodLast)
            : prices.OfRoom(rooms[bill.RoomId!.Value], proof.People, bill.First, bill.Last);

        IEnumerable<(Bill, IReadOnlyList<Bill>, BillProof)> Differences(
            ILookup<string, Bill> periods, DateOnly day, Func<Bill, BillProof, IReadOnlyList<RateSpan>> ratesOf)
        {
            List<BilledBefore> before = [];
            foreach (var soFar in periods.Select(p => p.ToList()).OrderBy(p => p[0].PeriodFirst))
            {
                var (bill, newest) = (soFar[0], soFar[^1]);
                if (bill.Last < day)
                {
                    before.Add(BeforeOf(newest, newest));
                    continue;
                }
                var proof = BillProof.Parse(newest.Proof);
                var rates = ratesOf(bill, proof);
                var (priced, used, carried) = prices.Used(before, bill.PeriodFirst, rates);
                var now = proof with { Rates = [.. rates.Select(RateProof.Of)], PricedBefore = priced, QuotaUsedBefore = used, QuotaCarried = carried };
                var right = Of(bill, number: "").Correct(soFar, now);
                before.Add(BeforeOf(bill, right));
                if (right.AmountFen != 0 || right.VacantFen != 0 || IsOther(newest, right)) yield return (bill, soFar, now);
            }
        }
    }

    // A stay that ended later than the bill was made counts as it was billed: what was charged for days to come is given back at moving out.
    private static List<Stay> AsBilled(IEnumerable<Stay> stays, Bill bill)
    {
        List<Stay> own = [.. stays.OrderBy(s => s.First)];
        if (BillProof.Parse(bill.Proof).Rates.LastOrDefault(r => r.RateId is not null)?.Last is not { } billed) return own;
        var at = own.FindLastIndex(s => s.First <= billed);
        if (at >= 0 && own[at].MovedOut <= billed) own[at] = own[at] with { MovedOut = billed == bill.PeriodLast ? null : billed.AddDays(1) };
        return own;
    }

    /// <summary>A correction of a bill, which charges nothing yet.</summary>
    public Bill Of(Bill bill, string number) => new(
        number, BillKind.Correction, kind.Id, bill.FeePeriod, bill.Subject, bill.RoomId, bill.PersonId, bill.First, bill.Last, office.Now);

    private static IQueryable<Bill> Affected(LogisticsDb db, long kindId, DateOnly from) =>
        db.Bills.AsNoTracking().Where(b => b.FeeKindId == kindId && b.Kind == BillKind.Regular && b.Last >= from);

    private static BilledBefore BeforeOf(Bill bill, Bill values) =>
        new(bill.Subject, bill.PeriodFirst, bill.PeriodLast, bill.IsDeferred, values.Priced, values.QuotaUsed, values.QuotaLeft);

    private static bool IsOther(Bill one, Bill other) =>
        (one.Priced, one.QuotaUsed, one.QuotaLeft) != (other.Priced, other.QuotaUsed, other.QuotaLeft);
}

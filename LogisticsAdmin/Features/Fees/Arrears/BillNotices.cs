using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>Tells everybody who pays a part of a run's bills about them: one message for each person and run, also after a restart.</summary>
internal sealed class BillNotices(IDbContextFactory<LogisticsDb> databases, OfficeTime office)
{
    private const int Batch = 500;

    /// <summary>Runs that ended earlier are no news.</summary>
    private static readonly TimeSpan News = TimeSpan.FromDays(2);

    public async Task RunAsync(CancellationToken ct = default)
    {
        var since = office.Now - News;
        List<long> runs;
        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            var told = db.RunTellings.Where(t => t.IsDone);
            runs = await db.BillingRuns.AsNoTracking()
                .Where(r => r.State == RunState.Done && r.StartedById != null && r.EndedAt >= since && !told.Any(t => t.RunId == r.Id))
                .OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(ct);
        }
        foreach (var run in runs)
        {
            while (await AdvanceAsync(run, ct)) await Task.Yield();
        }
    }

    // Who is next is read before the write, and a write that finds that somebody else went on meanwhile does nothing.
    private async Task<bool> AdvanceAsync(long run, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var through = await db.RunTellings.AsNoTracking().Where(t => t.RunId == run).Select(t => t.Through).SingleOrDefaultAsync(ct);
        var parts = await (
            from share in db.BillShares.AsNoTracking()
            join bill in db.Bills on share.BillId equals bill.Id
            where bill.RunId == run && share.PersonId > through
            group share by share.PersonId into own
            orderby own.Key
            select new { PersonId = own.Key, Fen = own.Sum(s => s.AmountFen), BillId = own.Max(s => s.BillId) }).Take(Batch).ToListAsync(ct);
        List<long> people = [.. parts.Select(p => p.PersonId)];
        List<long> bills = [.. parts.Select(p => p.BillId).Distinct()];
        var numbers = await db.Bills.AsNoTracking().Where(b => bills.Contains(b.Id)).ToDictionaryAsync(b => b.Id, b => b.Number, ct);
        var taken = await TakenAsync(db, run, people, ct);
        var present = (await db.Users.Where(p => people.Contains(p.Id) && p.RetiredAt == null).Select(p => p.Id).ToListAsync(ct)).ToHashSet();
        return await db.WriteAsync(async token =>
        {
            var telling = await db.RunTellings.SingleOrDefaultAsync(t => t.RunId == run, token);
            if (telling is null) db.RunTellings.Add(telling = new RunTelling(run));
            if (telling.Through != through || telling.IsDone) return !telling.IsDone;
            telling.Advance(people.Count == 0 ? through : people[^1], people.Count < Batch);
            using var bulk = new BulkWriter(db);
            // Who pays nothing has nothing to look at.
            List<InboxItem> messages =
            [
                .. parts.Select(p => (p.PersonId, p.BillId, Fen: p.Fen - taken.GetValueOrDefault(p.PersonId)))
                    .Where(p => p.Fen != 0 && present.Contains(p.PersonId)).Select(p => new InboxItem(
                        p.PersonId, ArrearsNotificationKind.BillIssued, numbers[p.BillId], p.Fen.ToString(CultureInfo.InvariantCulture), office.Now)),
            ];
            bulk.AddUnaudited(messages, token);
            if (messages.Count > 0) db.Announce(new MessagesReceived(messages.Select(m => m.PersonId).ToHashSet()));
            return !telling.IsDone;
        }, ct);
    }
    /// <summary>What bills of a run took of people's parts from what they settled at moving out: all but what is booked on their own accounts.</summary>
    private static async Task<Dictionary<long, long>> TakenAsync(LogisticsDb db, long run, List<long> people, CancellationToken ct)
    {
        Dictionary<long, long> taken = [];
        var shares = await db.SettledShares.AsNoTracking().Where(s => people.Contains(s.PersonId) && s.TakenBackAt == null).ToListAsync(ct);
        foreach (var subjects in shares.Select(s => s.Subject).Distinct().Chunk(Batch))
        {
            var bills = await db.Bills.AsNoTracking().Include(b => b.Shares).Where(b => b.RunId == run && subjects.Contains(b.Subject)).ToListAsync(ct);
            foreach (var some in bills.Chunk(Batch))
            {
                List<string> references = [.. some.Select(BillingWork.ReferenceOf)];
                var entries =
                    from transaction in db.LedgerTransactions.AsNoTracking()
                    where references.Contains(transaction.Reference)
                    join entry in db.LedgerEntries on transaction.Id equals entry.TransactionId
                    where entry.Account.PersonId != null
                    select new { transaction.Reference, PersonId = entry.Account.PersonId!.Value, entry.AmountFen };
                var own = (await entries.ToListAsync(ct)).ToLookup(e => (e.Reference, e.PersonId), e => e.AmountFen);
                foreach (var bill in some)
                {
                    foreach (var part in bill.Shares.Where(p => shares.Exists(s => s.PersonId == p.PersonId && s.Subject == bill.Subject
                        && s.FeeKindId == bill.FeeKindId && s.IsOfStay(bill.First, bill.Last))))
                    {
                        var booked = own[(BillingWork.ReferenceOf(bill), part.PersonId)].Sum();
                        taken[part.PersonId] = taken.GetValueOrDefault(part.PersonId) + part.AmountFen + booked;
                    }
                }
            }
        }
        return taken;
    }
}

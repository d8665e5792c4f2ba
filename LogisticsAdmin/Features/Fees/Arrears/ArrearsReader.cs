using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>Reads what the rule of arrears is asked about, with a few queries for many accounts.</summary>
internal static class ArrearsReader
{
    private const int Chunk = 500;

    /// <summary>An account counts as charged for a kind while it had a bill of it within so many days.</summary>
    private const int ChargedDays = 400;

    /// <summary>Most debts are made of charges that are not older.</summary>
    private const int RecentDays = 100;

    private enum Step
    {
        Recent,
        Older,
        Others,
    }

    /// <summary>The terms of the kinds in use, by the kind's id.</summary>
    public static async Task<IReadOnlyDictionary<long, ArrearsTerms>> TermsAsync(LogisticsDb db, CancellationToken ct)
    {
        var kinds = db.FeeKinds.Where(k => k.RetiredAt == null);
        var settings = await db.ArrearsSettings.AsNoTracking().Join(kinds, s => s.FeeKindId, k => k.Id, (s, _) => s).ToListAsync(ct);
        return settings.ToDictionary(s => s.FeeKindId, s => s.Terms);
    }

    /// <summary>
    /// What is unpaid of these accounts that owe something, the newest first. Charges of the last months are read first, and earlier ones only of accounts
    /// that owe more than those.
    /// </summary>
    public static async Task<IReadOnlyDictionary<long, IReadOnlyList<UnpaidPart>>> UnpaidAsync(
        LogisticsDb db, IEnumerable<(long Id, long BalanceFen)> accounts, DateOnly today, CancellationToken ct)
    {
        Dictionary<long, IReadOnlyList<UnpaidPart>> found = [];
        var since = today.AddDays(-RecentDays);
        foreach (var some in accounts.Where(a => a.BalanceFen < 0).Chunk(Chunk))
        {
            var left = some.ToDictionary(a => a.Id, a => -a.BalanceFen);
            var newest = some.ToDictionary(a => a.Id, _ => new List<UnpaidPart>());
            var net = new NetCharges();
            foreach (var step in Enum.GetValues<Step>())
            {
                List<long> ids = [.. left.Where(l => l.Value > 0).Select(l => l.Key)];
                if (ids.Count == 0) break;
                var charges = ChargeEntry.Of(db).Where(e => ids.Contains(e.AccountId));
                charges = step switch
                {
                    Step.Recent => charges.Where(e => e.BookedOn >= since && e.Rank == 0),
                    Step.Older => charges.Where(e => e.BookedOn < since && e.Rank == 0),
                    _ => charges.Where(e => e.Rank > 0),
                };
                foreach (var charge in net.Of(await charges.OrderBy(e => e.Rank).ThenByDescending(e => e.Id).ToListAsync(ct)))
                {
                    left[charge.AccountId] += charge.AmountFen;
                    newest[charge.AccountId].Add(new UnpaidPart(charge.FeeKindId, charge.Day, -charge.AmountFen));
                }
            }
            foreach (var (id, balance) in some) found[id] = Unpaid.Of(-balance, newest[id]);
        }
        return found;
    }

    /// <summary>The facts of accounts of rooms and people, by their ids.</summary>
    public static async Task<IReadOnlyDictionary<long, ArrearsFacts>> FactsAsync(
        LogisticsDb db, IReadOnlyList<LedgerAccount> accounts, IReadOnlyDictionary<long, ArrearsTerms> terms, DateOnly today, CancellationToken ct)
    {
        var unpaid = await UnpaidAsync(db, accounts.Select(a => (a.Id, a.BalanceFen)), today, ct);
        Dictionary<long, ArrearsFacts> facts = [];
        var since = today.AddDays(-ChargedDays);
        foreach (var some in accounts.Chunk(Chunk))
        {
            List<long> ids = [.. some.Select(a => a.Id)];
            // The subject of a bill is the key of the account that it is charged to.
            List<string> subjects = [.. some.Select(a => a.Key)];
            var charged = (await db.Bills.AsNoTracking().Where(b => subjects.Contains(b.Subject) && b.PeriodLast >= since)
                .Select(b => new { b.Subject, b.FeeKindId }).Distinct().ToListAsync(ct)).ToLookup(b => b.Subject, b => b.FeeKindId);
            var told = (await db.FeeNotices.AsNoTracking().Where(n => ids.Contains(n.AccountId)).GroupBy(n => new { n.AccountId, n.Kind })
                .Select(g => new { g.Key.AccountId, g.Key.Kind, Last = g.Max(n => n.Day) }).ToListAsync(ct))
                .ToDictionary(n => (n.AccountId, n.Kind), n => n.Last);
            foreach (var account in some)
            {
                var parts = unpaid.GetValueOrDefault(account.Id) ?? [];
                var kinds = charged[account.Key].Concat(parts.Select(p => p.KindId).OfType<long>()).Distinct().Where(terms.ContainsKey).Order();
                facts[account.Id] = new ArrearsFacts(
                    account.BalanceFen, [.. kinds.Select(k => FactsOf(k, terms[k], parts))], LastOf(FeeNoticeKind.LowBalance), LastOf(FeeNoticeKind.Arrears));

                DateOnly? LastOf(FeeNoticeKind kind) => told.TryGetValue((account.Id, kind), out var day) ? day : null;
            }
        }
        return facts;
    }

    private static KindFacts FactsOf(long kind, ArrearsTerms terms, IReadOnlyList<UnpaidPart> parts)
    {
        List<UnpaidPart> own = [.. parts.Where(p => p.KindId == kind)];
        return new KindFacts(kind, terms, own.Sum(p => p.Fen), own.Count == 0 ? null : own.Min(p => p.Day));
    }
}

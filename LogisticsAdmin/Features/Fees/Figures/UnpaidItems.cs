using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Figures;

/// <summary>
/// What residents' accounts had not paid at the end of a day. Whatever comes into an account pays the oldest first, so that the newest charges are
/// those that make up its debt; debts that were taken over and what only takes back a payment come after them.
/// </summary>
internal static class UnpaidItems
{
    private const int Step = 500;

    /// <summary>Most debts are made of charges that are not older; the others are read only where they are needed.</summary>
    private const int RecentDays = 100;

    /// <summary>As known on <paramref name="today"/>, of everything booked before the day <paramref name="until"/>.</summary>
    public static async Task<IReadOnlyList<UnpaidItem>> BeforeAsync(LogisticsDb db, DateOnly until, DateOnly today, CancellationToken ct)
    {
        List<UnpaidItem> items = [];
        foreach (var some in (await OwingAsync(db, until, today, ct)).Chunk(Step))
        {
            var owing = some.ToDictionary(a => a.Id);
            var left = some.ToDictionary(a => a.Id, a => -a.BalanceFen);
            Dictionary<long, int> oldest = [];
            var net = new NetCharges();
            foreach (var part in new[] { Part.Recent, Part.Older, Part.Others })
            {
                var ids = left.Where(l => l.Value > 0).Select(l => l.Key).ToList();
                if (ids.Count == 0) break;
                foreach (var charge in net.Of(await ChargesAsync(db, ids, until, part, ct)))
                {
                    var unpaid = Math.Min(left[charge.AccountId], -charge.AmountFen);
                    if (unpaid <= 0) continue;
                    left[charge.AccountId] -= unpaid;
                    oldest[charge.AccountId] = items.Count;
                    var account = owing[charge.AccountId];
                    items.Add(new UnpaidItem(
                        charge.Id, account.RoomId, account.PersonId, charge.Day, charge.At, charge.BillNumber, unpaid, IsOldest: false));
                }
            }
            foreach (var at in oldest.Values) items[at] = items[at] with { IsOldest = true };
        }
        return items;
    }

    private static async Task<List<Owing>> OwingAsync(LogisticsDb db, DateOnly until, DateOnly today, CancellationToken ct)
    {
        var (entries, transactions) = (db.LedgerEntries, db.LedgerTransactions);
        var residents = db.LedgerAccounts.AsNoTracking().Where(a => a.Kind == LedgerAccountKind.Room || a.Kind == LedgerAccountKind.Person);
        if (until > today)
        {
            return await residents.Where(a => a.BalanceFen < 0).OrderBy(a => a.Id)
                .Select(a => new Owing(a.Id, a.RoomId, a.PersonId, a.BalanceFen)).ToListAsync(ct);
        }
        var then = await residents.OrderBy(a => a.Id).Select(a => new Owing(
            a.Id, a.RoomId, a.PersonId,
            (from entry in entries
             join transaction in transactions on entry.TransactionId equals transaction.Id
             where entry.AccountId == a.Id && transaction.Day < until
             orderby entry.Id descending
             select entry.BalanceFen).FirstOrDefault())).ToListAsync(ct);
        return [.. then.Where(a => a.BalanceFen < 0)];
    }

    /// <summary>What was taken from these accounts, the newest first.</summary>
    private static async Task<List<ChargeEntry>> ChargesAsync(LogisticsDb db, List<long> accounts, DateOnly until, Part part, CancellationToken ct)
    {
        var since = until.AddDays(-RecentDays);
        var charges = ChargeEntry.Of(db).Where(e => accounts.Contains(e.AccountId) && e.BookedOn < until);
        charges = part switch
        {
            Part.Recent => charges.Where(e => e.BookedOn >= since && e.Rank == 0),
            Part.Older => charges.Where(e => e.BookedOn < since && e.Rank == 0),
            _ => charges.Where(e => e.Rank > 0),
        };
        return await charges.OrderBy(e => e.Rank).ThenByDescending(e => e.Id).ToListAsync(ct);
    }

    private sealed record Owing(long Id, long? RoomId, long? PersonId, long BalanceFen);

    private enum Part
    {
        Recent,
        Older,
        Others,
    }
}

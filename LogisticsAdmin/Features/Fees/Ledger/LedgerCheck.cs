using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Ledger;

/// <summary>
/// Checks that each transaction adds up to zero, that balances are the sums of their entries and each entry has the right one, that all seals
/// are those of the entries that they cover, and that they are the ones that were made.
/// </summary>
internal sealed class LedgerCheck : IStorageCheck
{
    public string Subject => "ledger 账本";

    public async IAsyncEnumerable<string> ProblemsAsync(LogisticsDb db, string directory, [EnumeratorCancellation] CancellationToken ct)
    {
        var entries = db.LedgerEntries.AsNoTracking();
        var unbalanced = entries.GroupBy(e => e.TransactionId).Where(t => t.Sum(e => e.AmountFen) != 0).Select(t => t.Key);
        foreach (var id in await unbalanced.ToListAsync(ct)) yield return $"Transaction {id} of the ledger does not add up to zero.";
        var empty = db.LedgerTransactions.AsNoTracking().Where(t => !entries.Any(e => e.TransactionId == t.Id)).Select(t => t.Id);
        foreach (var id in await empty.ToListAsync(ct)) yield return $"Transaction {id} of the ledger has no entries.";
        await foreach (var problem in BalancesAsync(db, ct)) yield return problem;
        await foreach (var problem in SealsAsync(db, ct)) yield return problem;
    }

    private static async IAsyncEnumerable<string> BalancesAsync(LogisticsDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        var accounts = await db.LedgerAccounts.AsNoTracking().ToDictionaryAsync(a => a.Id, ct);
        var (account, balance, count, isWrong) = (0L, 0L, 0, false);
        HashSet<long> seen = [];
        var entries = db.LedgerEntries.AsNoTracking().OrderBy(e => e.AccountId).ThenBy(e => e.Id)
            .Select(e => new { e.Id, e.AccountId, e.AmountFen, e.BalanceFen });
        await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(ct))
        {
            if (entry.AccountId != account)
            {
                if (account != 0 && ProblemOf(account, balance, count) is { } problem) yield return problem;
                (account, balance, count, isWrong) = (entry.AccountId, 0, 0, false);
                seen.Add(account);
            }
            (balance, count) = (balance + entry.AmountFen, count + 1);
            if (entry.BalanceFen == balance || isWrong) continue;
            // All entries behind it would be wrong as well.
            isWrong = true;
            yield return $"Entry {entry.Id} of the ledger has the balance {entry.BalanceFen} fen, and the entries up to it add up to {balance}.";
        }
        if (account != 0 && ProblemOf(account, balance, count) is { } last) yield return last;
        foreach (var id in accounts.Keys.Where(id => !seen.Contains(id)))
        {
            if (ProblemOf(id, 0, 0) is { } problem) yield return problem;
        }

        string? ProblemOf(long id, long sum, int number) => !accounts.TryGetValue(id, out var found) ? $"Account {id} of the ledger is missing."
            : found.BalanceFen != sum || found.Entries != number
                ? $"Account {found.Key} has {found.BalanceFen} fen in {found.Entries} entries, and its entries are {number} and add up to {sum}."
                : null;
    }

    private static async IAsyncEnumerable<string> SealsAsync(LogisticsDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        var (previous, after) = ("", 0L);
        Dictionary<long, string> stored = [];
        foreach (var seal in await db.LedgerDays.AsNoTracking().OrderBy(d => d.Day).ToListAsync(ct))
        {
            var (hash, entries) = await LedgerHash.OfAsync(db, seal.Day, previous, after, seal.LastEntryId, ct);
            if (hash != seal.Hash || entries != seal.Entries)
                yield return $"The ledger was changed after {seal.Day:yyyy-MM-dd} was sealed: {entries} entries, {seal.Entries} were sealed.";
            (previous, after) = (seal.Hash, seal.LastEntryId);
            stored[LedgerDay.AuditId(seal.Day)] = seal.Hash;
        }
        var made = db.Audit.AsNoTracking().Where(a => a.Entity == nameof(LedgerDay) && a.Field == nameof(LedgerDay.Hash)).OrderBy(a => a.Id)
            .Select(a => new { Day = a.EntityId, a.New });
        foreach (var day in (await made.ToListAsync(ct)).Where(m => stored.GetValueOrDefault(m.Day) != m.New).Select(m => m.Day).Distinct())
            yield return $"The ledger of {day} has not the seal that was made: it was removed or replaced after the day was sealed.";
    }
}

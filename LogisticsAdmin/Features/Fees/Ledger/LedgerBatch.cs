using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Ledger;

/// <summary>
/// Posts many transactions at once, inside one write. The caller makes sure that none was posted before; the database refuses a second one with the
/// same reference.
/// </summary>
internal sealed class LedgerBatch
{
    private readonly LogisticsDb _db;
    private readonly DateOnly _day;
    private readonly DateTimeOffset _at;
    private readonly Dictionary<string, LedgerAccount> _accounts;
    private readonly List<LedgerTransaction> _transactions = [];

    private LedgerBatch(LogisticsDb db, DateOnly day, DateTimeOffset at, Dictionary<string, LedgerAccount> accounts) =>
        (_db, _day, _at, _accounts) = (db, day, at, accounts);

    /// <summary>Reads the accounts that will be posted to; those that do not exist yet are added.</summary>
    public static async Task<LedgerBatch> BeginAsync(
        LogisticsDb db, IReadOnlyList<LedgerAccount> accounts, DateOnly day, DateTimeOffset at, CancellationToken ct)
    {
        var known = accounts.DistinctBy(a => a.Key).ToDictionary(a => a.Key);
        foreach (var keys in known.Keys.ToList().Chunk(500))
        {
            foreach (var account in await db.LedgerAccounts.AsNoTracking().Where(a => EF.Parameter(keys).Contains(a.Key)).ToListAsync(ct))
                known[account.Key] = account;
        }
        return new LedgerBatch(db, day, at, known);
    }

    public void Post(TransactionKind kind, string reference, long? by, params IReadOnlyList<(string Account, Money Amount)> lines) =>
        PostNoted(kind, reference, "", by, lines);

    /// <summary>With what somebody wrote about it. The transaction has its id when all are written; one without entries is not stored.</summary>
    public LedgerTransaction PostNoted(
        TransactionKind kind, string reference, string text, long? by, params IReadOnlyList<(string Account, Money Amount)> lines)
    {
        if (lines.Sum(l => l.Amount.Fen) != 0) throw new InvalidOperationException($"The entries of {reference} do not add up to zero.");
        var transaction = new LedgerTransaction(kind, reference, text, _day, _at, by, null);
        foreach (var (account, amount) in lines.Where(l => l.Amount.Fen != 0)) transaction.Add(_accounts[account], amount.Fen);
        if (transaction.Entries.Count > 0) _transactions.Add(transaction);
        return transaction;
    }

    /// <summary>Stores transactions and balances.</summary>
    public void Write(BulkWriter bulk, CancellationToken ct)
    {
        bulk.AddUnaudited(_accounts.Values.Where(a => a is { Id: 0, Entries: > 0 }).ToList(), ct);
        bulk.AddUnaudited(_transactions, ct);
        bulk.Update(_accounts.Values.Where(a => a.LastEntryAt == _at && a.Version > 0),
            [nameof(LedgerAccount.BalanceFen), nameof(LedgerAccount.Entries), nameof(LedgerAccount.LastEntryAt)], ct);
        if (_transactions.Count > 0) _db.Announce(new KeyChanged(FeesTopics.Accounts, 0));
    }
}

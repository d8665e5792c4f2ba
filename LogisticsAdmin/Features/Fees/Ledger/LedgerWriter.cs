using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Ledger;

/// <summary>The only way into the ledger. To be called inside a write, which stores entries and balances together or not at all.</summary>
public sealed class LedgerWriter(CurrentUser user, OfficeTime office, IEnumerable<IBalanceWatch> watches)
{
    /// <summary>
    /// Posts entries that add up to zero, once for each <paramref name="reference"/>: a second call posts nothing and returns false. <paramref
    /// name="lines"/>: account and fen; positive adds to the account. Lines of nothing are left out. <paramref name="approvedBy"/>: the second person,
    /// where two are asked for.
    /// </summary>
    public async Task<bool> PostAsync(
        LogisticsDb db, TransactionKind kind, string reference, IReadOnlyList<(LedgerAccount Account, Money Amount)> lines, CancellationToken ct,
        string text = "", long? approvedBy = null)
    {
        if (lines.Sum(l => l.Amount.Fen) != 0) throw new InvalidOperationException($"The entries of {reference} do not add up to zero.");
        if (await db.LedgerTransactions.AnyAsync(t => t.Reference == reference, ct)) return false;
        var at = office.Now;
        var transaction = new LedgerTransaction(kind, reference, text, office.DayOf(at), at, user.ActorOrNull?.PersonId, approvedBy);
        foreach (var (account, amount) in lines.Where(l => l.Amount.Fen != 0))
        {
            transaction.Add(account, amount.Fen);
            // A new account has no id yet; 0 stands for many.
            db.Announce(new KeyChanged(FeesTopics.Accounts, account.Id));
        }
        if (transaction.Entries.Count > 0) db.LedgerTransactions.Add(transaction);
        // Saved at once: the same reference is then refused within this write as well, and entries are numbered in the order of their balances.
        await db.SaveChangesAsync(ct);
        List<LedgerAccount> raised = [.. lines.Where(l => l.Amount.Fen > 0).Select(l => l.Account)];
        foreach (var watch in watches) await watch.RaisedAsync(db, raised, ct);
        return true;
    }

    /// <summary>The stored account with the key of <paramref name="account"/>, which is added when there is none yet.</summary>
    public static async Task<LedgerAccount> AccountAsync(LogisticsDb db, LedgerAccount account, CancellationToken ct)
    {
        var known = db.LedgerAccounts.Local.FirstOrDefault(a => a.Key == account.Key)
            ?? await db.LedgerAccounts.SingleOrDefaultAsync(a => a.Key == account.Key, ct);
        if (known is not null) return known;
        db.LedgerAccounts.Add(account);
        return account;
    }
}

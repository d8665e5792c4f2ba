using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>People's accounts in the ledger. What other parts of the app take is on the account of orders.</summary>
internal sealed class PersonalAccounts(LedgerWriter ledger) : IPersonalAccounts
{
    public async Task<Money> BalanceAsync(LogisticsDb db, long personId, CancellationToken ct)
    {
        var key = LedgerAccount.PersonKey(personId);
        return new Money((await db.LedgerAccounts.SingleOrDefaultAsync(a => a.Key == key, ct))?.BalanceFen ?? 0);
    }

    public async Task<bool> ChargeAsync(LogisticsDb db, long personId, string reference, Money amount, CancellationToken ct)
    {
        if (amount <= Money.Zero) throw new ArgumentOutOfRangeException(nameof(amount), amount, "A charge is above zero.");
        var posted = ReferenceOf(reference);
        if (await db.LedgerTransactions.AnyAsync(t => t.Reference == posted, ct)) return false;
        var account = await LedgerWriter.AccountAsync(db, LedgerAccount.OfPerson(personId), ct);
        if (amount.Fen > account.BalanceFen) throw Rejected.Because<PaymentsText>("BalanceTooLow", new Money(account.BalanceFen));
        var orders = await LedgerWriter.AccountAsync(db, LedgerAccount.OfOffice(LedgerAccountKind.Orders), ct);
        return await ledger.PostAsync(db, TransactionKind.Charge, posted, [(account, Money.Zero - amount), (orders, amount)], ct);
    }

    public async Task<bool> RefundAsync(LogisticsDb db, string reference, CancellationToken ct)
    {
        var posted = ReferenceOf(reference);
        var charge = await db.LedgerTransactions.AsNoTracking().Include(t => t.Entries).SingleOrDefaultAsync(t => t.Reference == posted, ct);
        if (charge is null) return false;
        List<(LedgerAccount, Money)> lines = [];
        foreach (var entry in charge.Entries)
            lines.Add((await db.LedgerAccounts.SingleAsync(a => a.Id == entry.AccountId, ct), new Money(-entry.AmountFen)));
        return await ledger.PostAsync(db, TransactionKind.Refund, $"{posted}:refund", lines, ct);
    }

    private static string ReferenceOf(string reference) => $"charge:{reference}";
}

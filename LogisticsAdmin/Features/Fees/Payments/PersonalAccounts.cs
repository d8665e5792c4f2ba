using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>People's accounts in the ledger. What other parts of the app take is on the account of orders.</summary>
public sealed class PersonalAccounts(LedgerWriter ledger, IEnumerable<IAskedPayments> askers, PaymentGateways gateways, OfficeTime office)
    : IPersonalAccounts
{
    public bool CanAsk => gateways.All.Count > 0;

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

    public async Task<string> AskAsync(LogisticsDb db, long personId, string reference, Money amount, CancellationToken ct)
    {
        if (amount <= Money.Zero) throw new ArgumentOutOfRangeException(nameof(amount), amount, "A payment is above zero.");
        if (reference.Length > PaymentLimits.Reference || AskerOf(reference) is null)
            throw new InvalidOperationException($"Nobody can be told that {reference} was paid.");
        if (await db.PaymentOrders.SingleOrDefaultAsync(o => o.Reference == reference, ct) is { } made)
        {
            return made.PayerId == personId && made.Amount == amount ? made.Number
                : throw new InvalidOperationException($"Another payment was asked for {reference}.");
        }
        var account = await LedgerWriter.AccountAsync(db, LedgerAccount.OfPerson(personId), ct);
        var number = await db.NextNumberAsync(PaymentLimits.Orders, office.Today, ct);
        var order = new PaymentOrder(number, account, personId, amount, null, null, office.Now);
        order.AskedFor(reference);
        db.PaymentOrders.Add(order);
        await db.SaveChangesAsync(ct);
        db.Announce(new KeyChanged(FeesTopics.Payments, order.Id));
        return number;
    }

    /// <summary>Takes what was paid for a reference from the account and tells who asked, when it is still wanted and was not taken before.</summary>
    internal async Task TakeAsync(LogisticsDb db, PaymentOrder order, CancellationToken ct)
    {
        if (order is not { Reference: { } reference, PayerId: { } payer } || AskerOf(reference) is not { } asker) return;
        var posted = ReferenceOf(reference);
        if (await db.LedgerTransactions.AnyAsync(t => t.Reference == posted, ct) || !await asker.PaidAsync(db, reference, ct)) return;
        var (account, orders) = (
            await LedgerWriter.AccountAsync(db, LedgerAccount.OfPerson(payer), ct),
            await LedgerWriter.AccountAsync(db, LedgerAccount.OfOffice(LedgerAccountKind.Orders), ct));
        await ledger.PostAsync(db, TransactionKind.Charge, posted, [(account, Money.Zero - order.Amount), (orders, order.Amount)], ct);
    }

    /// <summary>Whether who asked for an order's payment still wants it; true for a top-up.</summary>
    internal async Task<bool> IsWantedAsync(LogisticsDb db, PaymentOrder order, CancellationToken ct) =>
        order.Reference is not { } reference || AskerOf(reference) is not { } asker || await asker.IsWantedAsync(db, reference, ct);

    private IAskedPayments? AskerOf(string reference) => askers.FirstOrDefault(a => reference.StartsWith(a.Prefix, StringComparison.Ordinal));

    private static string ReferenceOf(string reference) => $"charge:{reference}";
}

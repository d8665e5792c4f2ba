using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>An entry of the ledger that charges an account, or a correction of a bill that gives something back.</summary>
internal sealed class ChargeEntry
{
    private const int TakenOver = 1, Returned = 2;
    private const string BillPrefix = "bill:";

    public long Id { get; init; }
    public long AccountId { get; init; }

    /// <summary>Negative for a charge.</summary>
    public long AmountFen { get; init; }
    public DateOnly BookedOn { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>As people or the import wrote it.</summary>
    public string Text { get; init; } = "";

    /// <summary>The bill that it was charged by, and its kind; null for other charges.</summary>
    public string? BillNumber { get; init; }
    public long? FeeKindId { get; init; }

    /// <summary>
    /// Which charges a debt is made of first, the lowest: those of this app, then a debt that was taken over from another system, then what only takes back
    /// what came in (a refund, a payment that never was, what was paid for something else at once).
    /// </summary>
    public int Rank { get; init; }

    /// <summary>The day from which it is owed: of a debt that was taken over the day that the import names.</summary>
    public DateOnly Day => Rank == TakenOver && Text.Length >= 10
        && DateOnly.TryParseExact(Text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var named) ? named : BookedOn;

    public static IQueryable<ChargeEntry> Of(LogisticsDb db)
    {
        var (entries, allBills) = (db.LedgerEntries.AsNoTracking(), db.Bills.AsNoTracking());
        return
            from entry in entries
            join transaction in db.LedgerTransactions on entry.TransactionId equals transaction.Id
            join b in allBills on transaction.Reference.Substring(BillPrefix.Length) equals b.Number into bills
            from bill in bills.DefaultIfEmpty()
            where entry.AmountFen < 0 || transaction.Kind == TransactionKind.BillCorrection
            select new ChargeEntry
            {
                Id = entry.Id,
                AccountId = entry.AccountId,
                AmountFen = entry.AmountFen,
                BookedOn = transaction.Day,
                At = transaction.At,
                Text = transaction.Text,
                BillNumber = bill == null ? null : bill.Number,
                FeeKindId = bill == null ? null : bill.FeeKindId,
                Rank = transaction.Kind == TransactionKind.Opening ? TakenOver
                    : transaction.Kind == TransactionKind.Refund || transaction.Kind == TransactionKind.Charge
                    || (transaction.Kind == TransactionKind.Correction
                        && entries.Any(e => e.TransactionId == transaction.Id && e.Account.Kind == LedgerAccountKind.Gateway)) ? Returned : 0,
            };
    }

    public ChargeEntry Less(long fen) => new()
    {
        Id = Id,
        AccountId = AccountId,
        AmountFen = AmountFen + fen,
        BookedOn = BookedOn,
        At = At,
        Text = Text,
        BillNumber = BillNumber,
        FeeKindId = FeeKindId,
        Rank = Rank,
    };
}

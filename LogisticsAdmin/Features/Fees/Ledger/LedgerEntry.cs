namespace LogisticsAdmin.Features.Fees.Ledger;

/// <summary>分录: one account's part of a transaction.</summary>
public sealed class LedgerEntry
{
    private LedgerEntry() { }

    internal LedgerEntry(LedgerAccount account, long fen) => (Account, AmountFen, BalanceFen) = (account, fen, account.BalanceFen);

    public long Id { get; private set; }
    public long TransactionId { get; private set; }
    public long AccountId { get; private set; }
    public LedgerAccount Account { get; private set; } = null!;

    /// <summary>Positive adds to the account.</summary>
    public long AmountFen { get; private set; }

    /// <summary>The account's balance after it.</summary>
    public long BalanceFen { get; private set; }
}

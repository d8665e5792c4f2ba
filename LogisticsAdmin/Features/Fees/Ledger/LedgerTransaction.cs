using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Ledger;

/// <summary>记账凭证: entries that add up to zero. Never changed; a mistake is corrected by another one.</summary>
public sealed class LedgerTransaction
{
    private readonly List<LedgerEntry> _entries = [];

    private LedgerTransaction() { }

    /// <summary><paramref name="reference"/>: what it was made for, such as bill:12. There is one for each, however often it is posted.</summary>
    internal LedgerTransaction(TransactionKind kind, string reference, string text, DateOnly day, DateTimeOffset at, long? by, long? approvedBy)
    {
        (Kind, Reference, Text, Day, At) = (kind, reference, CleanText.Clean(text), day, at);
        (ById, ApprovedById) = (by, approvedBy);
    }

    public long Id { get; private set; }
    public TransactionKind Kind { get; private set; }
    public string Reference { get; private set; } = "";

    /// <summary>Why, as people wrote it; empty where kind and reference say it.</summary>
    public string Text { get; private set; } = "";
    public DateOnly Day { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>Null for the app itself.</summary>
    public long? ById { get; private set; }

    /// <summary>The second person of a correction or refund.</summary>
    public long? ApprovedById { get; private set; }

    public IReadOnlyList<LedgerEntry> Entries => _entries;

    internal void Add(LedgerAccount account, long fen)
    {
        account.Add(fen, At);
        _entries.Add(new LedgerEntry(account, fen));
    }
}

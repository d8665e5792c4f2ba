using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>待复核: a refund, correction or transfer that a second person approves or refuses.</summary>
public sealed class MoneyProposal : Versioned, IAudited
{
    private MoneyProposal() { }

    public MoneyProposal(MoneyProposalKind kind, long accountId, Money amount, string reason, long by, DateTimeOffset at) =>
        (Kind, AccountId, AmountFen, Reason, ProposedById, ProposedAt) = (kind, accountId, amount.Fen, CleanText.Clean(reason), by, at);

    public MoneyProposalKind Kind { get; private set; }
    public long AccountId { get; private set; }

    /// <summary>Above zero; a correction below zero takes from the account.</summary>
    public long AmountFen { get; private set; }
    public string Reason { get; private set; } = "";

    /// <summary>Of a transfer.</summary>
    public long? ToAccountId { get; private set; }

    /// <summary>The payment that is refunded, null for cash; of a correction, the payment of which the gateway took another amount than was booked.</summary>
    public long? AttemptId { get; private set; }

    /// <summary>Whose revenue a correction changes; null for what the institution pays itself.</summary>
    public long? FeeKindId { get; private set; }
    public long ProposedById { get; private set; }
    public DateTimeOffset ProposedAt { get; private set; }
    public MoneyProposalState State { get; private set; } = MoneyProposalState.Waiting;
    public long? DecidedById { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? DecidedBecause { get; private set; }

    public Money Amount => new(AmountFen);

    internal void TransferTo(LedgerAccount account) => ToAccountId = account.Id;

    internal void About(long attemptId) => AttemptId = attemptId;

    internal void Correct(long feeKindId) => FeeKindId = feeKindId;

    internal void Approve(long by, DateTimeOffset at) => Decide(MoneyProposalState.Approved, by, at, null);

    /// <summary><paramref name="by"/>: null for the app, when what was to be corrected is no difference any more.</summary>
    internal void Refuse(long? by, DateTimeOffset at, string because) => Decide(MoneyProposalState.Refused, by, at, because);

    internal void TakeBack(long by, DateTimeOffset at) => Decide(MoneyProposalState.TakenBack, by, at, null);

    private void Decide(MoneyProposalState state, long? by, DateTimeOffset at, string? because)
    {
        if (State != MoneyProposalState.Waiting) throw Rejected.Because<FeesText>("ProposalDecided");
        (State, DecidedById, DecidedAt, DecidedBecause) = (state, by, at, because is null ? null : CleanText.Clean(because));
    }
}

using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>撤销结算: takes a settled statement back. One of the two people is a manager and the other an administrator.</summary>
public sealed class MoveOutReversal : Versioned, IAudited
{
    private MoveOutReversal() { }

    public MoveOutReversal(long statementId, string reason, long by, DateTimeOffset at) =>
        (StatementId, Reason, ProposedById, ProposedAt) = (statementId, CleanText.Clean(reason), by, at);

    public long StatementId { get; private set; }
    public string Reason { get; private set; } = "";
    public long ProposedById { get; private set; }
    public DateTimeOffset ProposedAt { get; private set; }
    public MoneyProposalState State { get; private set; } = MoneyProposalState.Waiting;
    public long? DecidedById { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? DecidedBecause { get; private set; }

    internal void Approve(long by, DateTimeOffset at) => Decide(MoneyProposalState.Approved, by, at, null);

    internal void Refuse(long by, DateTimeOffset at, string because) => Decide(MoneyProposalState.Refused, by, at, because);

    internal void TakeBack(long by, DateTimeOffset at) => Decide(MoneyProposalState.TakenBack, by, at, null);

    private void Decide(MoneyProposalState state, long by, DateTimeOffset at, string? because)
    {
        if (State != MoneyProposalState.Waiting) throw Rejected.Because<FeesText>("ProposalDecided");
        (State, DecidedById, DecidedAt, DecidedBecause) = (state, by, at, because is null ? null : CleanText.Clean(because));
    }
}

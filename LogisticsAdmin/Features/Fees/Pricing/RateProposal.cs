using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>
/// 待复核费率: a rate that begins in the past, or the withdrawal of one that applied already. A second person publishes it; one of the two is a
/// manager and the other an administrator.
/// </summary>
public sealed class RateProposal : Versioned, IAudited
{
    private RateProposal() { }

    /// <summary><paramref name="withdraws"/>: the rate to withdraw; its place is taken by what is proposed.</summary>
    public RateProposal(
        long kindId, RateScope scope, DateOnly firstDay, PriceRule rule, string reason, string? documentNumber, long by, DateTimeOffset at,
        long? withdraws = null)
    {
        (KindId, Scope, FirstDay, Rule) = (kindId, scope.Key, firstDay, rule);
        (Reason, DocumentNumber) = (CleanText.Clean(reason), CleanText.Clean(documentNumber));
        (ProposedById, ProposedAt, WithdrawsRateId) = (by, at, withdraws);
    }

    public long KindId { get; private set; }
    public string Scope { get; private set; } = "";
    public DateOnly FirstDay { get; private set; }

    [NotAudited]
    public PriceRule Rule { get; private set; } = PriceRule.None;
    public string Reason { get; private set; } = "";
    public string DocumentNumber { get; private set; } = "";
    public long? WithdrawsRateId { get; private set; }
    public long ProposedById { get; private set; }
    public DateTimeOffset ProposedAt { get; private set; }
    public ProposalState State { get; private set; } = ProposalState.Waiting;
    public long? DecidedById { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? DecidedBecause { get; private set; }
    public long? PublishedRateId { get; private set; }

    public void Publish(long? rateId, long by, DateTimeOffset at)
    {
        Decide(ProposalState.Published, by, at, null);
        PublishedRateId = rateId;
    }

    public void Refuse(long by, DateTimeOffset at, string because) => Decide(ProposalState.Refused, by, at, because);

    public void TakeBack(long by, DateTimeOffset at) => Decide(ProposalState.TakenBack, by, at, null);

    private void Decide(ProposalState state, long by, DateTimeOffset at, string? because)
    {
        if (State != ProposalState.Waiting) throw Rejected.Because<FeesText>("ProposalDecided");
        (State, DecidedById, DecidedAt, DecidedBecause) = (state, by, at, because is null ? null : CleanText.Clean(because));
    }
}

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>What became of a proposal.</summary>
public enum MoneyProposalState
{
    Waiting = 1,
    Approved = 2,
    Refused = 3,

    /// <summary>By the person who proposed it.</summary>
    TakenBack = 4,
}

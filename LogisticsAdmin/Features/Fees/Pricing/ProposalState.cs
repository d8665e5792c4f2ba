namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>What became of a proposed rate.</summary>
public enum ProposalState
{
    /// <summary>待复核.</summary>
    Waiting = 1,
    Published = 2,
    Refused = 3,

    /// <summary>By the person who proposed it.</summary>
    TakenBack = 4,
}

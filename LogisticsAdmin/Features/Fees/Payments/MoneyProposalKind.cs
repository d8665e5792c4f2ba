namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>What two people do with an account.</summary>
public enum MoneyProposalKind
{
    /// <summary>To who paid, in the way of the payment or in cash.</summary>
    Refund = 1,

    /// <summary>Adds to the account or takes from it.</summary>
    Correction = 2,

    /// <summary>To another account.</summary>
    Transfer = 3,
}

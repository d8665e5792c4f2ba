namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>What is known of one way to pay.</summary>
public enum AttemptState
{
    /// <summary>Nobody has paid yet, and the gateway is asked again.</summary>
    Open = 1,
    Paid = 2,

    /// <summary>It failed or was given up. A payment that arrives later counts all the same.</summary>
    Closed = 3,
}

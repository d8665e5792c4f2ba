namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>Whether the gateway has refunded.</summary>
public enum RefundState
{
    /// <summary>It is asked again until it has.</summary>
    Waiting = 1,
    Done = 2,

    /// <summary>It was paid out at the counter instead, and the gateway is not asked any more.</summary>
    InCash = 3,
}

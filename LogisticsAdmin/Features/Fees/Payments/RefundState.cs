namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>Whether the gateway has refunded.</summary>
public enum RefundState
{
    /// <summary>It is asked again until it has.</summary>
    Waiting = 1,
    Done = 2,
}

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>What a gateway says about a payment.</summary>
public enum TradeStatus
{
    /// <summary>It has never heard of it.</summary>
    Missing = 1,
    Waiting = 2,
    Paid = 3,
    Closed = 4,
}

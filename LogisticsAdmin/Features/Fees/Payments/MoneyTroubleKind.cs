namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>Money about which somebody has to do something.</summary>
public enum MoneyTroubleKind
{
    /// <summary>A gateway does not make a refund, however often it is asked.</summary>
    NotRefunded = 1,

    /// <summary>Another amount than that of the order was paid.</summary>
    AmountDiffers = 2,

    /// <summary>A payment that belongs to no order.</summary>
    UnknownOrder = 3,

    /// <summary>What a gateway said could not be applied for an hour.</summary>
    NotApplied = 4,
}

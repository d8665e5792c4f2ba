namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>What became of a message of a gateway.</summary>
public enum NoticeOutcome
{
    /// <summary>The order was paid with it.</summary>
    Applied = 1,

    /// <summary>It was applied before.</summary>
    Repeated = 2,

    /// <summary>The order had been paid in another way; this payment is refunded.</summary>
    PaidTwice = 3,

    /// <summary>It says that nobody has paid, or that the payment failed.</summary>
    Noted = 4,

    /// <summary>There is no such request.</summary>
    UnknownOrder = 5,

    /// <summary>It is meant for another application.</summary>
    OtherApplication = 6,

    /// <summary>It is not the amount of the order.</summary>
    AmountDiffers = 7,

    /// <summary>Applying it failed; it is tried again.</summary>
    Waiting = 8,

    /// <summary>It could not be read again, because keys or the protocol have changed since.</summary>
    Unreadable = 9,

    /// <summary>An answer that could not be applied; its payment was asked for again, and the next answer counts.</summary>
    AskedAgain = 10,

    /// <summary>It fitted no order, and somebody settled that or credited it to an account.</summary>
    Settled = 11,
}

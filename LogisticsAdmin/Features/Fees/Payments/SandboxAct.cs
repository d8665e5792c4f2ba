namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>What the played bank does.</summary>
public enum SandboxAct
{
    Pay = 1,
    Fail = 2,

    /// <summary>The payment is made a minute later.</summary>
    PayLater = 3,

    /// <summary>The order is paid in two ways at once.</summary>
    PayTwice = 4,

    /// <summary>Paid at once, and said two minutes later.</summary>
    NotifyLate = 5,
    NotifyRepeatedly = 6,

    /// <summary>It says that the payment waits and failed after it has said that it was made.</summary>
    OutOfOrder = 7,
}

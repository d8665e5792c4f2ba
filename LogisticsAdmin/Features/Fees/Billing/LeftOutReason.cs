namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>Why a room or person gets no bill.</summary>
public enum LeftOutReason
{
    /// <summary>A meter has no reading since the last bill.</summary>
    NoReading = 1,
    NoRate = 2,

    /// <summary>A fee by floor area, and the room's area is not known.</summary>
    NoArea = 3,

    /// <summary>Billed already for this period, or a later one was.</summary>
    Billed = 4,

    /// <summary>The amount is beyond what an account can be charged at once.</summary>
    TooHigh = 5,
}

namespace LogisticsAdmin.Features.Fees.Reconciliation;

/// <summary>How a difference was settled.</summary>
public enum SettleWay
{
    /// <summary>It was booked meanwhile, or is on another statement.</summary>
    FoundSince = 1,

    /// <summary>The gateway was asked and said the same as what is booked, or what is booked now.</summary>
    Asked = 2,

    /// <summary>Somebody noted why it is right as it is.</summary>
    Noted = 3,

    /// <summary>A correction was proposed; when that is refused or taken back, the difference is open again.</summary>
    Corrected = 4,

    /// <summary>The payment fitted no order and was credited to an account.</summary>
    Credited = 5,
}

namespace LogisticsAdmin.Features.Fees.Reconciliation;

/// <summary>What comparing a payment or refund with the statement found first.</summary>
public enum LineState
{
    Matched = 1,

    /// <summary>我方缺: on the statement, and not booked here.</summary>
    MissingHere = 2,

    /// <summary>对方缺: booked here, and not on the statement.</summary>
    MissingThere = 3,

    /// <summary>Both have it with another amount.</summary>
    Different = 4,
}

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>What becomes of the result of a move-out statement.</summary>
public enum MoveOutWay
{
    /// <summary>A debt is paid at the counter at once; a refund is proposed in cash, and a second person approves it like any other.</summary>
    Cash = 1,

    /// <summary>It stays on the person's account, to be paid or refunded there.</summary>
    Account = 2,
}

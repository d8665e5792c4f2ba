namespace LogisticsAdmin.Features.Fees.Ledger;

/// <summary>What moved money.</summary>
public enum TransactionKind
{
    Bill = 1,

    /// <summary>The difference between a bill and what it should have been.</summary>
    BillCorrection = 2,
    TopUp = 3,
    Refund = 4,

    /// <summary>By two people, with a reason.</summary>
    Correction = 5,
    Transfer = 6,
    Subsidy = 7,
    Opening = 8,

    /// <summary>By another part of the app, such as for an order.</summary>
    Charge = 9,

    /// <summary>退宿结算: somebody's part of the room's balance, and what they settled ahead of bills.</summary>
    MoveOut = 12,
}

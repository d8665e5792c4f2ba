namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>Why a stock of goods changed.</summary>
public enum MovementKind
{
    Received = 1,
    Ordered = 2,

    /// <summary>Of an order that was cancelled or not paid in time.</summary>
    Released = 3,

    /// <summary>Brought back by who had ordered it.</summary>
    Returned = 4,

    /// <summary>The difference to what was counted.</summary>
    Counted = 5,

    /// <summary>Damaged, expired or lost.</summary>
    WrittenOff = 6,
}

namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>The state of an order of meals or goods.</summary>
public enum PlacedOrderState
{
    /// <summary>待支付: its portions are held until <see cref="PlacedOrder.HeldUntil"/>.</summary>
    Awaiting = 1,

    /// <summary>已下单: paid, to be prepared.</summary>
    Paid = 2,

    /// <summary>待取: prepared.</summary>
    Ready = 3,

    /// <summary>已取: handed over.</summary>
    Done = 4,

    /// <summary>已取消 by who ordered.</summary>
    Cancelled = 5,

    /// <summary>支付超时.</summary>
    Expired = 6,

    /// <summary>已退款 by the office.</summary>
    Refunded = 7,

    /// <summary>未取: nobody came for the meal.</summary>
    Missed = 8,
}

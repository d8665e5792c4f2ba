namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>How an order is paid.</summary>
public enum PayWay
{
    /// <summary>From the personal account, at once.</summary>
    Account = 1,

    /// <summary>By a payment that is asked for, within the time that the order is held.</summary>
    Gateway = 2,
}

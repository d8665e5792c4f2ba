namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>Whether an order was paid.</summary>
public enum OrderState
{
    Open = 1,
    Paid = 2,
}

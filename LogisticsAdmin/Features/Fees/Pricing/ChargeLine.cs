namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>A quantity at one price.</summary>
public sealed record ChargeLine(decimal Quantity, decimal Price)
{
    /// <summary>In yuan, not rounded.</summary>
    public decimal Amount => Quantity * Price;
}

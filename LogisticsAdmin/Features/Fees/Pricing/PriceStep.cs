namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>
/// One step of a price: what the part of the quantity up to <paramref name="UpTo"/> costs. <paramref name="UpTo"/>: the quantity at which the step ends;
/// null for the last step. <paramref name="Price"/>: yuan for one unit, with at most four decimals.
/// </summary>
public sealed record PriceStep(decimal? UpTo, decimal Price);

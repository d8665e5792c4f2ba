namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>Resources of fee rates.</summary>
public sealed class RatesText;

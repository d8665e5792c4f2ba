namespace LogisticsAdmin.Features.Fees.Imports;

/// <summary>Words of the imports of opening balances and fixed charges.</summary>
public sealed class FeeImportsText;

namespace LogisticsAdmin.Features.Repairs.Costs;

/// <summary>Resources for parts, labour and the cost of repairs.</summary>
public sealed class CostsText;

namespace LogisticsAdmin.Features.Repairs.Costs;

/// <summary>Words about parts, labour and what a repair cost.</summary>
public sealed class CostsText;

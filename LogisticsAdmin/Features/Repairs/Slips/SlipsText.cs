namespace LogisticsAdmin.Features.Repairs.Slips;

/// <summary>Resources of the printed dispatch slip.</summary>
public sealed class SlipsText;

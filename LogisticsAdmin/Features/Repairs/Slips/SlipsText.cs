namespace LogisticsAdmin.Features.Repairs.Slips;

/// <summary>Words of the printed dispatch slip.</summary>
public sealed class SlipsText;

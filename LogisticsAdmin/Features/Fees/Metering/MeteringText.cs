namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>Resources of meters and readings.</summary>
public sealed class MeteringText;

namespace LogisticsAdmin.Features.Fees;

/// <summary>Resources that all parts of fees share.</summary>
public sealed class FeesText;

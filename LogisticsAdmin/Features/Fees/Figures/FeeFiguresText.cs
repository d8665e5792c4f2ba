namespace LogisticsAdmin.Features.Fees.Figures;

/// <summary>Words of the report's section on fees.</summary>
public sealed class FeeFiguresText;

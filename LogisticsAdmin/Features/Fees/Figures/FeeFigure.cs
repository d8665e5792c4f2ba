using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Fees.Figures;

/// <summary>A definition and what it asks of each row.</summary>
internal sealed record FeeFigure(FigureDefinition Definition, Func<FeeFact, bool> Counts);

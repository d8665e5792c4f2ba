using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Orders.Figures;

/// <summary>A definition and which lines it counts, or that it counts what was thrown away.</summary>
internal sealed record OrderFigure(FigureDefinition Definition, Func<SoldLine, bool> Counts, Func<SoldLine, bool>? Base = null, bool CountsWaste = false);

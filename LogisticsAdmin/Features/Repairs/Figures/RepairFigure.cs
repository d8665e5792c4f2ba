using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Repairs.Figures;

/// <summary>A definition and what it asks of each ticket.</summary>
internal sealed record RepairFigure(
    FigureDefinition Definition, Func<CountedTime, TicketFacts, bool> Counts, Func<CountedTime, TicketFacts, bool>? Base = null);

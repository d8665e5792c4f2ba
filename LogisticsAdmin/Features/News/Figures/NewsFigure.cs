using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.News.Figures;

/// <summary>A definition and what it asks of each item; the moments of the items are those within the period.</summary>
internal sealed record NewsFigure(FigureDefinition Definition, Func<ItemFacts, bool> Counts, Func<ItemFacts, bool>? Base = null);

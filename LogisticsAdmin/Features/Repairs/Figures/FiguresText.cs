namespace LogisticsAdmin.Features.Repairs.Figures;

/// <summary>Words of the figures about repairs: their names, what they count, tables and dimensions.</summary>
public sealed class FiguresText;

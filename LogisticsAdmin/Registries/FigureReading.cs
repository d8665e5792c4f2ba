namespace LogisticsAdmin.Registries;

/// <summary>
/// A figure's value in a period, beside the period before it, the same period of the year before, and its target. Values are in the figure's
/// unit: minutes, hours, yuan, a fraction of one. Null where nothing was counted, or nothing is known.
/// </summary>
public sealed record FigureReading(decimal? Value, int Counted, int Base, decimal? Previous, decimal? YearBefore, decimal? Target);

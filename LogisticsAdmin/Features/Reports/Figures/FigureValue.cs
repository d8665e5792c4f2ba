namespace LogisticsAdmin.Features.Reports.Figures;

/// <summary>
/// A figure's value in its unit: minutes, hours, yuan, a fraction of one. Null where there is nothing to compute it of: a share without a
/// denominator, a mean of nothing.
/// </summary>
/// <param name="Code">The figure.</param>
/// <param name="Value">The value, rounded to four decimals.</param>
/// <param name="Counted">How many rows are counted or measured: the numerator of a share.</param>
/// <param name="Base">How many rows are the denominator of a share; zero for other figures.</param>
public sealed record FigureValue(string Code, decimal? Value, int Counted, int Base);

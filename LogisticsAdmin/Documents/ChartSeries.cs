namespace LogisticsAdmin.Documents;

/// <summary>The values of one series, one for each label.</summary>
public sealed record ChartSeries(string Name, IReadOnlyList<double?> Values, ChartSeriesStyle Style = ChartSeriesStyle.Column);

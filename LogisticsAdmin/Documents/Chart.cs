namespace LogisticsAdmin.Documents;

/// <summary>
/// What a chart shows. Every series has one value for each label; a missing value is null and is neither drawn nor joined.
/// Columns and stacked columns may have lines and targets over them, on the same scale. The unit is printed above the axis. Where the last label stands
/// for a period that has not ended (<paramref name="LastIsPartial"/>), it is drawn hollow.
/// </summary>
public sealed record Chart(ChartKind Kind, IReadOnlyList<string> Labels, IReadOnlyList<ChartSeries> Series, string Unit, bool LastIsPartial = false);

using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Reports.Figures;

/// <summary>Turns thirteen months of figures into a chart, for pages and documents alike.</summary>
public sealed class TrendCharts(FigureFormat format)
{
    /// <summary>A chart of the section's months; the last one is marked while it is not over.</summary>
    public Chart Draw(ReportedSection section, ReportTrend trend, bool lastIsPartial)
    {
        var first = section.Layout.Figure(trend.Columns.Concat(trend.Lines).First());
        var labels = section.History.Select((m, i) => format.Month(m.Month, withYear: i == 0 || m.Month.From.Month == 1)).ToList();
        List<ChartSeries> series = [];
        foreach (var (code, style) in trend.Columns.Select(c => (c, ChartSeriesStyle.Column)).Concat(trend.Lines.Select(c => (c, ChartSeriesStyle.Line))))
        {
            var figure = section.Layout.Figure(code);
            series.Add(new ChartSeries(figure.Words.Name.ToString(), [.. section.History.Select(m => Value(figure, m))], style));
        }
        if (trend.Lines.Count == 1 && section.Readings[trend.Lines[0]].Target is { } target)
            series.Add(new ChartSeries(format.Target(first, target), [.. labels.Select(_ => Scaled(first, target))], ChartSeriesStyle.Target));
        return new Chart(trend.Columns.Count > 0 ? ChartKind.Columns : ChartKind.Lines, labels, series, format.Unit(first, 0), lastIsPartial);
    }

    private static double? Value(FigureDefinition figure, MonthValues month) =>
        month.Values.Values.Any(v => v.Counted > 0) && month.Values.GetValueOrDefault(figure.Code)?.Value is { } value ? Scaled(figure, value) : null;

    private static double Scaled(FigureDefinition figure, decimal value) =>
        (double)(figure.Unit == FigureUnit.Percent ? decimal.Round(value * 100, 1, MidpointRounding.AwayFromZero) : value);
}

using System.Globalization;

namespace LogisticsAdmin.Documents.Charts;

/// <summary>
/// A chart as marks at their places, in the order of drawing. It is the only place where charts are computed: drawers of all formats only draw.
/// Series differ by patterns and markers, so that paper without colours is enough.
/// </summary>
public sealed record ChartLayout(double Width, double Height, IReadOnlyList<ChartMark> Marks)
{
    /// <summary>Measures a text, by its size and whether it is bold, in points.</summary>
    public delegate double Measure(string text, double size, bool bold);

    /// <summary>Places a chart of a width and height in points; bars take as much height as they need instead.</summary>
    public static ChartLayout Of(Chart chart, double width, double? height, Measure measure) =>
        chart.Kind == ChartKind.Bars
            ? new BarsLayout(chart, width, measure).Place(0, chart.Labels.Count)
            : new ColumnsLayout(chart, width, height ?? 190, measure).Place();

    /// <summary>Places a chart in as many parts as it needs where none may be higher than this; only bars are divided, on one scale.</summary>
    public static IReadOnlyList<ChartLayout> Parts(Chart chart, double width, double highest, Measure measure)
    {
        var whole = Of(chart, width, null, measure);
        if (chart.Kind != ChartKind.Bars || whole.Height <= highest) return [whole];
        var bars = new BarsLayout(chart, width, measure);
        List<ChartLayout> parts = [];
        for (var from = 0; from < chart.Labels.Count;)
        {
            var count = chart.Labels.Count - from;
            var part = bars.Place(from, count);
            while (count > 1 && part.Height > highest)
            {
                count = Math.Clamp((int)(count * highest / part.Height), 1, count - 1);
                part = bars.Place(from, count);
            }
            parts.Add(part);
            from += count;
        }
        return parts;
    }

    /// <summary>A number as charts print it: with separators and at most two decimals.</summary>
    public static string Show(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture).Replace('-', '−');
}

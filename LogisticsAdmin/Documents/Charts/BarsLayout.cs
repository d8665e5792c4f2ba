namespace LogisticsAdmin.Documents.Charts;

/// <summary>Places horizontal bars, one group below the other, with their names on the left and their values at their ends.</summary>
internal sealed class BarsLayout(Chart chart, double width, ChartLayout.Measure measure)
{
    private const double Lead = 10.5, Gap = 7;
    private ChartCanvas _canvas = new(measure);
    private readonly List<int> _bars = [.. Enumerable.Range(0, chart.Series.Count).Where(i => chart.Series[i].Style == ChartSeriesStyle.Column)];

    /// <summary>The bars of some labels, on the scale of all.</summary>
    public ChartLayout Place(int first, int count)
    {
        _canvas = new ChartCanvas(measure);
        var values = chart.Series.SelectMany(s => s.Values).OfType<double>().Where(double.IsFinite).ToList();
        var scale = ChartScale.For(values);
        var names = chart.Labels.Skip(first).Take(count).Select(l => _canvas.Wrapped(l, 0.36 * width)).ToList();
        var left = names.Count == 0 ? 0 : names.Max(n => n.Max(line => _canvas.WidthOf(line))) + 6;
        var right = width - (values.Count == 0 ? 0 : values.Max(v => _canvas.WidthOf(ChartLayout.Show(v), ChartCanvas.Tiny))) - 6;
        var thick = _bars.Count > 1 ? 8.0 : 11.0;
        var top = _canvas.Legend(chart, left, width, i => (ChartFilling)(_bars.IndexOf(i) % 6));
        var rows = names.Select(n => Math.Max(n.Count * Lead, Math.Max(1, _bars.Count) * thick)).ToList();
        var bottom = top + rows.Sum() + Gap * rows.Count;
        foreach (var tick in scale.Ticks()) _canvas.Line(X(tick), top, X(tick), bottom, tick == 0 ? 0.7 : 0.4, tick == 0 ? ChartTone.Ink : ChartTone.Grid);
        var y = top;
        for (var i = 0; i < names.Count; i++)
        {
            Row(names[i], first + i, y + Gap / 2, rows[i]);
            y += rows[i] + Gap;
        }
        return new ChartLayout(width, bottom + 2, _canvas.Marks);

        double X(double value) => left + scale.ShareOf(value) * (right - left);

        void Row(List<string> name, int label, double at, double high)
        {
            var baseline = at + (high - name.Count * Lead) / 2 + 8;
            foreach (var line in name)
            {
                _canvas.Text(line, left - 6, baseline, ChartAnchor.End);
                baseline += Lead;
            }
            var bar = at + (high - _bars.Count * thick) / 2;
            foreach (var series in _bars)
            {
                if (ValueOf(series, label) is { } value)
                {
                    var (from, to) = (X(0), X(value));
                    var isOpen = chart.LastIsPartial && label == chart.Labels.Count - 1;
                    _canvas.Box(Math.Min(from, to), bar, Math.Abs(to - from), thick - 1.5, (ChartFilling)(_bars.IndexOf(series) % 6), isOpen);
                    _canvas.Text(ChartLayout.Show(value), Math.Max(from, to) + 4, bar + thick / 2 + 2, ChartAnchor.Start, ChartTone.Ink, ChartCanvas.Tiny);
                }
                bar += thick;
            }
            var marker = 0;
            for (var series = 0; series < chart.Series.Count; series++)
            {
                if (_bars.Contains(series) || ValueOf(series, label) is not { } value) continue;
                if (chart.Series[series].Style == ChartSeriesStyle.Target)
                    _canvas.Line(X(value), at - 2, X(value), at + high + 2, 1.2, ChartTone.Ink, dashed: true);
                else
                    _canvas.Marker(X(value), at + high / 2, marker++, isLast: false);
            }
        }
    }

    private double? ValueOf(int series, int label) =>
        label < chart.Series[series].Values.Count && chart.Series[series].Values[label] is { } value && double.IsFinite(value) ? value : null;
}

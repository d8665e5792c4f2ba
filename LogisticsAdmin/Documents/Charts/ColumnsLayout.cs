namespace LogisticsAdmin.Documents.Charts;

/// <summary>Places columns, stacked columns and lines over labels from left to right.</summary>
internal sealed class ColumnsLayout(Chart chart, double width, double height, ChartLayout.Measure measure)
{
    private const double LabelHeight = 16;
    private readonly ChartCanvas _canvas = new(measure);
    private readonly List<int> _columns = [.. Enumerable.Range(0, chart.Series.Count).Where(i => IsColumn(chart, chart.Series[i]))];
    private ChartScale _scale = new(0, 1, 1);
    private double _left, _top, _bottom, _slot;

    /// <summary>In a chart of lines only targets are not points; elsewhere the series says.</summary>
    public static bool IsColumn(Chart chart, ChartSeries series) => chart.Kind != ChartKind.Lines && series.Style == ChartSeriesStyle.Column;

    public ChartLayout Place()
    {
        _scale = ChartScale.For(Extremes(), mayFloat: chart.Kind == ChartKind.Lines);
        var ticks = _scale.Ticks().Select(t => (Value: t, Text: ChartLayout.Show(t))).ToList();
        _left = Math.Max(ticks.Max(t => _canvas.WidthOf(t.Text)), Math.Min(_canvas.WidthOf(chart.Unit), 0.2 * width)) + 6;
        _slot = (width - _left) / Math.Max(1, chart.Labels.Count);
        _top = _canvas.Legend(chart, _left, width, FillingOf) + 12;
        _bottom = Math.Max(_top + 40, height - LabelHeight);
        foreach (var (value, text) in ticks)
        {
            var isAxis = value == 0 || value == _scale.Low && _scale.Low > 0;
            _canvas.Line(_left, Y(value), width, Y(value), isAxis ? 0.7 : 0.4, isAxis ? ChartTone.Ink : ChartTone.Grid);
            _canvas.Text(text, _left - 6, Y(value) + 3, ChartAnchor.End, ChartTone.Quiet);
        }
        Labels();
        // Values of points need their place more than those of columns, which the eye reads at the grid.
        var lines = Enumerable.Range(0, chart.Series.Count).Except(_columns).ToList();
        foreach (var line in lines) KeepClear(line);
        if (chart.Kind == ChartKind.StackedColumns) Stacks();
        else Columns();
        var marker = 0;
        foreach (var line in lines) Line(chart.Series[line], chart.Series[line].Style == ChartSeriesStyle.Target ? -1 : marker++);
        return new ChartLayout(width, _bottom + LabelHeight, _canvas.Marks);
    }

    private double Y(double value) => _bottom - _scale.ShareOf(value) * (_bottom - _top);

    private double Centre(int label) => _left + (label + 0.5) * _slot;

    private static double? ValueOf(ChartSeries series, int label) =>
        label < series.Values.Count && series.Values[label] is { } value && double.IsFinite(value) ? value : null;

    private bool IsOpen(int label) => chart.LastIsPartial && label == chart.Labels.Count - 1;

    // The second of two series is drawn narrow before the first one. Below lines columns are pale, so that the lines' values can be read.
    private ChartFilling FillingOf(int series)
    {
        var place = _columns.IndexOf(series);
        if (_columns.Count == 1 && chart.Series.Count > 1) return ChartFilling.Pale;
        return chart.Kind == ChartKind.Columns && _columns.Count == 2 ? (place == 0 ? ChartFilling.Pale : ChartFilling.Dark) : (ChartFilling)(place % 6);
    }

    private IEnumerable<double> Extremes()
    {
        for (var i = 0; i < chart.Labels.Count; i++)
        {
            var (above, below) = (0.0, 0.0);
            foreach (var (series, index) in chart.Series.Select((s, n) => (s, n)))
            {
                if (ValueOf(series, i) is not { } value) continue;
                if (chart.Kind != ChartKind.StackedColumns || !_columns.Contains(index)) yield return value;
                else if (value > 0) above += value;
                else below += value;
            }
            if (chart.Kind == ChartKind.StackedColumns) yield return above;
            if (below < 0) yield return below;
        }
    }

    // Where labels are wider than their places, only every second, third … is printed, counted from the last one.
    private void Labels()
    {
        var count = chart.Labels.Count;
        if (count == 0) return;
        var widest = chart.Labels.Max(l => _canvas.WidthOf(l));
        var every = Math.Clamp((int)Math.Ceiling((widest + 4) / _slot), 1, count);
        for (var i = count - 1; i >= 0; i -= every)
        {
            var half = _canvas.WidthOf(chart.Labels[i]) / 2;
            var x = Math.Clamp(Centre(i), Math.Min(half, width / 2), Math.Max(width - half, width / 2));
            _canvas.Text(chart.Labels[i], x, _bottom + 11, ChartAnchor.Middle, ChartTone.Ink);
        }
    }

    private void Columns()
    {
        var isPair = _columns.Count == 2;
        var group = Math.Min(_slot * 0.72, isPair ? 20 : 34 * Math.Max(1, _columns.Count));
        for (var n = 0; n < _columns.Count; n++)
        {
            var own = isPair ? (n == 0 ? group : group / 2) : group / _columns.Count;
            for (var i = 0; i < chart.Labels.Count; i++)
            {
                if (ValueOf(chart.Series[_columns[n]], i) is not { } value) continue;
                var centre = isPair ? Centre(i) : Centre(i) - group / 2 + (n + 0.5) * own;
                var (from, to) = (Y(0), Y(value));
                var wide = isPair ? own : 0.9 * own;
                _canvas.Box(centre - wide / 2, Math.Min(from, to), wide, Math.Abs(from - to), FillingOf(_columns[n]), IsOpen(i));
                var room = _columns.Count == 1 ? _slot - 2 : own + 1;
                if (!isPair) _canvas.TryValue(ChartLayout.Show(value), centre, value < 0 ? Math.Max(from, to) + 8 : Math.Min(from, to) - 3, room);
            }
        }
    }

    private void Stacks()
    {
        var own = Math.Min(_slot * 0.6, 34);
        for (var i = 0; i < chart.Labels.Count; i++)
        {
            var (above, below, any) = (0.0, 0.0, false);
            foreach (var column in _columns)
            {
                if (ValueOf(chart.Series[column], i) is not { } value) continue;
                any = true;
                var start = value > 0 ? above : below;
                if (value > 0) above += value;
                else below += value;
                var (from, to) = (Y(start), Y(start + value));
                _canvas.Box(Centre(i) - own / 2, Math.Min(from, to), own, Math.Abs(from - to), FillingOf(column), IsOpen(i));
            }
            if (any) _canvas.TryValue(ChartLayout.Show(above + below), Centre(i), Y(above) - 3, _slot - 2);
        }
    }

    private void KeepClear(int series)
    {
        ChartPoint? before = null;
        for (var i = 0; i < chart.Labels.Count; i++)
        {
            ChartPoint? point = ValueOf(chart.Series[series], i) is { } value ? new(Centre(i), Y(value)) : null;
            if (point is { } here && chart.Series[series].Style != ChartSeriesStyle.Target) _canvas.Take(here);
            if (before is { } from && point is { } to) _canvas.Take(from, to);
            before = point;
        }
    }

    // Above the point, or below it, or beside a steep line.
    private void PrintNear(double x, double y, string text, bool isBold)
    {
        var side = _canvas.WidthOf(text, ChartCanvas.Tiny, isBold) / 2;
        (double Right, double Down)[] places = [(0, -5.5), (0, 11), (-side, -5.5), (side, -5.5), (-side, 11), (side, 11), (side + 5, 3), (-side - 5, 3)];
        foreach (var (right, down) in places)
        {
            if (x + right - side < _left || x + right + side > width || y + down > _bottom - 1) continue;
            if (_canvas.TryValue(text, x + right, y + down, _slot - 1, isBold)) return;
        }
    }

    // A missing value interrupts the line; the way to a period that has not ended is dashed.
    private void Line(ChartSeries series, int marker)
    {
        List<ChartPoint> run = [];
        var last = chart.Labels.Count - 1;
        for (var i = 0; i <= last; i++)
        {
            if (ValueOf(series, i) is not { } value)
            {
                Flush();
                continue;
            }
            ChartPoint point = new(Centre(i), Y(value));
            if (IsOpen(i) && run.Count > 0)
            {
                _canvas.Stroke([run[^1], point], 1.2, ChartTone.Ink, dashed: true);
                Flush();
                continue;
            }
            run.Add(point);
        }
        Flush();
        if (marker < 0) return;
        for (var i = 0; i <= last; i++)
        {
            if (ValueOf(series, i) is not { } value) continue;
            _canvas.Marker(Centre(i), Y(value), marker, isLast: i == last && !IsOpen(i));
            PrintNear(Centre(i), Y(value), ChartLayout.Show(value), isBold: i == last);
        }

        void Flush()
        {
            if (marker < 0 && run.Count == 1) run = [new(run[0].X - _slot / 2, run[0].Y), new(run[0].X + _slot / 2, run[0].Y)];
            if (run.Count > 1) _canvas.Stroke([.. run], marker < 0 ? 0.9 : 1.2, ChartTone.Ink, dashed: marker < 0 || marker % 2 == 1);
            run.Clear();
        }
    }
}

namespace LogisticsAdmin.Documents.Charts;

/// <summary>Collects the marks of a chart and knows how series look: fillings, markers, legend.</summary>
internal sealed class ChartCanvas(ChartLayout.Measure measure)
{
    public const double Small = 8, Tiny = 7.5;
    private const double HatchGap = 3, Row = 13;
    private readonly List<ChartMark> _marks = [];
    private readonly List<(double Left, double Top, double Right, double Bottom)> _taken = [];

    public IReadOnlyList<ChartMark> Marks => _marks;

    public double WidthOf(string text, double size = Small, bool bold = false) => measure(text, size, bold);

    public void Line(double x1, double y1, double x2, double y2, double width = 0.4, ChartTone tone = ChartTone.Grid, bool dashed = false) =>
        Stroke([new(x1, y1), new(x2, y2)], width, tone, dashed);

    public void Stroke(IReadOnlyList<ChartPoint> points, double width = 1.2, ChartTone tone = ChartTone.Ink, bool dashed = false) =>
        _marks.Add(new ChartStroke(points, width, tone, dashed));

    public void Text(string text, double x, double y, ChartAnchor anchor, ChartTone tone = ChartTone.Ink, double size = Small, bool bold = false) =>
        _marks.Add(new ChartText(text, x, y, size, anchor, tone, bold));

    /// <summary>Prints a value centred at x if nothing is printed there yet.</summary>
    public bool TryValue(string text, double centre, double baseline, double room, bool bold = false)
    {
        var half = WidthOf(text, Tiny, bold) / 2;
        if (2 * half > room) return false;
        var box = (Left: centre - half, Top: baseline - 6, Right: centre + half, Bottom: baseline + 1);
        if (_taken.Any(t => box.Left < t.Right && t.Left < box.Right && box.Top < t.Bottom && t.Top < box.Bottom)) return false;
        _taken.Add(box);
        Text(text, centre, baseline, ChartAnchor.Middle, ChartTone.Ink, Tiny, bold);
        return true;
    }

    /// <summary>Keeps values from being printed over a line.</summary>
    public void Take(ChartPoint from, ChartPoint to)
    {
        const double near = 1.2;
        var steps = (int)Math.Ceiling(Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)) / 3) + 1;
        for (var i = 0; i <= steps; i++)
        {
            var (x, y) = (from.X + (to.X - from.X) * i / steps, from.Y + (to.Y - from.Y) * i / steps);
            _taken.Add((x - near, y - near, x + near, y + near));
        }
    }

    /// <summary>Keeps values from being printed over a marker.</summary>
    public void Take(ChartPoint marker) => _taken.Add((marker.X - 3, marker.Y - 3, marker.X + 3, marker.Y + 3));

    /// <summary>A column or bar in the filling of its series; hollow where its period has not ended.</summary>
    public void Box(double x, double y, double width, double height, ChartFilling filling, bool isOpen = false)
    {
        if (width <= 0 || height <= 0) return;
        if (isOpen)
        {
            _marks.Add(new ChartBox(x, y, width, height, ChartTone.Paper, ChartTone.Ink) { IsOpen = true });
            if (filling is ChartFilling.Dark or ChartFilling.Middle) Hatch(x, y, width, height, 1.6);
            else if (filling != ChartFilling.Pale) Hatch(x, y, width, height, HatchGap, falling: filling == ChartFilling.Falling);
            return;
        }
        var tone = filling switch
        {
            ChartFilling.Dark => ChartTone.Dark,
            ChartFilling.Middle => ChartTone.Middle,
            ChartFilling.Pale => ChartTone.Pale,
            _ => ChartTone.Paper,
        };
        _marks.Add(new ChartBox(x, y, width, height, tone, filling is ChartFilling.Dark or ChartFilling.Middle ? null : ChartTone.Dark));
        if (filling is ChartFilling.Rising or ChartFilling.Crossed) Hatch(x, y, width, height, HatchGap);
        if (filling is ChartFilling.Falling or ChartFilling.Crossed) Hatch(x, y, width, height, HatchGap, falling: true);
    }

    /// <summary>Marks a value of a line: each series has a shape of its own.</summary>
    public void Marker(double x, double y, int series, bool isLast)
    {
        var fill = isLast ? ChartTone.Ink : ChartTone.Paper;
        const double r = 2.3;
        _marks.Add((series % 4) switch
        {
            0 => new ChartCircle(new(x, y), r, fill),
            1 => new ChartShape([new(x - r, y - r), new(x + r, y - r), new(x + r, y + r), new(x - r, y + r)], fill),
            2 => new ChartShape([new(x, y - r - 0.7), new(x + r + 0.4, y + r - 0.3), new(x - r - 0.4, y + r - 0.3)], fill),
            _ => new ChartShape([new(x, y - r - 0.7), new(x + r + 0.7, y), new(x, y + r + 0.7), new(x - r - 0.7, y)], fill),
        });
    }

    /// <summary>Names the series above the chart, in as many rows as they need, and returns their height; one series alone has no legend.</summary>
    public double Legend(Chart chart, double left, double right, Func<int, ChartFilling> filling)
    {
        var hasUnit = chart.Unit.Length > 0;
        var isBeside = hasUnit && WidthOf(chart.Unit) <= left - 6;
        var y = 0.0;
        if (isBeside) Text(chart.Unit, left - 6, 8, ChartAnchor.End, ChartTone.Quiet);
        else if (hasUnit) y += Rows(Wrapped(chart.Unit, right), 0, 0, ChartTone.Quiet);
        if (chart.Series.Count < 2) return hasUnit ? Math.Max(y, 14) : 4;
        var (x, lines) = (left + 2, 0);
        for (var i = 0; i < chart.Series.Count; i++)
        {
            var series = chart.Series[i];
            var isColumn = ColumnsLayout.IsColumn(chart, series);
            var swatch = isColumn ? 9 : 16;
            var width = swatch + 4 + WidthOf(series.Name);
            if (x > left + 2 && x + width > right) (x, y) = (left + 2, y + Row);
            if (isColumn)
            {
                Box(x, y + 1, 9, 8, filling(i));
            }
            else
            {
                Line(x, y + 5, x + swatch, y + 5, 1.2, ChartTone.Ink, series.Style == ChartSeriesStyle.Target || lines % 2 == 1);
                if (series.Style != ChartSeriesStyle.Target) Marker(x + swatch / 2.0, y + 5, lines++, isLast: false);
            }
            var rows = Wrapped(series.Name, right - x - swatch - 4);
            var high = Rows(rows, x + swatch + 4, y, ChartTone.Ink);
            (x, y) = rows.Count > 1 ? (right, y + high - Row) : (x + width + 16, y);
        }
        return y + Row + 3;
    }

    private double Rows(List<string> rows, double x, double y, ChartTone tone)
    {
        for (var i = 0; i < rows.Count; i++) Text(rows[i], x, y + 8 + i * Row, ChartAnchor.Start, tone);
        return rows.Count * Row;
    }

    /// <summary>The text in lines of a width, broken at spaces where there are any, else anywhere.</summary>
    public List<string> Wrapped(string text, double room)
    {
        List<string> lines = [];
        var rest = text.Trim();
        while (WidthOf(rest) > room)
        {
            var end = 1;
            while (end < rest.Length && WidthOf(rest[..(end + 1)]) <= room) end++;
            if (char.IsLowSurrogate(rest[Math.Min(end, rest.Length - 1)])) end = Math.Max(1, end - 1);
            if (char.IsHighSurrogate(rest[end - 1])) end++;
            if (end >= rest.Length) break;
            var space = rest.LastIndexOf(' ', end);
            if (space > 0) end = space;
            lines.Add(rest[..end].TrimEnd());
            rest = rest[end..].TrimStart();
        }
        lines.Add(rest);
        return lines;
    }

    // Lines at 45 degrees, cut off at the edges.
    private void Hatch(double x, double y, double width, double height, double gap, bool falling = false)
    {
        for (var at = gap; at < width + height; at += gap)
        {
            var from = at <= height ? new ChartPoint(0, at) : new ChartPoint(at - height, height);
            var to = at <= width ? new ChartPoint(at, 0) : new ChartPoint(width, at - width);
            Stroke([Moved(from), Moved(to)], 0.5, ChartTone.Dark);
        }

        ChartPoint Moved(ChartPoint p) => new(x + p.X, y + (falling ? height - p.Y : p.Y));
    }
}

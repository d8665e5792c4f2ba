namespace LogisticsAdmin.Documents.Charts;

/// <summary>A thing to draw, in points from the chart's upper left corner.</summary>
public abstract record ChartMark;

/// <summary>A place in a chart; y grows downwards.</summary>
public readonly record struct ChartPoint(double X, double Y);

/// <summary>A filled rectangle, with an outline if there is one.</summary>
public sealed record ChartBox(double X, double Y, double Width, double Height, ChartTone Fill, ChartTone? Outline = null) : ChartMark
{
    /// <summary>Whether its outline is dashed, for a period that has not ended.</summary>
    public bool IsOpen { get; init; }
}

/// <summary>Points joined by straight lines.</summary>
public sealed record ChartStroke(IReadOnlyList<ChartPoint> Points, double Width, ChartTone Tone, bool IsDashed = false) : ChartMark;

/// <summary>A closed shape that marks a value.</summary>
public sealed record ChartShape(IReadOnlyList<ChartPoint> Corners, ChartTone Fill) : ChartMark;

/// <summary>A circle that marks a value.</summary>
public sealed record ChartCircle(ChartPoint Centre, double Radius, ChartTone Fill) : ChartMark;

/// <summary>A text; <paramref name="Y"/> is its baseline.</summary>
public sealed record ChartText(string Text, double X, double Y, double Size, ChartAnchor Anchor, ChartTone Tone, bool IsBold = false) : ChartMark;

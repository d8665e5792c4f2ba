using System.Globalization;
using System.Net;
using System.Text;

namespace LogisticsAdmin.Documents.Charts;

/// <summary>Draws a chart as SVG, for pages and for engines that draw SVG.</summary>
public static class ChartSvg
{
    /// <summary>
    /// The chart as one element with a title for screen readers. Its colours are the custom properties <c>--chart-ink</c>, <c>-quiet</c>, <c>-grid</c>,
    /// <c>-dark</c>, <c>-middle</c>, <c>-pale</c> and <c>-paper</c>, so a page's themes can set them; where they are not set it is black on white.
    /// </summary>
    public static string ForPage(Chart chart, string title, double width = 640, double? height = null) =>
        Draw(chart, title, width, height, tone => $"var(--chart-{NameOf(tone)}, {PlainColour(tone)})", "inherit");

    /// <summary>The chart with fixed colours, for paper.</summary>
    public static string ForPaper(Chart chart, string title, double width, double? height = null) =>
        Draw(chart, title, width, height, PlainColour, "Noto Sans SC");

    /// <summary>The height that a chart takes at a width, in points.</summary>
    public static double HeightOf(Chart chart, double width, double? height = null) => ChartLayout.Of(chart, width, height, Measure).Height;

    private static string Draw(Chart chart, string title, double width, double? height, Func<ChartTone, string> colour, string font)
    {
        var layout = ChartLayout.Of(chart, width, height, Measure);
        var svg = new StringBuilder();
        svg.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"");
        svg.Append(CultureInfo.InvariantCulture, $" viewBox=\"0 0 {N(layout.Width)} {N(layout.Height)}\" font-family=\"{font}\">");
        svg.Append(CultureInfo.InvariantCulture, $"<title>{Escaped(title)}</title>");
        foreach (var mark in layout.Marks) svg.Append(Element(mark, colour));
        return svg.Append("</svg>").ToString();
    }

    private static string Element(ChartMark mark, Func<ChartTone, string> colour) => mark switch
    {
        ChartBox b => $"<rect x=\"{N(b.X)}\" y=\"{N(b.Y)}\" width=\"{N(b.Width)}\" height=\"{N(b.Height)}\" fill=\"{colour(b.Fill)}\"{Outline(b, colour)}/>",
        ChartStroke s => $"<polyline points=\"{Points(s.Points)}\" fill=\"none\" stroke=\"{colour(s.Tone)}\""
            + $" stroke-width=\"{N(s.Width)}\"{Dashes(s.IsDashed)}/>",
        ChartShape s => $"<polygon points=\"{Points(s.Corners)}\" fill=\"{colour(s.Fill)}\" stroke=\"{colour(ChartTone.Ink)}\"/>",
        ChartCircle c => $"<circle cx=\"{N(c.Centre.X)}\" cy=\"{N(c.Centre.Y)}\" r=\"{N(c.Radius)}\""
            + $" fill=\"{colour(c.Fill)}\" stroke=\"{colour(ChartTone.Ink)}\"/>",
        ChartText t => $"<text x=\"{N(t.X)}\" y=\"{N(t.Y)}\" font-size=\"{N(t.Size)}\" text-anchor=\"{Anchor(t.Anchor)}\" fill=\"{colour(t.Tone)}\""
            + $"{(t.IsBold ? " font-weight=\"700\"" : "")}>{Escaped(t.Text)}</text>",
        _ => throw new ArgumentOutOfRangeException(nameof(mark)),
    };

    private static string Outline(ChartBox box, Func<ChartTone, string> colour) =>
        box.Outline is null ? "" : $" stroke=\"{colour(box.Outline.Value)}\" stroke-width=\"0.6\"{Dashes(box.IsOpen)}";

    private static string Dashes(bool dashed) => dashed ? " stroke-dasharray=\"3 2\"" : "";

    private static string Anchor(ChartAnchor anchor) => anchor switch
    {
        ChartAnchor.Start => "start",
        ChartAnchor.Middle => "middle",
        _ => "end",
    };

    private static string NameOf(ChartTone tone) => tone switch
    {
        ChartTone.Ink => "ink",
        ChartTone.Quiet => "quiet",
        ChartTone.Grid => "grid",
        ChartTone.Dark => "dark",
        ChartTone.Middle => "middle",
        ChartTone.Pale => "pale",
        _ => "paper",
    };

    private static string PlainColour(ChartTone tone) => tone switch
    {
        ChartTone.Ink => "#1a1a1a",
        ChartTone.Quiet => "#5c5c5c",
        ChartTone.Grid => "#d9d9d9",
        ChartTone.Dark => "#3a3a3a",
        ChartTone.Middle => "#8c8c8c",
        ChartTone.Pale => "#d9d9d9",
        _ => "#ffffff",
    };

    private static string Points(IReadOnlyList<ChartPoint> points) => string.Join(' ', points.Select(p => $"{N(p.X)},{N(p.Y)}"));

    private static string N(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    private static double Measure(string text, double size, bool bold) => Typesetting.LineBreaker.Line(text, size, bold).Width;
}

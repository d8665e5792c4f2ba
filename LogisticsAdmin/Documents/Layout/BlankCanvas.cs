using LogisticsAdmin.Documents.Charts;
using LogisticsAdmin.Documents.Typesetting;

namespace LogisticsAdmin.Documents.Layout;

/// <summary>Draws nothing: for the pass that only finds out on which pages things are.</summary>
internal sealed class BlankCanvas : ICanvas
{
    public void AddPage() { }

    public void Begin(ElementTag tag) { }

    public void BeginFigure(string text, double x, double y, double width, double height) { }

    public void End() { }

    public void Text(PlacedText text, double x, double baseline, double size, Ink ink) { }

    public void Line(double x1, double y1, double x2, double y2, double width, Ink ink) { }

    public void Rectangle(double x, double y, double width, double height, Ink ink) { }

    public void Mark(ChartMark mark, double x, double y) { }

    public void Bookmark(int level, string title, double y) { }

    public void Link(double x, double y, double width, double height, int page) { }
}

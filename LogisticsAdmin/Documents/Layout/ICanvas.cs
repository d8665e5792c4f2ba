using LogisticsAdmin.Documents.Charts;
using LogisticsAdmin.Documents.Typesetting;

namespace LogisticsAdmin.Documents.Layout;

/// <summary>What layout draws on: pages of A4, in points from the upper left corner.</summary>
internal interface ICanvas
{
    void AddPage();

    void Begin(ElementTag tag);

    /// <summary>Begins a picture that is read aloud as the text.</summary>
    void BeginFigure(string text, double x, double y, double width, double height);

    void End();

    void Text(PlacedText text, double x, double baseline, double size, Ink ink);

    void Line(double x1, double y1, double x2, double y2, double width, Ink ink);

    void Rectangle(double x, double y, double width, double height, Ink ink);

    /// <summary>Draws a mark of a chart whose corner is there; texts come by <see cref="Text"/>.</summary>
    void Mark(ChartMark mark, double x, double y);

    void Bookmark(int level, string title, double y);

    /// <summary>Makes a place of this page lead to another page, counted from 1.</summary>
    void Link(double x, double y, double width, double height, int page);
}

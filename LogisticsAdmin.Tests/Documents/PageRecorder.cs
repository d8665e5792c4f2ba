using LogisticsAdmin.Documents;
using LogisticsAdmin.Documents.Charts;
using LogisticsAdmin.Documents.Layout;
using LogisticsAdmin.Documents.Typesetting;
using Xunit;

namespace LogisticsAdmin.Tests.Documents;

/// <summary>Remembers what is drawn, page by page.</summary>
internal sealed class PageRecorder : ICanvas
{
    private readonly Stack<ElementTag> _open = new();

    public List<List<Drawn>> Pages { get; } = [];

    public List<(int Level, string Title, int Page)> Bookmarks { get; } = [];

    public List<string> Figures { get; } = [];

    public static PageRecorder Of(Document document)
    {
        var recorder = new PageRecorder();
        DocumentLayout.Draw(document, recorder, null, CancellationToken.None);
        return recorder;
    }

    /// <summary>The text of a page that is no furniture.</summary>
    public string TextOf(int page) => string.Concat(Pages[page].Where(d => d.Tag != ElementTag.Furniture).Select(d => d.Text));

    public string Text => string.Concat(Pages.Select((_, i) => TextOf(i)));

    public void DemandNothingOverlaps()
    {
        DemandInsideThePage();
        foreach (var page in Pages)
        {
            for (var i = 0; i < page.Count; i++)
            {
                for (var k = i + 1; k < page.Count; k++)
                    Assert.False(page[i].Overlaps(page[k]), $"{page[i]} and {page[k]}");
            }
        }
    }

    public void DemandInsideThePage()
    {
        foreach (var drawn in Pages.SelectMany(p => p))
        {
            Assert.True(drawn.X >= 50 && drawn.X + drawn.Width <= 595 - 50, $"{drawn}");
            Assert.True(drawn.Tag == ElementTag.Furniture || drawn.Baseline <= 842 - 56, $"{drawn}");
        }
    }

    public void AddPage() => Pages.Add([]);

    public void Begin(ElementTag tag) => _open.Push(tag);

    public void BeginFigure(string text, double x, double y, double width, double height)
    {
        Figures.Add(text);
        _open.Push(ElementTag.Paragraph);
    }

    public void End() => _open.Pop();

    void ICanvas.Text(PlacedText text, double x, double baseline, double size, Ink ink)
    {
        var width = text.Text.EnumerateRunes().Sum(r => Characters.IsCombining(r) ? 0 : text.Face.File.Width(r.Value)) * size;
        Pages[^1].Add(new Drawn(text.Text, text.Face, x, baseline, width, size, _open.Contains(ElementTag.Furniture) ? ElementTag.Furniture : _open.Peek()));
    }

    public void Line(double x1, double y1, double x2, double y2, double width, Ink ink) { }

    public void Rectangle(double x, double y, double width, double height, Ink ink) { }

    public void Mark(ChartMark mark, double x, double y) { }

    public void Bookmark(int level, string title, double y) => Bookmarks.Add((level, title, Pages.Count));

    public void Link(double x, double y, double width, double height, int page) { }
}

/// <summary>A drawn text with its place.</summary>
internal sealed record Drawn(string Text, Face Face, double X, double Baseline, double Width, double Size, ElementTag Tag)
{
    /// <summary>Whether ink of both is at the same place. Half of a wide mark is empty.</summary>
    public bool Overlaps(Drawn other)
    {
        const double tolerance = 0.6;
        return X + Room < other.X + other.Width - other.Tail - tolerance && other.X + other.Room < X + Width - Tail - tolerance
            && Math.Abs(Baseline - other.Baseline) < 0.7 * Math.Min(Size, other.Size);
    }

    public override string ToString() => $"“{Text}” of {Size} from {X:0.0} to {X + Width:0.0} at {Baseline:0.0} ({Tag})";

    private double Room => Text.Length > 0 && "（“‘《〈「【〔".Contains(Text[0]) ? 0.6 * Size : 0;

    private double Tail => Text.Length > 0 && "。，、；：）】」』》〉”’？！〕".Contains(Text[^1]) ? 0.7 * Size : 0;
}

using LogisticsAdmin.Documents.Typesetting;

namespace LogisticsAdmin.Documents.Layout;

/// <summary>The head of an official letter: a red title, period and number below it, office and date above two red rules.</summary>
internal sealed class TitleLayout(PageFlow flow)
{
    private const double LargestTitle = 36, SmallestTitle = 20;

    private Sheet Sheet => flow.Sheet;

    private double Centre => Sheet.Left + Sheet.Width / 2;

    public void Draw()
    {
        flow.Y += 10;
        flow.Element(ElementTag.Title, DrawTitle);
        if (flow.Document.Subtitle is { Length: > 0 } subtitle) DrawCentred(subtitle, new TextStyle(14, 22, true));
        if (flow.Document.Number is { Length: > 0 } number) DrawCentred(number, new TextStyle(10.5, 18));
        flow.Y += 14;
        DrawOfficeAndDate();
        flow.Furniture(() =>
        {
            flow.Rule(flow.Y, 2.2, Ink.Red);
            flow.Rule(flow.Y + 3, 0.6, Ink.Red);
        });
        flow.Y += 22;
    }

    // A short Chinese title is spaced; a long one gets smaller, then more lines.
    private void DrawTitle()
    {
        var title = flow.Document.Title;
        var gap = flow.Words.IsChinese && title.Length <= 10 ? 10.0 : 0;
        var size = LargestTitle;
        while (size > SmallestTitle && LineBreaker.Line(title, size, true).Width + gap * title.Length > Sheet.Width) size -= 2;
        var style = new TextStyle(size, size * 1.4, true, Ink.Red);
        if (gap > 0 && LineBreaker.Line(title, size, true).Width + gap * title.Length <= Sheet.Width)
        {
            DrawSpaced(title, style, gap);
            return;
        }
        flow.Y += flow.Put(PageFlow.Lines(title, style, Sheet.Width), style, Centre, flow.Y, Align.Center) + 8;
    }

    private void DrawSpaced(string title, TextStyle style, double gap)
    {
        var clusters = Clusters.Of(title, true);
        var x = Centre - (clusters.Sum(c => c.Width) * style.Size + gap * (clusters.Count - 1)) / 2;
        foreach (var cluster in clusters)
        {
            flow.Canvas.Text(new PlacedText(cluster.Text, cluster.Face, 0), x, flow.Y + style.Ascent, style.Size, style.Ink);
            x += cluster.Width * style.Size + gap;
        }
        flow.Y += style.Lead + 8;
    }

    private void DrawCentred(string text, TextStyle style) =>
        flow.Element(ElementTag.Paragraph, () => flow.Y += flow.Put(PageFlow.Lines(text, style, Sheet.Width), style, Centre, flow.Y, Align.Center));

    private void DrawOfficeAndDate()
    {
        var style = TextStyle.Body;
        var (office, date) = (LineBreaker.Line(flow.Document.Office, style.Size, false), PageFlow.Lines(flow.Document.Date, style, Sheet.Width * 0.5));
        var room = Sheet.Width - 2 * style.Size - date.Max(l => l.Width) - 20;
        var lines = office.Width <= room ? [office] : PageFlow.Lines(flow.Document.Office, style, room);
        flow.Element(ElementTag.Paragraph, () =>
        {
            flow.Put(lines, style, Sheet.Left + style.Size, flow.Y);
            flow.Put(date, style, Sheet.Right - style.Size, flow.Y, Align.Right);
        });
        flow.Y += Math.Max(lines.Count, date.Count) * style.Lead + 1;
    }
}

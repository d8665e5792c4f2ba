using LogisticsAdmin.Documents.Typesetting;

namespace LogisticsAdmin.Documents.Layout;

/// <summary>Where on which page the next thing goes, and how text is put there.</summary>
internal sealed class PageFlow(Document document, ICanvas canvas)
{
    private readonly string _rightHead = document.Number ?? "";

    public Document Document => document;

    public ICanvas Canvas => canvas;

    public Sheet Sheet { get; } = document.Format == PageFormat.Slip ? Sheet.Slip : Sheet.Letter;

    public DocumentWords Words { get; } = new(document.Language);

    /// <summary>The page that is drawn on, from 1.</summary>
    public int Page { get; private set; }

    /// <summary>Where the next thing begins.</summary>
    public double Y { get; set; }

    public double Room => Sheet.Bottom - Y;

    public bool IsAtTop => Y <= Sheet.Top + 0.01;

    public bool IsSlip => document.Format == PageFormat.Slip;

    public void NewPage()
    {
        canvas.AddPage();
        Page++;
        Y = Sheet.Top;
        if (!IsSlip) Furniture(DrawMargins);
    }

    /// <summary>Begins a new page if there is less room than this.</summary>
    public void Need(double height)
    {
        if (height > Room + 0.01 && !IsAtTop) NewPage();
    }

    public void Element(ElementTag tag, Action draw)
    {
        canvas.Begin(tag);
        draw();
        canvas.End();
    }

    public void Furniture(Action draw) => Element(ElementTag.Furniture, draw);

    /// <summary>Draws a line of text so that its left end, centre or right end is at x.</summary>
    public void Put(TextLine line, TextStyle style, double x, double top, Align align = Align.Left)
    {
        var from = align switch
        {
            Align.Right => x - line.Width,
            Align.Center => x - line.Width / 2,
            _ => x,
        };
        foreach (var part in line.Parts) canvas.Text(part, from + part.X, top + style.Ascent, style.Size, style.Ink);
    }

    public void Put(string text, TextStyle style, double x, double top, Align align = Align.Left) =>
        Put(LineBreaker.Line(text, style.Size, style.IsBold), style, x, top, align);

    /// <summary>Draws lines below each other and returns their height.</summary>
    public double Put(IReadOnlyList<TextLine> lines, TextStyle style, double x, double top, Align align = Align.Left)
    {
        for (var i = 0; i < lines.Count; i++) Put(lines[i], style, x, top + i * style.Lead, align);
        return lines.Count * style.Lead;
    }

    public static List<TextLine> Lines(string text, TextStyle style, double width) => LineBreaker.Break(text, style.Size, style.IsBold, width);

    public static double WidthOf(string text, TextStyle style) => LineBreaker.Line(text, style.Size, style.IsBold).Width;

    public void Rule(double y, double width, Ink ink = Ink.Black) => canvas.Line(Sheet.Left, y, Sheet.Right, y, width, ink);

    // GB/T 9704: odd pages have their number on the right, even pages on the left, one character from the margin.
    private void DrawMargins()
    {
        var isOdd = Page % 2 == 1;
        var number = new TextStyle(10.5, 18);
        Put($"— {Page} —", number, isOdd ? Sheet.Right - 10.5 : Sheet.Left + 10.5, Sheet.PageHeight - 66, isOdd ? Align.Right : Align.Left);
        if (Page == 1 || document.RunningHead.Length + _rightHead.Length == 0) return;
        var style = TextStyle.CaptionNote;
        var right = Shortened(_rightHead, style, Sheet.Width * 0.45);
        Put(right, style, Sheet.Right, 51, Align.Right);
        Put(Shortened(document.RunningHead, style, Sheet.Width - right.Width - 20), style, Sheet.Left, 51);
        Rule(66, 0.4, Ink.Grey);
    }

    // The whole text is on the first page.
    private static TextLine Shortened(string text, TextStyle style, double width)
    {
        var lines = Lines(text, style, width);
        return lines.Count == 1 ? lines[0] : Lines(text, style, width - style.Size)[0] is var first
            ? first with { Parts = [.. first.Parts, new PlacedText("…", FontLibrary.Regular, first.Width)], Width = first.Width + style.Size } : lines[0];
    }
}

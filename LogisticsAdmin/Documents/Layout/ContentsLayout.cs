namespace LogisticsAdmin.Documents.Layout;

/// <summary>The headings of level 1 with their pages. Its height is the same whether the pages are known or not.</summary>
internal sealed class ContentsLayout(PageFlow flow, IReadOnlyList<int> pages)
{
    private static readonly TextStyle Entry = new(10.5, 19);

    public void Draw()
    {
        var headings = flow.Document.Blocks.OfType<Heading>().Where(h => h.Level == 1).ToList();
        if (headings.Count == 0) return;
        flow.Element(ElementTag.Heading, () => flow.Put(flow.Words.Contents, TextStyle.Heading, flow.Sheet.Left, flow.Y));
        flow.Y += TextStyle.Heading.Lead + 4;
        flow.Canvas.Begin(ElementTag.Contents);
        for (var i = 0; i < headings.Count; i++) DrawEntry(headings[i], i < pages.Count ? pages[i] : 0);
        flow.Canvas.End();
        flow.Y += 10;
    }

    private void DrawEntry(Heading heading, int page)
    {
        const double number = 30;
        var sheet = flow.Sheet;
        var lines = PageFlow.Lines(heading.Text, Entry, sheet.Width - number - 12);
        flow.Need(lines.Count * Entry.Lead);
        var last = flow.Y + (lines.Count - 1) * Entry.Lead;
        var from = sheet.Left + lines[^1].Width + 8;
        flow.Furniture(() =>
        {
            for (var x = sheet.Right - number; x > from; x -= 5) flow.Canvas.Rectangle(x, last + Entry.Ascent - 1, 0.9, 0.9, Ink.Grey);
        });
        flow.Element(ElementTag.ContentsItem, () =>
        {
            flow.Put(lines, Entry, sheet.Left, flow.Y);
            if (page > 0) flow.Put($"{page}", Entry, sheet.Right, last, Align.Right);
        });
        if (page > 0) flow.Canvas.Link(sheet.Left, flow.Y, sheet.Width, lines.Count * Entry.Lead, page);
        flow.Y += lines.Count * Entry.Lead;
    }
}

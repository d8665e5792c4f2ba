namespace LogisticsAdmin.Documents.Layout;

/// <summary>Lines to sign and date on, up to three side by side.</summary>
internal sealed class SignaturesLayout(PageFlow flow, SignatureBlock block) : BlockLayout(flow)
{
    private const double RowHeight = 66, Gap = 18;
    private static readonly TextStyle Style = new(10.5, 16);

    private int PerRow => Math.Clamp(block.Labels.Count, 1, 3);

    public override double Opening => block.Labels.Count == 0 ? 0 : 10 + RowHeight;

    public override void Draw()
    {
        if (block.Labels.Count == 0) return;
        Flow.Need(Opening);
        Flow.Y += 10;
        var width = (Sheet.Width - (PerRow - 1) * Gap) / PerRow;
        foreach (var row in block.Labels.Chunk(PerRow))
        {
            Flow.Need(RowHeight);
            for (var i = 0; i < row.Length; i++) DrawPlace(row[i], Sheet.Left + i * (width + Gap), width);
            Flow.Y += RowHeight;
        }
    }

    private void DrawPlace(string label, double left, double width)
    {
        var lines = PageFlow.Lines(label, Style, width);
        var isBeside = lines.Count == 1 && lines[0].Width < 0.55 * width;
        Flow.Element(ElementTag.Paragraph, () => Flow.Put(lines, Style, left, Flow.Y));
        var y = Flow.Y + (isBeside ? Style.Lead : (lines.Count + 1) * Style.Lead);
        Flow.Furniture(() => Flow.Canvas.Line(isBeside ? left + lines[0].Width + 6 : left, y, left + width, y, 0.5, Ink.Black));
        y += 10;
        Flow.Element(ElementTag.Paragraph, () => Flow.Put(Flow.Words.Date, Style, left, y));
        var from = left + PageFlow.WidthOf(Flow.Words.Date, Style) + 6;
        Flow.Furniture(() => Flow.Canvas.Line(from, y + Style.Lead, left + width, y + Style.Lead, 0.5, Ink.Black));
    }
}

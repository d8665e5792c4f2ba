using LogisticsAdmin.Documents.Typesetting;

namespace LogisticsAdmin.Documents.Layout;

/// <summary>Lines to sign and date on, up to three side by side.</summary>
internal sealed class SignaturesLayout(PageFlow flow, SignatureBlock block) : BlockLayout(flow)
{
    private const double Gap = 18, BelowDate = 34;
    private static readonly TextStyle Style = new(10.5, 16);

    private int PerRow => Math.Clamp(block.Labels.Count, 1, 3);

    private double Width => (Sheet.Width - (PerRow - 1) * Gap) / PerRow;

    public override double Opening => block.Labels.Count == 0 ? 0 : 10 + HeightOf(block.Labels.Take(PerRow));

    public override void Draw()
    {
        if (block.Labels.Count == 0) return;
        Flow.Need(Opening);
        Flow.Y += 10;
        foreach (var row in block.Labels.Chunk(PerRow))
        {
            var height = HeightOf(row);
            Flow.Need(height);
            for (var i = 0; i < row.Length; i++) DrawPlace(row[i], Sheet.Left + i * (Width + Gap), Width);
            Flow.Y += height;
        }
    }

    private double HeightOf(IEnumerable<string> labels) => labels.Max(l => LabelHeight(PageFlow.Lines(l, Style, Width))) + 10 + BelowDate;

    // A short label has its line beside it.
    private double LabelHeight(List<TextLine> label) => (IsBeside(label) ? 1 : label.Count + 1) * Style.Lead;

    private bool IsBeside(List<TextLine> label) => label.Count == 1 && label[0].Width < 0.55 * Width;

    private void DrawPlace(string label, double left, double width)
    {
        var lines = PageFlow.Lines(label, Style, width);
        var isBeside = IsBeside(lines);
        Flow.Element(ElementTag.Paragraph, () => Flow.Put(lines, Style, left, Flow.Y));
        var y = Flow.Y + LabelHeight(lines);
        Flow.Furniture(() => Flow.Canvas.Line(isBeside ? left + lines[0].Width + 6 : left, y, left + width, y, 0.5, Ink.Black));
        y += 10;
        Flow.Element(ElementTag.Paragraph, () => Flow.Put(Flow.Words.Date, Style, left, y));
        var from = left + PageFlow.WidthOf(Flow.Words.Date, Style) + 6;
        Flow.Furniture(() => Flow.Canvas.Line(from, y + Style.Lead, left + width, y + Style.Lead, 0.5, Ink.Black));
    }
}

using LogisticsAdmin.Documents.Typesetting;
using QRCoder;

namespace LogisticsAdmin.Documents.Layout;

/// <summary>A QR code on the left and lines on the right, of which the first one is large.</summary>
internal sealed class CodeLayout : BlockLayout
{
    private const double Side = 88, Gap = 14;
    private static readonly TextStyle First = new(18, 26, true), Others = new(10.5, 17);
    private readonly CodeBlock _block;
    private readonly List<(List<TextLine> Lines, TextStyle Style)> _lines;

    public CodeLayout(PageFlow flow, CodeBlock block) : base(flow)
    {
        _block = block;
        var width = Sheet.Width - (block.Text.Length > 0 ? Side + Gap : 0);
        _lines = [.. block.Lines.Select((line, i) => (PageFlow.Lines(line, i == 0 ? First : Others, width), i == 0 ? First : Others))];
    }

    private double LinesHeight => _lines.Sum(l => l.Lines.Count * l.Style.Lead);

    public override double Opening => Math.Max(_block.Text.Length > 0 ? Side : 0, LinesHeight) + 8;

    public override void Draw()
    {
        Flow.Need(Opening + Following);
        var (left, y) = (Sheet.Left, Flow.Y);
        if (_block.Text.Length > 0)
        {
            Flow.Canvas.BeginFigure(_block.Text, left, y, Side, Side);
            DrawCode(left, y);
            Flow.Canvas.End();
            left += Side + Gap;
        }
        foreach (var (lines, style) in _lines)
        {
            var top = y;
            Flow.Element(ElementTag.Paragraph, () => Flow.Put(lines, style, left, top));
            y += lines.Count * style.Lead;
        }
        Flow.Y += Opening;
    }

    // Dark squares side by side are one rectangle: less to print, and no thin lines between them.
    private void DrawCode(double left, double top)
    {
        using var code = QRCodeGenerator.GenerateQrCode(_block.Text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var unit = Side / rows.Count;
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Count; x++)
            {
                if (!rows[y][x]) continue;
                var from = x;
                while (x + 1 < rows[y].Count && rows[y][x + 1]) x++;
                Flow.Canvas.Rectangle(left + from * unit, top + y * unit, (x - from + 1) * unit, unit, Ink.Black);
            }
        }
    }
}

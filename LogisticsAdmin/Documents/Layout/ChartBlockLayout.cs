using LogisticsAdmin.Documents.Charts;
using LogisticsAdmin.Documents.Typesetting;

namespace LogisticsAdmin.Documents.Layout;

/// <summary>A chart below its caption. Bars that no page can hold go on on the next one.</summary>
internal sealed class ChartBlockLayout : BlockLayout
{
    private const double After = 8;
    private readonly ChartBlock _block;
    private readonly CaptionLayout _caption;
    private readonly IReadOnlyList<ChartLayout> _parts;

    public ChartBlockLayout(PageFlow flow, ChartBlock block) : base(flow)
    {
        _block = block;
        _caption = new CaptionLayout(flow, block.Caption, block.Note);
        _parts = ChartLayout.Parts(block.Chart, Sheet.Width, Sheet.Height - _caption.Height, Measure);
    }

    public override double Opening => _caption.Height + _parts[0].Height + (_parts.Count == 1 ? Tail : 0);

    private double Tail => Following > 0 ? After + Following : 0;

    public override void Draw()
    {
        Flow.Need(Opening);
        _caption.Draw();
        foreach (var (i, part) in _parts.Index())
        {
            Flow.Need(part.Height + (i == _parts.Count - 1 ? Tail : 0));
            Flow.Canvas.BeginFigure(_block.AltText, Sheet.Left, Flow.Y, part.Width, part.Height);
            foreach (var mark in part.Marks)
            {
                if (mark is ChartText text) DrawText(text);
                else Flow.Canvas.Mark(mark, Sheet.Left, Flow.Y);
            }
            Flow.Canvas.End();
            Flow.Y += part.Height;
        }
        Flow.Y += After;
    }

    private void DrawText(ChartText text)
    {
        var line = LineBreaker.Line(text.Text, text.Size, text.IsBold);
        var x = Sheet.Left + text.X - text.Anchor switch
        {
            ChartAnchor.Start => 0,
            ChartAnchor.Middle => line.Width / 2,
            _ => line.Width,
        };
        foreach (var part in line.Parts) Flow.Canvas.Text(part, x + part.X, Flow.Y + text.Y, text.Size, text.Tone == ChartTone.Quiet ? Ink.Grey : Ink.Black);
    }

    private static double Measure(string text, double size, bool bold) => LineBreaker.Line(text, size, bold).Width;
}

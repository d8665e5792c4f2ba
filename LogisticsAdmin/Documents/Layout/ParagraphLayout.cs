using LogisticsAdmin.Documents.Typesetting;

namespace LogisticsAdmin.Documents.Layout;

/// <summary>Running text. At least two lines of a paragraph stand together at the end and the beginning of a page; three are not divided.</summary>
internal sealed class ParagraphLayout : BlockLayout
{
    private const double Bar = 12;
    private readonly TextStyle _style;
    private readonly List<TextLine> _lines;
    private readonly double _indent, _left, _after;
    private readonly HashSet<int> _first = [];
    private readonly bool _isQuote;

    public ParagraphLayout(PageFlow flow, Paragraph paragraph) : base(flow)
    {
        _isQuote = paragraph.Kind == ParagraphKind.Quote;
        (_style, _after) = paragraph.Kind switch
        {
            ParagraphKind.Note => (TextStyle.Note, 4.0),
            ParagraphKind.Quote => (TextStyle.Quote, 8.0),
            _ => (TextStyle.Body, 4.0),
        };
        _left = Sheet.Left + (_isQuote ? Bar : 0);
        var isBody = paragraph.Kind == ParagraphKind.Body;
        _indent = isBody && flow.Words.IsChinese && !flow.IsSlip ? 2 * _style.Size : 0;
        _lines = [];
        foreach (var part in paragraph.Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            _first.Add(_lines.Count);
            var isJustified = flow.Words.IsChinese && !flow.IsSlip;
            _lines.AddRange(LineBreaker.Break(part, _style.Size, false, Sheet.Right - _left, _indent, isJustified));
        }
    }

    public override double Opening => _lines.Count <= 3 ? _lines.Count * _style.Lead + Tail : 2 * _style.Lead;

    // What must be free below the last line.
    private double Tail => Following > 0 ? _after + Following : 0;

    private ElementTag Tag => _isQuote ? ElementTag.Quote : ElementTag.Paragraph;

    public override void Draw()
    {
        Flow.Need(Opening);
        var top = Flow.Y;
        Flow.Canvas.Begin(Tag);
        for (var i = 0; i < _lines.Count; i++)
        {
            if (i > 0 && (_lines.Count - i == 2 ? 2 * _style.Lead + Tail : _style.Lead) > Flow.Room + 0.01)
            {
                // Tagged content ends with its page.
                Flow.Canvas.End();
                DrawBar(top);
                Flow.NewPage();
                Flow.Canvas.Begin(Tag);
                top = Flow.Y;
            }
            Flow.Put(_lines[i], _style, _left + (_first.Contains(i) ? _indent : 0), Flow.Y);
            Flow.Y += _style.Lead;
        }
        Flow.Canvas.End();
        DrawBar(top);
        Flow.Y += _after;
    }

    private void DrawBar(double top)
    {
        if (_isQuote && Flow.Y > top) Flow.Furniture(() => Flow.Canvas.Rectangle(Sheet.Left, top + 2, 1.5, Flow.Y - top - 4, Ink.Grey));
    }
}

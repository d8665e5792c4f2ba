using LogisticsAdmin.Documents.Typesetting;

namespace LogisticsAdmin.Documents.Layout;

/// <summary>A heading; it moves to the next page if what follows does not begin on this one.</summary>
internal sealed class HeadingLayout : BlockLayout
{
    private readonly Heading _heading;
    private readonly BlockLayout? _next;
    private readonly TextStyle _style;
    private readonly List<TextLine> _lines;
    private readonly double _above, _below;

    public HeadingLayout(PageFlow flow, Heading heading, BlockLayout? next) : base(flow)
    {
        (_heading, _next) = (heading, next);
        (_style, _above, _below) = heading.Level > 1 ? (TextStyle.Subheading, 6.0, 3.0)
            : flow.IsSlip ? (new TextStyle(20, 30, true), 4.0, 6.0) : (TextStyle.Heading, 12.0, 5.0);
        _lines = PageFlow.Lines(heading.Text, _style, Sheet.Width);
    }

    private double Height => _lines.Count * _style.Lead + _below;

    public override double Opening => _above + Height + (_next?.Opening ?? 0);

    public override void Draw()
    {
        Flow.Need(Math.Min(Opening, Sheet.Height));
        if (!Flow.IsAtTop) Flow.Y += _above;
        var isTitle = Flow.IsSlip && _heading.Level == 1;
        Flow.Canvas.Bookmark(_heading.Level, _heading.Text, Flow.Y);
        Flow.Element(isTitle ? ElementTag.Title : _heading.Level == 1 || Flow.IsSlip ? ElementTag.Heading : ElementTag.Subheading, () =>
            Flow.Put(_lines, _style, isTitle ? Sheet.Left + Sheet.Width / 2 : Sheet.Left, Flow.Y, isTitle ? Align.Center : Align.Left));
        Flow.Y += Height;
    }
}

using LogisticsAdmin.Documents.Typesetting;

namespace LogisticsAdmin.Documents.Layout;

/// <summary>Key figures in rows of up to four, on one page if it can hold them; a row is not divided.</summary>
internal sealed class TilesLayout : BlockLayout
{
    private const double Side = 10, Mark = 12.5, Large = 22, SmallestValue = 16, After = 8;
    private static readonly TextStyle Label = new(9, 12, Ink: Ink.Grey), Unit = new(9, 12, Ink: Ink.Grey), MarkStyle = new(8, Mark, true, Ink.White);
    private static readonly TextStyle LineLabel = new(8.5, 14, Ink: Ink.Grey), LineValue = new(8.5, 14);
    private readonly CaptionLayout _caption;
    private readonly IReadOnlyList<Tile> _tiles;
    private readonly int _perRow;
    private readonly double _width;
    private readonly List<double> _heights;

    public TilesLayout(PageFlow flow, TileGrid grid) : base(flow)
    {
        _caption = new CaptionLayout(flow, grid.Caption, grid.Note);
        _tiles = grid.Tiles;
        _perRow = grid.Tiles.Count is 3 or 5 or 6 or 9 ? 3 : Math.Clamp(grid.Tiles.Count, 1, 4);
        _width = Sheet.Width / _perRow;
        _heights = [.. _tiles.Chunk(_perRow).Select(row => PlaceRow(row).Max(p => p.Height))];
    }

    public override double Opening
    {
        get
        {
            var whole = _caption.Height + _heights.Sum() + Tail;
            return whole <= Sheet.Height ? whole : _caption.Height + _heights[0];
        }
    }

    private double Tail => Following > 0 ? After + Following : 0;

    public override void Draw()
    {
        Flow.Need(Opening);
        _caption.Draw();
        if (_tiles.Count == 0) return;
        Flow.Furniture(() => Flow.Rule(Flow.Y, 1.0));
        foreach (var (row, index) in _tiles.Chunk(_perRow).Select((r, i) => (r, i)))
        {
            var height = _heights[index];
            Flow.Need(height + (index == _heights.Count - 1 ? Tail : 0));
            if (index > 0) Flow.Furniture(() => Flow.Rule(Flow.Y, Flow.IsAtTop ? 1.0 : 0.4, Flow.IsAtTop ? Ink.Black : Ink.Grey));
            Flow.Furniture(() =>
            {
                for (var i = 1; i < row.Length; i++)
                    Flow.Canvas.Line(Sheet.Left + i * _width, Flow.Y + 9, Sheet.Left + i * _width, Flow.Y + height - 7, 0.5, Ink.Pale);
            });
            var parts = PlaceRow(row);
            for (var i = 0; i < row.Length; i++) DrawTile(row[i], parts[i], LeftOf(i), LeftOf(i) + InnerWidth(i));
            Flow.Y += height;
        }
        Flow.Furniture(() => Flow.Rule(Flow.Y, 1.0));
        Flow.Y += After;
    }

    private double LeftOf(int column) => Sheet.Left + column * _width + (column == 0 ? 2 : Side);

    private double InnerWidth(int column) => _width - (column == 0 ? 2 : Side) - (column == _perRow - 1 ? 2 : Side);

    // Values side by side have one size and stand on one line.
    private Parts[] PlaceRow(IReadOnlyList<Tile> row)
    {
        var size = row.Select((t, i) => SizeOf(t, InnerWidth(i))).Min();
        var labels = row.Select((t, i) => Place(t, InnerWidth(i), size, 0).Label.Count).Max();
        return [.. row.Select((t, i) => Place(t, InnerWidth(i), size, labels))];
    }

    private static double SizeOf(Tile tile, double width)
    {
        var (size, unit) = (Large, PageFlow.WidthOf(tile.Unit, Unit));
        while (size > SmallestValue && LineBreaker.Line(tile.Value, size, true).Width + unit + 3 > width) size--;
        return size;
    }

    private static Parts Place(Tile tile, double width, double size, int labelLines)
    {
        var mark = string.IsNullOrEmpty(tile.Mark) ? 0 : PageFlow.WidthOf(tile.Mark, MarkStyle) + 8;
        // A mark that leaves no room for the label is printed below it.
        var isBelow = mark > 0.6 * width;
        var label = PageFlow.Lines(isBelow ? $"{tile.Label}\n{tile.Mark}" : tile.Label, Label, width - (mark > 0 && !isBelow ? mark + 4 : 0));
        if (isBelow) mark = 0;
        while (label.Count < labelLines) label.Add(TextLine.Empty);
        var unit = PageFlow.WidthOf(tile.Unit, Unit);
        var style = new TextStyle(size, Math.Max(30, size * 1.3), true);
        var value = PageFlow.Lines(tile.Value, size > SmallestValue ? style : style with { Lead = 15 }, width);
        if (value.Count > 1) style = style with { Lead = 15 };
        var lines = tile.Lines.Select(l => PlaceLine(l, width)).ToList();
        var isUnitBelow = value[^1].Width + unit + 3 > width;
        var unitLines = PageFlow.Lines(tile.Unit, Unit, width);
        var high = 14 + label.Count * Label.Lead + 4 + value.Count * style.Lead + (isUnitBelow ? unitLines.Count * Unit.Lead : 0);
        var height = high + 2 + lines.Sum(line => line.Height) + 10;
        return new Parts(label, value, style, unitLines, isUnitBelow, lines, mark, height);
    }

    private static LineParts PlaceLine(TileLine line, double width)
    {
        var value = PageFlow.WidthOf(line.Value, LineValue);
        var isBeside = PageFlow.WidthOf(line.Label, LineLabel) + value + 6 <= width;
        return isBeside
            ? new LineParts(PageFlow.Lines(line.Label, LineLabel, width), PageFlow.Lines(line.Value, LineValue, width), true)
            : new LineParts(PageFlow.Lines(line.Label, LineLabel, width), PageFlow.Lines(line.Value, LineValue, width), false);
    }

    private void DrawTile(Tile tile, Parts parts, double left, double right)
    {
        var y = Flow.Y + 12;
        if (parts.Mark > 0) Flow.Furniture(() => Flow.Canvas.Rectangle(right - parts.Mark, y, parts.Mark, Mark, Ink.Black));
        Flow.Element(ElementTag.Paragraph, () =>
        {
            y += Flow.Put(parts.Label, Label, left, y) + 4;
            Flow.Put(parts.Value, parts.ValueStyle, left, y);
            var last = y + (parts.Value.Count - 1) * parts.ValueStyle.Lead;
            y = last + parts.ValueStyle.Lead;
            // On the baseline of the value, or below it.
            var unitTop = parts.IsUnitBelow ? y : last + parts.ValueStyle.Ascent - Unit.Ascent;
            Flow.Put(parts.Unit, Unit, parts.IsUnitBelow ? left : left + parts.Value[^1].Width + 3, unitTop);
            if (parts.IsUnitBelow) y += parts.Unit.Count * Unit.Lead;
            y += 2;
            foreach (var line in parts.Lines)
            {
                Flow.Put(line.Label, LineLabel, left, y);
                if (!line.IsBeside) y += line.Label.Count * LineLabel.Lead;
                Flow.Put(line.Value, LineValue, right, y, Align.Right);
                y += line.IsBeside ? LineLabel.Lead : line.Value.Count * LineValue.Lead;
            }
        });
        if (parts.Mark > 0)
            Flow.Element(ElementTag.Paragraph, () => Flow.Put(tile.Mark!, MarkStyle, right - parts.Mark / 2, Flow.Y + 12, Align.Center));
    }

    private sealed record Parts(
        List<TextLine> Label, List<TextLine> Value, TextStyle ValueStyle,
        List<TextLine> Unit, bool IsUnitBelow, List<LineParts> Lines, double Mark, double Height);

    private sealed record LineParts(List<TextLine> Label, List<TextLine> Value, bool IsBeside)
    {
        public double Height => IsBeside ? LineLabel.Lead : (Label.Count + Value.Count) * LineLabel.Lead;
    }
}

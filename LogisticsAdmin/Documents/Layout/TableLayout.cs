using LogisticsAdmin.Documents.Typesetting;

namespace LogisticsAdmin.Documents.Layout;

/// <summary>
/// A table. Its header is repeated on each page and never alone: the first two rows stay together, so do the last two, and a total stays with the row
/// above it. A row that is higher than a page is divided.
/// </summary>
internal sealed class TableLayout : BlockLayout
{
    private const int ManyColumns = 9, ManyRows = 12, FewestLines = 3;
    private const double After = 8;
    private readonly Table _table;
    private readonly CaptionLayout _caption;
    private readonly double[] _widths;
    private readonly List<TextLine>[] _head;
    private readonly List<TextLine>[][] _cells;
    private readonly TextStyle _headStyle, _cellStyle, _totalStyle;
    private readonly double _side, _above;
    private readonly bool _hasHead;
    private int _rowsOnPage;

    public TableLayout(PageFlow flow, Table table) : base(flow)
    {
        _table = table;
        _caption = new CaptionLayout(flow, table.Caption, table.Note);
        var size = table.Columns.Count > ManyColumns ? 8.0 : flow.IsSlip ? 10 : 9;
        _side = table.Columns.Count > ManyColumns ? 2 : 4;
        _above = flow.IsSlip ? 4 : table.Rows.Count > ManyRows || table.Columns.Count > ManyColumns ? 1.8 : 3;
        _cellStyle = new TextStyle(size, size + 3);
        _totalStyle = _cellStyle with { IsBold = true };
        _headStyle = new TextStyle(size - 0.5, size + 3, true, Ink.Dark);
        _hasHead = table.Columns.Any(c => c.Head.Length > 0);
        _widths = Widths();
        _head = [.. table.Columns.Select((c, i) => PageFlow.Lines(c.Head, _headStyle, _widths[i] - 2 * _side))];
        _cells = [.. table.Rows.Select(Wrapped)];
    }

    public override double Opening
    {
        get
        {
            var rows = _cells.Length == 0 ? Tail : HeightOf(0, EndOfGroup(0)) + (EndOfGroup(0) == _cells.Length ? Tail : 0);
            var fixedPart = _caption.Height + HeadHeight;
            return fixedPart + (fixedPart + rows > Sheet.Height ? FewestLines * _cellStyle.Lead : rows);
        }
    }

    private double Tail => Following > 0 ? After + Following : 0;

    private double HeadHeight => _hasHead ? _head.Max(c => c.Count) * _headStyle.Lead + 2 * _above : 0;

    /// <summary>The room for rows on a page of which the table has all.</summary>
    private double RoomOfPage => Sheet.Height - ContinuedCaption.Lead - 4 - HeadHeight;

    private static TextStyle ContinuedCaption => TextStyle.Caption;

    public override void Draw()
    {
        Flow.Need(Math.Min(Opening, Sheet.Height));
        _caption.Draw();
        Flow.Canvas.Begin(ElementTag.Table);
        DrawHead(isRepeated: false);
        for (var from = 0; from < _cells.Length;)
        {
            var to = EndOfGroup(from);
            if (HeightOf(from, to) + (to == _cells.Length ? Tail : 0) > Flow.Room + 0.01 && _rowsOnPage > 0) GoOn();
            for (var row = from; row < to; row++) DrawRow(row, HeightBelow(row, to));
            from = to;
        }
        Flow.Furniture(() => Flow.Rule(Flow.Y, 1.0));
        Flow.Canvas.End();
        Flow.Y += After;
    }

    // Rows that must be on one page if it can hold them.
    private int EndOfGroup(int from)
    {
        var to = from + 1;
        while (to < _cells.Length && (to == 1 || to == _cells.Length - 1 || _table.Rows[to].IsTotal)) to++;
        return to;
    }

    private double HeightOf(int from, int to)
    {
        var height = 0.0;
        for (var row = from; row < to; row++) height += HeightOfLines(LinesOf(row));
        return height;
    }

    // What stays on the page on which the row ends: its total, and what follows the table.
    private double HeightBelow(int row, int end) =>
        row == _cells.Length - 1 ? Tail
        : row + 1 < end && _table.Rows[row + 1].IsTotal ? HeightOf(row + 1, row + 2) + (row + 2 == _cells.Length ? Tail : 0) : 0;

    private int LinesOf(int row) => _cells[row].Length == 0 ? 1 : Math.Max(1, _cells[row].Max(c => c.Count));

    private double HeightOfLines(int lines) => lines * _cellStyle.Lead + 2 * _above;

    // A row alone, or with what stays below it, that no page can hold is divided; the latter then stays with the last lines.
    private void DrawRow(int row, double below)
    {
        below = Math.Min(below, RoomOfPage / 2);
        var lines = LinesOf(row);
        if (HeightOfLines(lines) + below > Flow.Room + 0.01 && _rowsOnPage > 0 && HeightOfLines(lines) + below <= RoomOfPage) GoOn();
        for (var from = 0; from < lines;)
        {
            var rest = lines - from;
            var fit = (int)Math.Floor((Flow.Room - 2 * _above + 0.01) / _cellStyle.Lead);
            if (fit < Math.Min(FewestLines, rest) && _rowsOnPage > 0)
            {
                GoOn();
                continue;
            }
            var take = Math.Clamp(rest, 1, Math.Max(1, fit));
            if (take == rest && below > 0 && HeightOfLines(take) + below > Flow.Room + 0.01)
            {
                if (rest > 1)
                {
                    take--;
                }
                else if (_rowsOnPage > 0)
                {
                    GoOn();
                    continue;
                }
            }
            DrawLines(row, from, take);
            from += take;
            if (from < lines) GoOn();
        }
    }

    private void DrawLines(int row, int from, int count)
    {
        var isTotal = _table.Rows[row].IsTotal;
        var height = HeightOfLines(count);
        Flow.Furniture(() =>
        {
            if (Flow.IsSlip) DrawGrid(height);
            else if (isTotal) Flow.Rule(Flow.Y, 0.5);
            else if (_rowsOnPage > 0) Flow.Rule(Flow.Y, 0.25, Ink.Pale);
        });
        DrawCells(_cells[row], isTotal ? _totalStyle : _cellStyle, ElementTag.DataCell, from, count);
        Flow.Y += height;
        _rowsOnPage++;
    }

    private void DrawHead(bool isRepeated)
    {
        Flow.Furniture(() => Flow.Rule(Flow.Y, 1.0));
        _rowsOnPage = 0;
        if (!_hasHead) return;
        var lines = _head.Max(c => c.Count);
        if (Flow.IsSlip) Flow.Furniture(() => DrawGrid(HeadHeight));
        // A repeated header is not read aloud again.
        if (isRepeated) Flow.Furniture(() => DrawCells(_head, _headStyle, null, 0, lines));
        else DrawCells(_head, _headStyle, ElementTag.HeaderCell, 0, lines);
        Flow.Y += HeadHeight;
        Flow.Furniture(() => Flow.Rule(Flow.Y, 0.5));
    }

    private void DrawCells(List<TextLine>[] cells, TextStyle style, ElementTag? tag, int from, int count)
    {
        if (tag is not null) Flow.Canvas.Begin(ElementTag.Row);
        var left = Sheet.Left;
        for (var i = 0; i < cells.Length; i++)
        {
            var align = _table.Columns[i].Align;
            var x = align switch
            {
                Align.Right => left + _widths[i] - _side,
                Align.Center => left + _widths[i] / 2,
                _ => left + _side,
            };
            if (tag is { } cell) Flow.Canvas.Begin(cell);
            for (var line = from; line < Math.Min(from + count, cells[i].Count); line++)
                Flow.Put(cells[i][line], style, x, Flow.Y + _above + (line - from) * style.Lead, align);
            if (tag is not null) Flow.Canvas.End();
            left += _widths[i];
        }
        if (tag is not null) Flow.Canvas.End();
    }

    private void DrawGrid(double height)
    {
        Flow.Rule(Flow.Y, 0.5);
        var x = Sheet.Left;
        foreach (var width in (double[])[0, .. _widths])
        {
            x += width;
            Flow.Canvas.Line(x, Flow.Y, x, Flow.Y + height, 0.5, Ink.Black);
        }
    }

    private void GoOn()
    {
        Flow.Furniture(() =>
        {
            Flow.Rule(Flow.Y, 0.5);
            if (!Flow.IsSlip) Flow.Put(Flow.Words.GoesOn, TextStyle.CaptionNote, Sheet.Right, Flow.Y + 3, Align.Right);
        });
        Flow.NewPage();
        if (_table.Caption.Length > 0)
        {
            Flow.Furniture(() =>
                Flow.Put(PageFlow.Lines(Flow.Words.Continued(_table.Caption), ContinuedCaption, Sheet.Width)[0], ContinuedCaption, Sheet.Left, Flow.Y));
            Flow.Y += ContinuedCaption.Lead + 4;
        }
        DrawHead(isRepeated: true);
    }

    private List<TextLine>[] Wrapped(TableRow row)
    {
        var style = row.IsTotal ? _totalStyle : _cellStyle;
        return [.. _table.Columns.Select((_, i) => PageFlow.Lines(CellOf(row, i), style, _widths[i] - 2 * _side))];
    }

    private static string CellOf(TableRow row, int column) => column < row.Cells.Count ? row.Cells[column].ReplaceLineEndings("\n") : "";

    // Shares by weight, but no column is narrower than its widest word where the others can spare it.
    private double[] Widths()
    {
        var columns = _table.Columns;
        var weights = columns.Sum(c => Math.Max(0.01, c.Weight));
        var needs = columns.Select((c, i) => Math.Min(0.5 * Sheet.Width, NeedOf(c, i))).ToArray();
        var scale = Math.Min(1, Sheet.Width / Math.Max(1, needs.Sum()));
        for (var i = 0; i < needs.Length; i++) needs[i] *= scale;
        double[] widths = [.. columns.Select((c, i) => Math.Max(needs[i], Math.Max(0.01, c.Weight) / weights * Sheet.Width))];
        var (excess, spare) = (widths.Sum() - Sheet.Width, widths.Sum() - needs.Sum());
        if (spare > 0)
            for (var i = 0; i < widths.Length; i++) widths[i] -= excess * (widths[i] - needs[i]) / spare;
        return widths;
    }

    private double NeedOf(TableColumn column, int index)
    {
        var need = LineBreaker.WidestWord(column.Head, _headStyle.Size, true);
        foreach (var row in _table.Rows) need = Math.Max(need, LineBreaker.WidestWord(CellOf(row, index), _cellStyle.Size, row.IsTotal));
        return need + 2 * _side + 0.5;
    }
}

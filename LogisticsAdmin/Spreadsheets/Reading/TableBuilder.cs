using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>Collects the cells of a sheet row by row and keeps the rows that are not blank.</summary>
internal sealed class TableBuilder(ReadBudget budget)
{
    // Only a hostile file merges many large areas on top of each other.
    private const int MaxFilled = 2_000_000;

    private readonly List<SheetRow> _rows = [];
    private readonly Cell[] _row = EmptyRow(budget.Limits.Columns);
    private int _used;
    private int _columns;

    /// <summary>Refuses content beyond the limit of columns.</summary>
    public void SetCell(int column, Cell cell)
    {
        if (cell.IsEmpty) return;
        if (column >= _row.Length) throw Rejected.Because<SpreadsheetsText>("TooManyColumns", _row.Length);
        _row[column] = cell;
        _used = Math.Max(_used, column + 1);
    }

    /// <summary>Rows must come in ascending order.</summary>
    public void EndRow(int number, bool isHidden, CsvRecord? record = null)
    {
        if (_used == 0) return;
        budget.CountRow(_used);
        _rows.Add(new SheetRow(number, _row[.._used], isHidden) { Record = record });
        _columns = Math.Max(_columns, _used);
        Array.Fill(_row, Cell.Empty, 0, _used);
        _used = 0;
    }

    public SheetTable Build(string name, IEnumerable<MergedArea> merged, Predicate<int> isHidden, bool countsFrom1904, int formulasWithoutValue)
    {
        var left = MaxFilled;
        foreach (var area in merged)
            if ((left -= Fill(area)) < 0) break;
        List<int> hidden = [.. Enumerable.Range(0, _columns).Where(c => isHidden(c))];
        return new SheetTable(name, _columns, _rows, hidden, countsFrom1904) { FormulasWithoutValue = formulasWithoutValue };
    }

    /// <summary>Copies the area's value to its cells in existing rows and used columns; returns how many cells were visited.</summary>
    private int Fill(MergedArea area)
    {
        budget.Step();
        var first = IndexOf(area.From.Row);
        if (first == _rows.Count || _rows[first].Number != area.From.Row) return 1;
        var value = _rows[first][area.From.Column];
        if (value.IsEmpty) return 1;
        var end = Math.Min(area.To.Column + 1, _columns);
        var visited = 1;
        for (var i = first; i < _rows.Count && _rows[i].Number <= area.To.Row; i++)
        {
            var row = _rows[i];
            var cells = (Cell[])row.Cells;
            if (cells.Length < end)
            {
                budget.CountCells(end - cells.Length);
                cells = [.. cells, .. Enumerable.Repeat(Cell.Empty, end - cells.Length)];
                _rows[i] = row with { Cells = cells };
            }
            for (var c = area.From.Column; c < end; c++)
                if (cells[c].IsEmpty) cells[c] = value;
            visited += Math.Max(1, end - area.From.Column);
            if (visited > MaxFilled) break;
        }
        return visited;
    }

    private int IndexOf(int number)
    {
        var (low, high) = (0, _rows.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_rows[middle].Number < number) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static Cell[] EmptyRow(int columns)
    {
        var row = new Cell[columns];
        Array.Fill(row, Cell.Empty);
        return row;
    }
}

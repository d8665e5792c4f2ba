using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>Gathers the cells of a sheet, row by row, and keeps only what holds anything.</summary>
internal sealed class TableBuilder(ReadBudget budget)
{
    // Areas are drawn by people; many large ones one above the other are not.
    private const int MaxFilled = 2_000_000;

    private readonly List<SheetRow> _rows = [];
    private readonly Cell[] _row = FilledRow(budget.Limits.Columns);
    private int _used;
    private int _columns;

    /// <summary>Refuses text longer than cells can be, and content in columns no list has.</summary>
    public void Put(int column, Cell cell)
    {
        if (cell.IsEmpty) return;
        if (column >= _row.Length) throw Rejected.Because<SpreadsheetsText>("TooManyColumns", _row.Length);
        _row[column] = cell;
        _used = Math.Max(_used, column + 1);
    }

    /// <summary>Rows come in order.</summary>
    public void EndRow(int number, bool isHidden, CsvRecord? record = null)
    {
        if (_used == 0) return;
        budget.Keep(_used);
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

    /// <summary>Gives the area's value to its cells in rows that are there and columns that are used; returns how many it looked at.</summary>
    private int Fill(MergedArea area)
    {
        budget.Tick();
        var first = IndexOf(area.From.Row);
        if (first == _rows.Count || _rows[first].Number != area.From.Row) return 1;
        var value = _rows[first][area.From.Column];
        if (value.IsEmpty) return 1;
        var end = Math.Min(area.To.Column + 1, _columns);
        var looked = 1;
        for (var i = first; i < _rows.Count && _rows[i].Number <= area.To.Row; i++)
        {
            var row = _rows[i];
            var cells = (Cell[])row.Cells;
            if (cells.Length < end)
            {
                budget.KeepMore(end - cells.Length);
                cells = [.. cells, .. Enumerable.Repeat(Cell.Empty, end - cells.Length)];
                _rows[i] = row with { Cells = cells };
            }
            for (var c = area.From.Column; c < end; c++)
                if (cells[c].IsEmpty) cells[c] = value;
            looked += Math.Max(1, end - area.From.Column);
            if (looked > MaxFilled) break;
        }
        return looked;
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

    private static Cell[] FilledRow(int columns)
    {
        var row = new Cell[columns];
        Array.Fill(row, Cell.Empty);
        return row;
    }
}

using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>What one reading may spend. Cancels when asked to, and refuses when time, cells or text run out.</summary>
internal sealed class ReadBudget(SheetLimits limits, TimeProvider clock, Action<int>? progress, CancellationToken ct)
{
    private const int TicksPerLook = 1024;
    private const int RowsPerReport = 500;

    private readonly long _start = clock.GetTimestamp();
    private int _ticks;
    private int _rows;
    private int _cells;
    private long _characters;

    public SheetLimits Limits => limits;

    /// <summary>Called for every small step.</summary>
    public void Tick()
    {
        if (++_ticks % TicksPerLook == 0) Look();
    }

    public void Look()
    {
        ct.ThrowIfCancellationRequested();
        if (clock.GetElapsedTime(_start) > limits.Time) throw Rejected.Because<SpreadsheetsText>("FileTooSlow", (int)limits.Time.TotalSeconds);
    }

    /// <summary>One more row is kept, with so many cells.</summary>
    public void Keep(int cells)
    {
        if (++_rows > limits.Rows) throw Rejected.Because<SpreadsheetsText>("TooManyRows", limits.Rows);
        KeepMore(cells);
        if (_rows % RowsPerReport == 0) progress?.Invoke(_rows);
    }

    public void KeepMore(int cells)
    {
        if ((_cells += cells) > limits.Cells) throw Rejected.Because<SpreadsheetsText>("TooManyCells", limits.Cells);
    }

    public void KeepText(int characters)
    {
        if ((_characters += characters) > limits.Characters) throw Rejected.Because<SpreadsheetsText>("PartsTooBig");
    }

    public void Finish() => progress?.Invoke(_rows);
}

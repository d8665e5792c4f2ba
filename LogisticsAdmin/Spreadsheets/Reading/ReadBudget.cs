using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>Limits of time, cells and text while a file is read. Refuses the file when one is exceeded, and observes cancellation.</summary>
internal sealed class ReadBudget(SheetLimits limits, TimeProvider clock, Action<int>? progress, CancellationToken ct)
{
    private const int StepsPerCheck = 1024;
    private const int RowsPerProgress = 500;

    private readonly long _start = clock.GetTimestamp();
    private int _steps;
    private int _rows;
    private int _cells;
    private long _characters;

    public SheetLimits Limits => limits;

    /// <summary>Called for every XML node; checks time and cancellation now and then.</summary>
    public void Step()
    {
        if (++_steps % StepsPerCheck == 0) Check();
    }

    public void Check()
    {
        ct.ThrowIfCancellationRequested();
        if (clock.GetElapsedTime(_start) > limits.Time) throw Rejected.Because<SpreadsheetsText>("FileTooSlow", (int)limits.Time.TotalSeconds);
    }

    public void CountRow(int cells)
    {
        if (++_rows > limits.Rows) throw Rejected.Because<SpreadsheetsText>("TooManyRows", limits.Rows);
        CountCells(cells);
        if (_rows % RowsPerProgress == 0) progress?.Invoke(_rows);
    }

    public void CountCells(int cells)
    {
        if ((_cells += cells) > limits.Cells) throw Rejected.Because<SpreadsheetsText>("TooManyCells", limits.Cells);
    }

    public void CountText(int characters)
    {
        if ((_characters += characters) > limits.Characters) throw Rejected.Because<SpreadsheetsText>("PartsTooBig");
    }

    public void ReportRows() => progress?.Invoke(_rows);
}

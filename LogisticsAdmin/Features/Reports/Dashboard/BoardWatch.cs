using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Reports.Dashboard;

/// <summary>One open dashboard: which period it looks at, and the newest snapshot for it. The board works while there is at least one.</summary>
public sealed class BoardWatch : IDisposable
{
    private readonly SemaphoreSlim _ready = new(0, 1);
    private readonly Lock _lock = new();
    private readonly DashboardBoard _board;
    private BoardSnapshot? _latest;

    internal BoardWatch(DashboardBoard board, ReportPeriod period) => (_board, Period) = (board, period);

    public ReportPeriod Period { get; private set; }

    /// <summary>Asks for another period; a snapshot that has it follows.</summary>
    public void Look(ReportPeriod period)
    {
        if (period == Period) return;
        Period = period;
        _board.Wake();
    }

    /// <summary>Waits for a snapshot that was not handed out yet; those in between are left out.</summary>
    public async Task<BoardSnapshot> NextAsync(CancellationToken ct)
    {
        await _ready.WaitAsync(ct);
        lock (_lock) return _latest!;
    }

    internal void Offer(BoardSnapshot snapshot)
    {
        lock (_lock)
        {
            _latest = snapshot;
            if (_ready.CurrentCount == 0) _ready.Release();
        }
    }

    public void Dispose() => _board.Leave(this);
}

using System.Threading.Channels;
using LogisticsAdmin.Data;

namespace LogisticsAdmin.Tests.Support;

/// <summary>
/// The clock of one <see cref="PeriodicJob"/>, which tells a test where the job is: how long it waits within a run, and that a run has ended. A job asks
/// for a timestamp at the beginning and at the end of each run.
/// </summary>
internal sealed class JobClock(TimeProvider clock) : TimeProvider
{
    private readonly Channel<TimeSpan?> _steps = Channel.CreateUnbounded<TimeSpan?>();
    private bool _isRunning;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp()
    {
        _isRunning = !_isRunning;
        if (!_isRunning) _steps.Writer.TryWrite(null);
        return clock.GetTimestamp();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = clock.CreateTimer(callback, state, dueTime, period);
        // The job's own interval is the only timer with a period.
        if (period == Timeout.InfiniteTimeSpan) _steps.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>For how long the job waits now, or null when a run has ended. A job that does neither fails the test.</summary>
    public Task<TimeSpan?> NextAsync(CancellationToken ct) => _steps.Reader.ReadAsync(ct).AsTask().WaitAsync(TestTimeouts.Default, ct);
}

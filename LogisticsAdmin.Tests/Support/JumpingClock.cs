using Microsoft.Extensions.Time.Testing;

namespace LogisticsAdmin.Tests.Support;

/// <summary>A clock that somebody sets forward or back, while timestamps and timers go on.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private readonly FakeTimeProvider _steady = new(TestHost.Start);
    private TimeSpan _ahead;

    public override long TimestampFrequency => _steady.TimestampFrequency;

    /// <summary>Time passes.</summary>
    public void Advance(TimeSpan by) => _steady.Advance(by);

    /// <summary>The clock is set; no time passes.</summary>
    public void Jump(TimeSpan by) => _ahead += by;

    public override DateTimeOffset GetUtcNow() => _steady.GetUtcNow() + _ahead;

    public override long GetTimestamp() => _steady.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _steady.CreateTimer(callback, state, dueTime, period);
}

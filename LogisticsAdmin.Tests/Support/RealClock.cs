namespace LogisticsAdmin.Tests.Support;

/// <summary>A clock that goes on as real time does, from a moment of the tests: for what waits for another program.</summary>
internal sealed class RealClock(DateTimeOffset start) : TimeProvider
{
    private TimeSpan _ahead = start - System.GetUtcNow();

    public void Advance(TimeSpan by) => _ahead += by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;
}

namespace LogisticsAdmin.Tests.Support;

/// <summary>How long tests wait for asynchronous events. Only a failing test uses it up, so it is long enough for a busy machine.</summary>
internal static class TestTimeouts
{
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(30);
}

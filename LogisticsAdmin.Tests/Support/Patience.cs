namespace LogisticsAdmin.Tests.Support;

/// <summary>How long a test waits for what happens in its own time. Only a failure uses it up, so it is long enough for a busy machine.</summary>
internal static class Patience
{
    public static readonly TimeSpan Enough = TimeSpan.FromSeconds(30);
}

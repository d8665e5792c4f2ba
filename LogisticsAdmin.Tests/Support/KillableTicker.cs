using System.Globalization;
using LogisticsAdmin.Features.Repairs.Work;

namespace LogisticsAdmin.Tests.Support;

/// <summary>
/// Entry of <c>tick-until-killed DIR FROM</c>: advances the clock from the given moment, runs the time-driven work, and prints each
/// completed tick.
/// </summary>
internal static class KillableTicker
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync(string directory, string from)
    {
        await using var host = await TestHost.StartAsync(directory);
        var worker = host.AsSystem().Get<RepairClock>();
        for (var at = Moment(from); ; at += Every)
        {
            host.Clock.SetUtcNow(at);
            await worker.TickAsync();
            Console.WriteLine(Done(at));
        }
    }

    /// <summary>The line for a completed tick; a line that was cut off by the kill differs from it.</summary>
    public static string Done(DateTimeOffset at) => FormattableString.Invariant($"{at.UtcTicks};");

    public static DateTimeOffset Moment(string line) => new(long.Parse(line.TrimEnd(';'), CultureInfo.InvariantCulture), TimeSpan.Zero);
}

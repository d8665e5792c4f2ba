using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Tests.Support;

/// <summary>Entry of <c>close-until-killed DIR</c>: closes and reopens a month as fast as it can and prints each acknowledged closing.</summary>
internal static class KillableClosing
{
    public static readonly ReportPeriod Month = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));

    public static readonly TimeSpan UntilOver = TimeSpan.FromDays(12);

    public static async Task<int> RunAsync(string directory)
    {
        await using var host = await TestHost.StartAsync(directory);
        host.Clock.Advance(UntilOver);
        var closing = (await host.AsAsync(TestUsers.Manager)).Get<ClosingService>();
        var reports = (await host.AsAsync(TestUsers.Manager)).Get<ReportService>();
        // A kill leaves it open or closed.
        if ((await reports.ClosingsAsync(Month)).Any(c => c.ReopenedAt is null)) await ReopenAsync();
        while (true)
        {
            Console.WriteLine(Closed(await closing.CloseAsync(Month)));
            await ReopenAsync();
        }

        Task ReopenAsync() => closing.ReopenAsync(new ReopenForm { Month = Month, Reason = "again" });
    }

    /// <summary>The line for an acknowledged closing; a line that was cut off by the kill differs from it.</summary>
    public static string Closed(long id) => FormattableString.Invariant($"{id};");
}

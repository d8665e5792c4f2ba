using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Tests.Data;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Reports;

[Collection(nameof(KillTests))]
public sealed class ClosingKillTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_while_closing_a_month_it_is_open_or_closed_and_never_half()
    {
        var directory = await TestHost.NewStorageAsync();
        await using (var host = await TestHost.StartAsync(directory)) await host.TicketAsync(TicketStatus.Closed);
        HashSet<string> acknowledged = [];
        foreach (var lines in new[] { 1, 4, 11 })
        {
            await CloseUntilKilledAsync(directory, lines, acknowledged);

            await using var host = await TestHost.StartAsync(directory);
            host.Clock.Advance(KillableClosing.UntilOver);
            var closings = await host.InDatabaseAsync(db => db.Set<ReportClosing>().Include(c => c.Content).OrderBy(c => c.Number).ToListAsync(Ct));
            Assert.Empty(acknowledged.Except(closings.Select(c => KillableClosing.Closed(c.Id))));
            Assert.Equal(Enumerable.Range(1, closings.Count), closings.Select(c => c.Number));
            Assert.InRange(closings.Count(c => c.ReopenedAt is null), 0, 1);
            Assert.All(closings, c => Assert.Equal(
                1, ClosedContent.Read(c.Content.Bytes).SectionOf("repairs.closed")!.Snapshot.Value("repairs.closed").Counted));
            var month = await (await host.AsAsync(TestUsers.Manager)).Get<ReportService>().MonthAsync(KillableClosing.Month, Ct);
            Assert.Equal(closings.Any(c => c.ReopenedAt is null), month.Closing is not null);
            await foreach (var (subject, problems) in host.AsSystem().Get<StorageInspection>().InspectAsync(Ct))
                Assert.True(problems.Count == 0, $"{subject}: {string.Join(' ', problems)}");
        }
        TestHost.DropStorage(directory);
    }

    private static async Task CloseUntilKilledAsync(string directory, int lines, HashSet<string> acknowledged)
    {
        await using var closing = AppProcess.Close(directory);
        var error = closing.Process.StandardError.ReadToEndAsync(Ct);
        for (var read = 0; read < lines; read++)
        {
            if (await closing.Process.StandardOutput.ReadLineAsync(Ct) is not { } line) Assert.Fail($"It ended by itself: {await error}");
            else acknowledged.Add(line);
        }
        closing.Process.Kill();
        while (await closing.Process.StandardOutput.ReadLineAsync(Ct) is { } line)
            if (line.EndsWith(';')) acknowledged.Add(line);
    }
}

using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

/// <summary>Runs these tests last and without others in parallel: they use both cores and kill the processes they started.</summary>
[CollectionDefinition(nameof(KillTests), DisableParallelization = true)]
public sealed class KillsAlone;

[Collection(nameof(KillTests))]
public sealed class KillTests
{
    /// <summary>The environment variable KILLS asks for more of them.</summary>
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("KILLS") ?? "5", CultureInfo.InvariantCulture);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_while_writing_again_and_again_no_acknowledged_change_is_lost_and_the_app_starts()
    {
        var directory = await TestHost.NewStorageAsync();
        HashSet<string> acknowledged = [];
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = acknowledged.Count;
            await WriteUntilKilledAsync(directory, lines: Random.Shared.Next(1, 80), acknowledged);
            Assert.True(acknowledged.Count > before, "The writer was killed before it wrote anything.");

            await using var host = await TestHost.StartAsync(directory);
            var stored = await host.InDatabaseAsync(db => db.RepairTickets
                .Join(db.RepairEvents, t => t.Id, e => e.TicketId, (t, e) => new { t.Number, e.Verb }).ToListAsync(Ct));
            Assert.Empty(acknowledged.Except(stored.Select(s => KillableWriter.Acknowledge(s.Number, s.Verb))));
            await foreach (var (subject, problems) in host.AsSystem().Get<StorageInspection>().InspectAsync(Ct))
                Assert.True(problems.Count == 0, $"{subject}: {string.Join(' ', problems)}");
        }

        var (app, address) = await AppProcess.ServeAsync(directory, Ct);
        await using (app)
        {
            using var browser = new HttpClient { BaseAddress = address };
            Assert.Equal("Healthy", await browser.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Ct));
        }
        Directory.Delete(directory, recursive: true);
    }

    private static async Task WriteUntilKilledAsync(string directory, int lines, HashSet<string> acknowledged)
    {
        await using var writer = AppProcess.Write(directory);
        var error = writer.Process.StandardError.ReadToEndAsync(Ct);
        for (var read = 0; read < lines; read++)
        {
            if (await writer.Process.StandardOutput.ReadLineAsync(Ct) is not { } line) Assert.Fail($"The writer ended by itself: {await error}");
            else acknowledged.Add(line);
        }
        writer.Process.Kill();
        while (await writer.Process.StandardOutput.ReadLineAsync(Ct) is { } line)
            if (line.EndsWith(';')) acknowledged.Add(line);
    }
}

using System.Globalization;
using System.Text;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Data;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

[Collection(nameof(KillTests))]
public sealed class ImportKillTests
{
    private const int Rows = 40_000, Kills = 3;

    /// <summary>
    /// Sizes of the write-ahead log between which the import is under way: the start writes less, and most rows are not stored yet when memory
    /// first overflows into the log. The whole import writes 25 MB, so at two thirds there is work left on any machine.
    /// </summary>
    private const int UnderWay = 4_000_000, MostlyDone = 16_000_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_in_the_middle_a_log_leaves_nothing_of_itself_and_the_next_run_brings_all_of_it()
    {
        var (storage, files) = (await TestHost.NewStorageAsync(), TestHost.NewDirectory());
        string[] import = ["import-log", Path.Combine(files, "log.csv"), "--map", Path.Combine(files, "map.json")];
        await File.WriteAllTextAsync(import[1], Log(), Ct);
        await File.WriteAllTextAsync(import[3], ConsoleTests.Map, Ct);

        for (var kill = 0; kill < Kills; kill++)
        {
            await KillUnderWayAsync(storage, import);
            Assert.Equal((0, 0, 0), await BroughtAsync(storage));
        }

        var result = await AppProcess.RunAsync(storage, import, Ct);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal((Rows, Rows, 1), await BroughtAsync(storage));
        TestHost.DropStorage(storage);
        Directory.Delete(files, recursive: true);
    }

    private static async Task KillUnderWayAsync(string storage, string[] import)
    {
        await using var app = AppProcess.Begin(storage, import);
        FileInfo log = new(Path.Combine(storage, "logistics.db-wal"));
        var enough = Random.Shared.Next(UnderWay, MostlyDone);
        for (log.Refresh(); !log.Exists || log.Length < enough; log.Refresh())
        {
            Assert.False(app.Process.HasExited, "It ended before it could be killed.");
            await Task.Delay(5, Ct);
        }
        app.Process.Kill();
        await app.Process.WaitForExitAsync(Ct);
    }

    /// <summary>Counts of tickets, of searchable tickets and of the log's campuses, after checking that the storage is intact.</summary>
    private static async Task<(int Tickets, int Found, int Campuses)> BroughtAsync(string storage)
    {
        await using var host = await TestHost.StartAsync(storage);
        await foreach (var (subject, problems) in host.AsSystem().Get<StorageInspection>().InspectAsync(Ct))
            Assert.True(problems.Count == 0, $"{subject}: {string.Join(' ', problems)}");
        return await host.InDatabaseAsync(async db => (
            await db.RepairTickets.CountAsync(Ct),
            (int)await db.Database.SqlQueryRaw<long>("SELECT count(*) AS \"Value\" FROM \"RepairTicketSearch_docsize\"").SingleAsync(Ct),
            await db.Set<Campus>().CountAsync(c => c.Code == "OLD", Ct)));
    }

    private static string Log()
    {
        var log = new StringBuilder("Id,Created,What\n");
        for (var row = 0; row < Rows; row++)
            log.AppendLine(CultureInfo.InvariantCulture, $"{row},2025-{1 + (row % 12):00}-{1 + (row % 28):00},水管漏水第 {row} 处，墙角已经发霉");
        return log.ToString();
    }
}

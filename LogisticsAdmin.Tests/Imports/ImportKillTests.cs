using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Tests.Data;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Imports;

[Collection(nameof(KillTests))]
public sealed class ImportKillTests
{
    [Fact]
    public async Task Killed_in_the_middle_of_a_commit_nothing_is_half_done_and_the_next_one_is_whole()
    {
        var directory = await TestHost.NewStorageAsync();
        foreach (var lines in new[] { 1, 12, 30 }) await ImportUntilKilledAsync(directory, lines);

        await using (var host = await TestHost.StartAsync(directory))
        {
            Assert.Equal(0, await host.InDatabaseAsync(db => db.Users.CountAsync(p => p.Number!.StartsWith("88"), Ct)));
            Assert.Equal(0, await host.InDatabaseAsync(db => db.ImportBatches.CountAsync(Ct)));
            await foreach (var (subject, problems) in host.AsSystem().Get<StorageInspection>().InspectAsync(Ct))
                Assert.True(problems.Count == 0, $"{subject}: {string.Join(' ', problems)}");
            var (_, counts) = await (await host.AsAsync(TestUsers.Administrator)).ImportAsync("people", KillableImport.File);
            Assert.Equal(new ImportCounts(KillableImport.People, 0, 0, 0), counts);
        }
        TestHost.DropStorage(directory);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task ImportUntilKilledAsync(string directory, int lines)
    {
        await using var import = AppProcess.Import(directory);
        var error = import.Process.StandardError.ReadToEndAsync(Ct);
        for (var read = 0; read < lines; read++)
        {
            var line = await import.Process.StandardOutput.ReadLineAsync(Ct);
            if (line is null or "done") Assert.Fail($"The import ended before it could be killed: {await error}");
        }
        import.Process.Kill();
        await import.Process.WaitForExitAsync(Ct);
    }
}

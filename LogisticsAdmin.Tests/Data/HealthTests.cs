using LogisticsAdmin.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

public sealed class HealthTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_storage_that_answers_and_takes_files_is_ready_and_keeps_no_probe()
    {
        await using var house = await TestHouse.OpenAsync();

        Assert.Equal(HealthStatus.Healthy, await ReadyAsync(house));
        Assert.Empty(Directory.GetFiles(house.Directory, ".probe*"));
    }

    [Fact]
    public async Task A_database_that_another_program_damaged_is_not_ready()
    {
        await using var house = await TestHouse.OpenAsync();
        Assert.Equal(HealthStatus.Healthy, await ReadyAsync(house));
        SqliteConnection.ClearAllPools();
        await File.WriteAllTextAsync(Path.Combine(house.Directory, "logistics.db"), "damaged", Ct);

        Assert.Equal(HealthStatus.Unhealthy, await ReadyAsync(house));
    }

    [Fact]
    public async Task A_storage_that_takes_no_files_is_not_ready()
    {
        var directory = await TestHouse.NewStorageAsync();
        await using (var house = await TestHouse.StartAsync(directory))
        {
            // The open database still works from its moved file; only the directory is gone.
            await house.InDatabaseAsync(db => Task.FromResult(db.Users.Count()));
            Directory.Move(directory, directory + "-moved");

            Assert.Equal(HealthStatus.Unhealthy, await ReadyAsync(house));
        }
        Directory.Delete(directory + "-moved", recursive: true);
    }

    private static async Task<HealthStatus> ReadyAsync(TestHouse house) =>
        (await house.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(c => c.Tags.Contains("ready"), Ct)).Status;
}

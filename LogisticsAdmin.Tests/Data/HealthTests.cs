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
        await using var host = await TestHost.OpenAsync();

        Assert.Equal(HealthStatus.Healthy, await ReadyAsync(host));
        Assert.Empty(Directory.GetFiles(host.Directory, ".probe*"));
    }

    [Fact]
    public async Task A_database_that_another_program_damaged_is_not_ready()
    {
        await using var host = await TestHost.OpenAsync();
        Assert.Equal(HealthStatus.Healthy, await ReadyAsync(host));
        SqliteConnection.ClearAllPools();
        await File.WriteAllTextAsync(Path.Combine(host.Directory, "logistics.db"), "damaged", Ct);

        Assert.Equal(HealthStatus.Unhealthy, await ReadyAsync(host));
    }

    [Fact]
    public async Task A_storage_that_takes_no_files_is_not_ready()
    {
        var directory = await TestHost.NewStorageAsync();
        await using (var host = await TestHost.StartAsync(directory))
        {
            // The open database still works from its moved file; only the directory is gone.
            await host.InDatabaseAsync(db => Task.FromResult(db.Users.Count()));
            Directory.Move(directory, directory + "-moved");

            Assert.Equal(HealthStatus.Unhealthy, await ReadyAsync(host));
        }
        Directory.Delete(directory + "-moved", recursive: true);
    }

    private static async Task<HealthStatus> ReadyAsync(TestHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(c => c.Tags.Contains("ready"), Ct)).Status;
}

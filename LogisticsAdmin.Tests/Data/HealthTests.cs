using System.Net;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Sqlite;
using LogisticsAdmin.Live;
using LogisticsAdmin.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

public sealed class HealthTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_storage_that_takes_writes_and_files_has_no_fault_and_keeps_no_probe()
    {
        await using var host = await TestHost.OpenAsync();

        Assert.Null(await FaultAsync(host));

        Assert.DoesNotContain(Directory.GetFiles(host.Directory, "*", SearchOption.AllDirectories), f => f.Contains("probe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_that_another_program_damaged_is_found()
    {
        await using var host = await TestHost.OpenAsync();
        Assert.Null(await FaultAsync(host));
        TestHost.ClearPool(host.Directory);
        await File.WriteAllTextAsync(DatabaseOf(host), "damaged", Ct);

        Assert.Equal(StorageFault.Damaged, await FaultAsync(host));
    }

    /// <summary>The log goes with the last connection, also between a checkpoint and the look at its size.</summary>
    [Fact]
    public async Task A_log_that_is_gone_by_now_has_no_size()
    {
        await using var host = await TestHost.OpenAsync();
        var nowhere = Options.Create(new StorageOptions { Directory = Path.Combine(host.Directory, "nowhere") });
        using var checkpoints = ActivatorUtilities.CreateInstance<WalCheckpoints>(host.AsSystem().Get<IServiceProvider>(), nowhere);
        checkpoints.WarnOfSize();
    }

    [Fact]
    public async Task A_deleted_database_is_found_although_the_open_one_still_works()
    {
        await using var host = await TestHost.OpenAsync();
        Assert.Null(await FaultAsync(host));
        File.Delete(DatabaseOf(host));
        Assert.NotEqual(0, await host.InDatabaseAsync(db => db.Users.CountAsync(Ct)));

        Assert.Equal(StorageFault.Missing, await FaultAsync(host));
    }

    [Fact]
    public async Task A_database_that_was_replaced_by_a_copy_is_found_although_the_open_one_still_works()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync();
        File.Copy(DatabaseOf(host), DatabaseOf(host) + ".copy");
        foreach (var open in new[] { "", "-wal", "-shm" }) File.Delete(DatabaseOf(host) + open);
        File.Move(DatabaseOf(host) + ".copy", DatabaseOf(host));

        Assert.Equal(StorageFault.Replaced, await FaultAsync(host));
    }

    [Fact]
    public async Task A_database_that_another_program_locks_is_found_and_free_again_afterwards()
    {
        await using var host = await TestHost.OpenAsync();
        await using (ForeignLock.On(host.Directory)) Assert.Equal(StorageFault.Locked, await FaultAsync(host));

        Assert.Null(await FaultAsync(host));
    }

    [Fact]
    public async Task An_own_writer_that_takes_long_is_no_fault()
    {
        await using var host = await TestHost.OpenAsync();
        using var turn = await host.Services.GetRequiredService<WriteGate>().EnterAsync(Ct);

        Assert.Null(await FaultAsync(host));
    }

    [Theory]
    [InlineData("keys", StorageFault.Keys)]
    [InlineData("uploads", StorageFault.Uploads)]
    public async Task Keys_that_are_gone_and_uploads_that_can_not_be_written_are_found(string folder, StorageFault fault)
    {
        await using var host = await TestHost.OpenAsync();
        Assert.Null(await FaultAsync(host));
        Directory.Delete(Path.Combine(host.Directory, folder), recursive: true);
        await File.WriteAllTextAsync(Path.Combine(host.Directory, folder), "in the way", Ct);

        Assert.Equal(fault, await FaultAsync(host));
    }

    [Fact]
    public async Task A_disk_with_less_space_than_asked_for_is_found()
    {
        await using var host = await TestHost.OpenAsync(s => s.Configure<StorageOptions>(o => o.MinimumFreeMegabytes = long.MaxValue >> 20));

        Assert.Equal(StorageFault.DiskSpace, await FaultAsync(host));
    }

    [Fact]
    public async Task A_fault_is_logged_once_and_so_is_its_end_and_pages_are_told()
    {
        using var log = new RecordingLoggerProvider();
        await using var host = await TestHost.OpenAsync(s => s.AddLogging(l => l.AddProvider(log)));
        using var page = host.Services.GetRequiredService<IChangeFeed>().Subscribe(null, c => c is KeyChanged { Topic: StorageState.Topic });
        var state = host.Services.GetRequiredService<StorageState>();

        state.Report(null);
        Assert.Equal(HealthStatus.Healthy, await ReadyAsync(host));
        Assert.Empty(log.WarningsAndErrors);
        state.Report(StorageFault.Locked);
        state.Report(StorageFault.Locked);
        Assert.Equal(HealthStatus.Unhealthy, await ReadyAsync(host));
        Assert.Equal(HealthStatus.Unhealthy, await ReadyAsync(host));
        Assert.NotNull(await page.NextAsync(Ct));
        Assert.Single(log.WarningsAndErrors);
        state.Report(null);

        Assert.NotNull(await page.NextAsync(Ct));
        Assert.Equal(HealthStatus.Healthy, await ReadyAsync(host));
        Assert.Equal(2, log.WarningsAndErrors.Count());
    }

    [Fact]
    public async Task A_result_that_is_old_does_not_count()
    {
        await using var host = await TestHost.OpenAsync();
        Assert.Equal(HealthStatus.Unhealthy, await ReadyAsync(host));
        host.Services.GetRequiredService<StorageState>().Report(null);
        Assert.Equal(HealthStatus.Healthy, await ReadyAsync(host));

        host.Clock.Advance(StorageState.Validity);

        Assert.Equal(HealthStatus.Unhealthy, await ReadyAsync(host));
    }

    [Fact]
    public async Task The_running_app_is_ready_and_within_ten_seconds_not_ready_when_another_program_locks_its_database()
    {
        await using var app = await TestApp.StartAsync();
        using var client = app.Visitor();
        await UntilAsync(client, HttpStatusCode.OK);

        await using (ForeignLock.On(app.Directory))
        {
            using var tenSeconds = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            tenSeconds.CancelAfter(TimeSpan.FromSeconds(10));
            await UntilAsync(client, HttpStatusCode.ServiceUnavailable, tenSeconds.Token);
        }
        await UntilAsync(client, HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_disk_that_fills_is_reported_once_and_withdrawn_when_there_is_space_again()
    {
        using var log = new RecordingLoggerProvider();
        await using var host = await TestHost.OpenAsync(services => services.AddSingleton<ILoggerProvider>(log));
        var (options, state) = (host.Services.GetRequiredService<IOptions<StorageOptions>>().Value, host.Services.GetRequiredService<StorageState>());
        options.WarnFreeMegabytes = long.MaxValue / 1024 / 1024 / 2;

        for (var i = 0; i < 3; i++) Assert.Null(await FaultAsync(host));
        Assert.Equal([StorageWarning.DiskFills], state.Warnings);
        options.WarnFreeMegabytes = 0;
        Assert.Null(await FaultAsync(host));

        Assert.Empty(state.Warnings);
        Assert.Single(log.Warnings, w => w.Contains(nameof(StorageWarning.DiskFills), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_write_ahead_log_that_a_reader_keeps_from_shrinking_is_reported_once()
    {
        using var log = new RecordingLoggerProvider();
        await using var app = await TestApp.StartAsync(
            settings: new Dictionary<string, string> { ["Storage:WarnLogMegabytes"] = "6" }, change: s => s.AddSingleton<ILoggerProvider>(log));
        var state = app.Services.GetRequiredService<StorageState>();
        using (var reader = new SqliteConnection($"Data Source={Path.Combine(app.Directory, "logistics.db")};Pooling=false"))
        {
            reader.Open();
            using var reading = reader.BeginTransaction(deferred: true);
            using var command = reader.CreateCommand();
            command.CommandText = "SELECT count(*) FROM sqlite_master";
            command.ExecuteScalar();
            while (!state.Warnings.Contains(StorageWarning.LogGrows))
            {
                await app.InDatabaseAsync(async db =>
                {
                    db.Audit.Add(
                        new AuditEntry { Entity = "Test", EntityId = 1, Field = "Test", New = new string('x', 1_000_000), At = TestHost.Start, ActorId = 1 });
                    return await db.SaveChangesAsync(Ct);
                });
            }
        }

        Assert.Single(log.Warnings, w => w.Contains(nameof(StorageWarning.LogGrows), StringComparison.Ordinal));
    }

    private static async Task UntilAsync(HttpClient client, HttpStatusCode wanted, CancellationToken? within = null)
    {
        while (true)
        {
            using var answer = await client.GetAsync("/health/ready", within ?? Ct);
            if (answer.StatusCode == wanted) return;
            await Task.Delay(50, within ?? Ct);
        }
    }

    private static string DatabaseOf(TestHost host) => host.Services.GetRequiredService<IOptions<StorageOptions>>().Value.Database;

    private static async Task<StorageFault?> FaultAsync(TestHost host) => (await host.AsSystem().Get<StorageProbe>().FindFaultAsync(Ct)).Fault;

    private static async Task<HealthStatus> ReadyAsync(TestHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(c => c.Tags.Contains("ready"), Ct)).Status;
}

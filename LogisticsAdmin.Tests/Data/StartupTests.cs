using System.Runtime.Versioning;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Sqlite;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

public sealed class StartupTests : IAsyncLifetime
{
    private string _directory = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_directory, "logistics.db");

    public async ValueTask InitializeAsync() => _directory = await TestHost.NewStorageAsync();

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_storage_in_use_is_refused_until_it_is_free()
    {
        await using (await TestHost.StartAsync(_directory))
            Assert.Contains("in use by another", await RefusalAsync(), StringComparison.Ordinal);

        await (await TestHost.StartAsync(_directory)).DisposeAsync();
    }

    [Fact]
    public async Task A_storage_that_cannot_be_made_is_refused()
    {
        var file = Path.Combine(_directory, "a-file");
        await File.WriteAllTextAsync(file, "", Ct);

        Assert.Contains("can't be written", await RefusalAsync(Path.Combine(file, "storage")), StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_read_only_storage_is_refused()
    {
        // Permissions don't restrict root, but nobody can create files in the kernel's own folders.
        var directory = Environment.IsPrivilegedProcess ? "/sys/kernel" : _directory;
        if (directory == _directory) File.SetUnixFileMode(_directory, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.Contains("can't be written", await RefusalAsync(directory), StringComparison.Ordinal);
        }
        finally
        {
            if (directory == _directory) File.SetUnixFileMode(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_is_refused()
    {
        File.Delete(Database);
        Directory.CreateDirectory(Database);

        Assert.Contains("can't be written", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 5_000)]
    [InlineData(4_096, 400_000)]
    public async Task A_corrupt_database_is_refused(int from, int length)
    {
        await using (var file = new FileStream(Database, FileMode.Open))
        {
            file.Position = from;
            var garbage = new byte[Math.Min(length, file.Length - from)];
            new Random(7).NextBytes(garbage);
            await file.WriteAsync(garbage, Ct);
        }

        Assert.Contains("not a healthy database", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_another_program_has_locked_is_refused()
    {
        await using var other = new SqliteConnection($"Data Source={Database};Pooling=False");
        await other.OpenAsync(Ct);
        await ExecuteAsync(other, "BEGIN IMMEDIATE");

        Assert.Contains("locked by another program", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_app_is_refused_untouched()
    {
        await using (var later = await TestHost.StartAsync(_directory, OneMoreMigration.Install)) Assert.NotNull(later);

        Assert.Contains("newer version", await RefusalAsync(), StringComparison.Ordinal);
        Assert.True(await HasNewIndexAsync());
    }

    [Fact]
    public async Task An_older_database_is_backed_up_and_migrated_even_with_a_migration_lock_left_behind()
    {
        await using (var other = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            await other.OpenAsync(Ct);
            await ExecuteAsync(
                other,
                """CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL); """
                + """INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-11-22')""");
        }
        Assert.False(await HasNewIndexAsync());

        string backup;
        await using (var newer = await TestHost.StartAsync(_directory, OneMoreMigration.Install))
        {
            Assert.Equal(OneMoreMigration.Id, await newer.InDatabaseAsync(async db => (await db.Database.GetAppliedMigrationsAsync(Ct)).Last()));
            backup = Assert.Single(Directory.GetFiles(Path.Combine(_directory, "backups"), "*-before-migration.zip"));
        }
        Assert.True(await HasNewIndexAsync());

        // The backup is the older database, which the current app can open again.
        var storage = Microsoft.Extensions.Options.Options.Create(new StorageOptions { Directory = _directory });
        var restoring = new Backups(storage, new SqliteStorage(storage), TimeProvider.System);
        await restoring.RestoreAsync(backup, Ct);
        await (await TestHost.StartAsync(_directory)).DisposeAsync();
        Assert.False(await HasNewIndexAsync());
    }

    [Fact]
    public async Task A_start_on_an_up_to_date_database_makes_no_backup_and_adds_nothing()
    {
        await (await TestHost.StartAsync(_directory)).DisposeAsync();
        await using var host = await TestHost.StartAsync(_directory);

        Assert.False(Directory.Exists(Path.Combine(_directory, "backups")));
        Assert.Equal(1, await host.InDatabaseAsync(db => db.Users.CountAsync(p => p.UserName == TestUsers.Administrator, Ct)));
    }

    private async Task<string> RefusalAsync(string? directory = null)
    {
        var problem = await Assert.ThrowsAsync<StartupProblem>(() => TestHost.StartAsync(directory ?? _directory));
        Assert.DoesNotContain('\n', problem.Message);
        return problem.Message;
    }

    private async Task<bool> HasNewIndexAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM sqlite_master WHERE name = '{OneMoreMigration.Index}'";
        return Equals(await command.ExecuteScalarAsync(Ct), 1L);
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Sqlite;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

/// <summary>
/// Databases of earlier versions can be started. FirstRelease.sql is a small database as the last version with ten migrations left it; every
/// later migration is applied to it here.
/// </summary>
public sealed class MigrationTests : IAsyncLifetime
{
    private readonly string _directory = TestHost.NewDirectory();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_directory, "logistics.db");

    public async ValueTask InitializeAsync() =>
        await ExecuteAsync(
            $"BEGIN; {await File.ReadAllTextAsync(Path.Combine(SourceTree.Top, "LogisticsAdmin.Tests", "Data", "FirstRelease.sql"), Ct)} COMMIT");

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_database_with_the_ten_first_migrations_starts_and_its_history_then_names_one_for_them()
    {
        Assert.Equal(10, (await QueryAsync(Database, "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"")).Count);

        await using var host = await TestHost.StartAsync(_directory);

        var (applied, known) = await host.InDatabaseAsync(async db => (await db.Database.GetAppliedMigrationsAsync(Ct), db.Database.GetMigrations()));
        Assert.Equal(known, applied);
        Assert.Equal(FoldedMigrations.LastId, applied.First());
        Assert.Empty(applied.Intersect(FoldedMigrations.EarlierIds));
        Assert.Single(Directory.GetFiles(Path.Combine(_directory, "backups"), "*-before-migration.zip"));
        var found = await (await host.AsAsync(TestUsers.Administrator)).Tickets.SearchAsync("窗帘轨道", ct: Ct);
        Assert.NotEmpty(found);
    }

    [Fact]
    public async Task A_second_start_finds_nothing_to_do()
    {
        await (await TestHost.StartAsync(_directory)).DisposeAsync();
        await (await TestHost.StartAsync(_directory)).DisposeAsync();

        Assert.Single(Directory.GetFiles(Path.Combine(_directory, "backups")));
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(9, false)]
    [InlineData(4, true)]
    public async Task A_database_with_only_some_of_the_ten_is_refused_in_one_sentence_that_says_what_to_do(int earlier, bool last)
    {
        var history = FoldedMigrations.EarlierIds.Take(earlier).Concat(last ? [FoldedMigrations.LastId] : []).ToList();
        await ExecuteAsync($"DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" NOT IN ({string.Join(", ", history.Select(id => $"'{id}'"))})");

        var problem = await Assert.ThrowsAsync<StartupProblem>(() => TestHost.StartAsync(_directory));

        Assert.DoesNotContain('\n', problem.Message);
        Assert.Contains("Start the version before this one once, or restore a newer backup", problem.Message, StringComparison.Ordinal);
        Assert.Contains("请先用上一个版本启动一次", problem.Message, StringComparison.Ordinal);
        Assert.Equal(history.Order(), (await QueryAsync(Database, "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"")).Order());
        Assert.False(Directory.Exists(Path.Combine(_directory, "backups")));
    }

    [Fact]
    public async Task Check_says_that_a_database_is_too_old()
    {
        await ExecuteAsync("DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" > '20261124'");
        await using var host = await TestHost.OpenAsync(services =>
            services.Configure<StorageOptions>(storage => storage.Directory = _directory));

        List<string> problems = [];
        await foreach (var (_, found) in host.AsSystem().Get<StorageInspection>().InspectAsync(Ct)) problems.AddRange(found);

        Assert.Contains("too old", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the ten migrations as they were")]
    [InlineData("the one they were folded into")]
    public async Task Migrating_up_from_the_first_release_makes_the_tables_of_a_new_database(string history)
    {
        if (history.StartsWith("the one", StringComparison.Ordinal))
            await ExecuteAsync($"DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" <> '{FoldedMigrations.LastId}'");
        var before = await QueryAsync(Database, "SELECT \"Number\" FROM \"RepairTickets\" UNION SELECT \"UserName\" FROM \"People\"");
        var fresh = await TestHost.NewStorageAsync();

        await (await TestHost.StartAsync(_directory)).DisposeAsync();

        Assert.Equal(await SchemaAsync(Path.Combine(fresh, "logistics.db")), await SchemaAsync(Database));
        Assert.Equal(before, await QueryAsync(Database, "SELECT \"Number\" FROM \"RepairTickets\" UNION SELECT \"UserName\" FROM \"People\""));
        Assert.Empty(await QueryAsync(Database, "SELECT \"table\" FROM pragma_foreign_key_check"));
        TestHost.DropStorage(fresh);
    }

    [Fact]
    public async Task Two_databases_that_differ_in_a_column_an_index_or_a_check_are_not_taken_for_equal()
    {
        var before = await SchemaAsync(Database);
        foreach (var change in new[]
        {
            "ALTER TABLE \"People\" ADD COLUMN \"X\" TEXT NULL",
            "CREATE INDEX \"IX_X\" ON \"People\" (\"PhoneNumber\")",
            "CREATE TABLE \"X\" (\"Y\" INTEGER NOT NULL)",
            "DROP INDEX \"IX_People_Number\"; CREATE UNIQUE INDEX \"IX_People_Number\" ON \"People\" (\"Number\")",
        })
        {
            await ExecuteAsync(change);
            var after = await SchemaAsync(Database);
            Assert.NotEqual(before, after);
            before = after;
        }
    }

    /// <summary>
    /// Every table, index, trigger and view. A table's columns are sorted, because a column added later is the last one of an older table.
    /// </summary>
    private static async Task<List<string>> SchemaAsync(string database)
    {
        var created = await QueryAsync(database, """
            SELECT sql FROM sqlite_master
            WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT LIKE '%Search%' AND name NOT LIKE '\_\_EF%' ESCAPE '\'
            ORDER BY type, name
            """);
        return [.. created.Select(sql => sql.StartsWith("CREATE TABLE", StringComparison.Ordinal) ? WithSortedColumns(sql) : sql)];
    }

    private static string WithSortedColumns(string table)
    {
        var (start, depth) = (table.IndexOf('(', StringComparison.Ordinal) + 1, 0);
        List<string> columns = [];
        for (var at = start; at < table.Length; at++)
        {
            if (table[at] == '(') depth++;
            if (table[at] == ')') depth--;
            if (depth >= 0 && (depth > 0 || table[at] != ',')) continue;
            columns.Add(table[start..at].Trim());
            start = at + 1;
        }
        return table[..table.IndexOf('(', StringComparison.Ordinal)] + string.Join('\n', columns.Order(StringComparer.Ordinal));
    }

    private static async Task<List<string>> QueryAsync(string database, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Ct);
        List<string> rows = [];
        while (await reader.ReadAsync(Ct)) rows.Add(reader.GetString(0));
        return rows;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=False;Foreign Keys=False");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }
}

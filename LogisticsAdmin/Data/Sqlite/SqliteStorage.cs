using System.Reflection;
using LogisticsAdmin.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Options;
using SQLitePCL;

namespace LogisticsAdmin.Data.Sqlite;

/// <inheritdoc/>
internal sealed class SqliteStorage(IOptions<StorageOptions> storage) : IDatabaseStorage
{
    private const int ProbeTimeoutSeconds = 3;

    public async Task ProbeAsync(CancellationToken ct)
    {
        if (!File.Exists(storage.Value.Database)) return;
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(storage.Value.SqliteConnection)
        {
            Pooling = false,
            DefaultTimeout = ProbeTimeoutSeconds,
        }.ToString());
        await connection.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = connection.CreateCommand();
        // A read-only file lets a transaction begin and refuses only what is written in it.
        command.CommandText = "CREATE TABLE \"__Probe\" (\"Id\" INTEGER)";
        await command.ExecuteNonQueryAsync(ct);
        await transaction.RollbackAsync(ct);
    }

    public async Task<bool> ProbeWriteAsync(TimeSpan patience, CancellationToken ct)
    {
        await using var file = new SqliteConnection(new SqliteConnectionStringBuilder(storage.Value.SqliteInspection)
        {
            DefaultTimeout = (int)patience.TotalSeconds,
        }.ToString());
        await file.OpenAsync(ct);
        await using var transaction = await file.BeginTransactionAsync(ct);
        await using var command = file.CreateCommand();
        // A number that belongs to the user of SQLite and that this app does not use: setting it writes one page.
        command.CommandText = "PRAGMA user_version=0";
        await command.ExecuteNonQueryAsync(ct);
        var isSameFile = await IsLockedForAppAsync(ct);
        await transaction.CommitAsync(ct);
        return isSameFile;
    }

    /// <summary>A file that was deleted or replaced still works for those who have it open, but knows nothing of locks on the new one.</summary>
    private async Task<bool> IsLockedForAppAsync(CancellationToken ct)
    {
        await using var connection = new SqliteConnection(storage.Value.SqliteConnection);
        await connection.OpenAsync(ct);
        var handle = connection.Handle!;
        raw.sqlite3_busy_timeout(handle, 0);
        try
        {
            if (raw.sqlite3_exec(handle, "BEGIN IMMEDIATE") != raw.SQLITE_OK) return true;
            raw.sqlite3_exec(handle, "ROLLBACK");
            return false;
        }
        finally
        {
            raw.sqlite3_busy_timeout(handle, ConnectionPragmas.BusyMilliseconds);
        }
    }

    public StorageFault FaultOf(Exception e) =>
        !File.Exists(storage.Value.Database) ? StorageFault.Missing
        : SqliteErrors.IsLocked(e) ? StorageFault.Locked
        : SqliteErrors.IsUnwritable(e) ? StorageFault.ReadOnly
        : StorageFault.Damaged;

    public StartupProblem? ProblemOf(Exception e) =>
        SqliteErrors.IsDamaged(e) ? StartupProblem.Corrupt(storage.Value.Database, e)
        : SqliteErrors.IsFull(e) ? StartupProblem.Full(storage.Value.Root, e)
        : SqliteErrors.IsUnwritable(e) ? StartupProblem.ReadOnly(storage.Value.Root, e)
        : SqliteErrors.IsLocked(e) ? StartupProblem.Locked(storage.Value.Database, e)
        : null;

    public bool IsEngineError(Exception? e) => e is SqliteException;

    public Task ReleaseMigrationLockAsync(LogisticsDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);

    public IReadOnlyList<string> FoldedMigrations => Sqlite.FoldedMigrations.EarlierIds;

    public async Task ForgetFoldedMigrationsAsync(LogisticsDb db, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach (var id in FoldedMigrations)
            await db.Database.ExecuteSqlAsync($"""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = {id}""", ct);
        await transaction.CommitAsync(ct);
    }

    public async Task<IReadOnlyList<string>> ReadMigrationNotesAsync(LogisticsDb db, CancellationToken ct)
    {
        var tables = await db.Database.SqlQuery<string>($"""SELECT name AS "Value" FROM sqlite_master WHERE name = {MigrationNotes.Table}""").ToListAsync(ct);
        return tables.Count == 0 ? [] : await db.Database.SqlQueryRaw<string>(MigrationNotes.Select).ToListAsync(ct);
    }

    public Task RemoveMigrationNotesAsync(LogisticsDb db, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(MigrationNotes.Drop, ct);

    public async Task<IReadOnlyDictionary<string, long>> CopyAsync(string file, CancellationToken ct)
    {
        // A log that a killed process left beside its copy would be taken for one of the new copy.
        foreach (var leftover in new[] { "", "-wal", "-shm" }) File.Delete(file + leftover);
        await using var source = new SqliteConnection(storage.Value.SqliteConnection);
        await using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await source.OpenAsync(ct);
        await target.OpenAsync(ct);
        // Rows are counted and copied in one state of the database, while others write.
        await using var snapshot = source.BeginTransaction(deferred: true);
        var rows = await CountRowsAsync(source, ct);
        source.BackupDatabase(target);
        return rows;
    }

    public async Task<IReadOnlyDictionary<string, long>> CountRowsAsync(string file, CancellationToken ct)
    {
        await using var connection = new SqliteConnection(SqliteConnections.InspectionOf(file));
        await connection.OpenAsync(ct);
        return await CountRowsAsync(connection, ct);
    }

    private static async Task<IReadOnlyDictionary<string, long>> CountRowsAsync(SqliteConnection connection, CancellationToken ct)
    {
        Dictionary<string, long> rows = [];
        foreach (var table in await ReadTextsAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'", ct))
        {
            await using var count = connection.CreateCommand();
#pragma warning disable CA2100 // The name comes from the schema.
            count.CommandText = $"SELECT count(*) FROM \"{table}\"";
#pragma warning restore CA2100
            rows.Add(table, (long)(await count.ExecuteScalarAsync(ct))!);
        }
        return rows;
    }

    public async Task<MigrationHistory> ReadHistoryAsync(string file, CancellationToken ct)
    {
        await using var connection = new SqliteConnection(SqliteConnections.InspectionOf(file));
        await connection.OpenAsync(ct);
        var tables = await ReadTextsAsync(connection, "SELECT name FROM sqlite_master WHERE name = '__EFMigrationsHistory'", ct);
        IReadOnlyList<string> applied = tables.Count == 0 ? [] : await ReadTextsAsync(connection, "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"", ct);
        var known = typeof(LogisticsDb).Assembly.GetTypes().Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>();
        return new MigrationHistory(applied, [.. known.Order(StringComparer.Ordinal)], FoldedMigrations);
    }

    private static async Task<List<string>> ReadTextsAsync(SqliteConnection connection, string query, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = query;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<string> texts = [];
        while (await reader.ReadAsync(ct)) texts.Add(reader.GetString(0));
        return texts;
    }

    public void Replace(string file)
    {
        using (var pooled = new SqliteConnection(storage.Value.SqliteConnection)) SqliteConnection.ClearPool(pooled);
        foreach (var leftover in new[] { "-wal", "-shm" }) File.Delete(storage.Value.Database + leftover);
        File.Move(file, storage.Value.Database, overwrite: true);
    }

    public void CopyDamaged(string file)
    {
        File.Copy(storage.Value.Database, file, overwrite: true);
        var wal = storage.Value.Database + "-wal";
        if (File.Exists(wal)) File.Copy(wal, file + "-wal", overwrite: true);
    }

    public async Task<string?> FirstProblemAsync(string file, CancellationToken ct)
    {
        try
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
            }.ToString());
            await connection.OpenAsync(ct);
            foreach (var check in new[] { "PRAGMA query_only=ON", "PRAGMA integrity_check", "PRAGMA foreign_key_check" })
            {
                await using var command = connection.CreateCommand();
                command.CommandText = check;
                await using var reader = await command.ExecuteReaderAsync(ct);
                while (await reader.ReadAsync(ct))
                    if (reader.GetString(0) is not "ok" and var problem) return $"{check}: {problem}";
            }
            return null;
        }
        catch (SqliteException e)
        {
            return e.Message;
        }
    }

    public async Task<LogisticsDb> OpenReadOnlyAsync(string file, WriteServices services, CancellationToken ct)
    {
        var db = new LogisticsDb(new DbContextOptionsBuilder<LogisticsDb>().UseSqlite(SqliteConnections.InspectionOf(file)).Options, services);
        await db.Database.OpenConnectionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("PRAGMA query_only=ON", ct);
        return db;
    }
}

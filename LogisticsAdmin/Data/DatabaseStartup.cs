using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

/// <summary>Rows a slice needs before anybody works: loaded at each start in registration order, adding only what is missing.</summary>
public interface IReferenceRows
{
    Task LoadAsync(LogisticsDb db, CancellationToken ct);

    /// <summary>Rows to play with; they never enter a house that is being set up for real work.</summary>
    bool IsDemo => false;
}

/// <summary>Brings storage into shape before the app listens: lock, backup when a migration is due, migrate, search, reference rows.</summary>
public sealed partial class DatabaseStartup(
    StorageLock storageLock, IDbContextFactory<LogisticsDb> databases, IEnumerable<IReferenceRows> reference, Backups backups,
    CurrentUser user, IOptions<StorageOptions> storage, ILogger<DatabaseStartup> log)
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CantOpen = 14, NotADatabase = 26;
    private const int SecondsOfPatience = 3;

    /// <summary>Refuses as <see cref="StartupProblem"/> when the storage is in use, read-only, locked, damaged or too new.</summary>
    public async Task PrepareAsync(bool withDemo = true, CancellationToken ct = default)
    {
        storageLock.Take();
        user.Become(Actor.System);
        try
        {
            await ProbeAsync(ct);
            await using var db = await databases.CreateDbContextAsync(ct);
            await MigrateAsync(db, ct);
            await EnsureSearchAsync(db, ct);
            foreach (var rows in reference.Where(r => withDemo || !r.IsDemo))
            {
                await rows.LoadAsync(db, ct);
                db.ChangeTracker.Clear();
            }
        }
        catch (Exception e) when (ProblemOf(e) is not null)
        {
            throw ProblemOf(e)!;
        }
    }

    private StartupProblem? ProblemOf(Exception e) => (e as SqliteException ?? e.InnerException as SqliteException)?.SqliteErrorCode switch
    {
        Corrupt or NotADatabase => StartupProblem.Corrupt(storage.Value.Database, e),
        ReadOnly or CantOpen or InputOutput or Full => StartupProblem.ReadOnly(storage.Value.Root, e),
        Busy or Locked => StartupProblem.Locked(storage.Value.Database, e),
        _ => null,
    };

    /// <summary>Asks for the right to write, with less patience than work has, so that a problem shows at once and before anything changes.</summary>
    private async Task ProbeAsync(CancellationToken ct)
    {
        if (!File.Exists(storage.Value.Database)) return;
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(storage.Value.ConnectionString)
        {
            Pooling = false,
            DefaultTimeout = SecondsOfPatience,
        }.ToString());
        await connection.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = connection.CreateCommand();
        // A read-only file lets a transaction begin and refuses only what is written in it.
        command.CommandText = "CREATE TABLE \"__Probe\" (\"Id\" INTEGER)";
        await command.ExecuteNonQueryAsync(ct);
        await transaction.RollbackAsync(ct);
    }

    private async Task MigrateAsync(LogisticsDb db, CancellationToken ct)
    {
        var exists = File.Exists(storage.Value.Database);
        if (exists)
        {
            // Whoever holds the storage lock is alone: a migration lock found now was left by a killed process.
            await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
            var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
            var known = db.Database.GetMigrations().ToList();
            if (applied.Except(known).Any()) throw StartupProblem.Newer(storage.Value.Database);
            if (known.Except(applied).Any() && applied.Count > 0)
            {
                var file = backups.NameFor("before-migration");
                await backups.WriteAsync(file, ct);
                LogBackedUp(file);
            }
            if (known.SequenceEqual(applied)) return;
        }
        await db.Database.MigrateAsync(ct);
    }

    /// <summary>Search tables follow the model, not the migrations: EF rebuilds tables and drops their triggers silently.</summary>
    private static async Task EnsureSearchAsync(LogisticsDb db, CancellationToken ct)
    {
        foreach (var entity in db.Model.GetEntityTypes().Where(e => typeof(ISearchable).IsAssignableFrom(e.ClrType)))
        {
            var search = SearchIndex.Table(entity.ClrType.Name);
            await db.Database.ExecuteSqlRawAsync(SearchIndex.CreateSql(search), ct);
            if (await IsCompleteAsync(db, entity, search, ct)) continue;
            await (Task)typeof(DatabaseStartup).GetMethod(nameof(RebuildAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
                .MakeGenericMethod(entity.ClrType).Invoke(null, [db, search, ct])!;
        }
    }

    private static async Task<bool> IsCompleteAsync(LogisticsDb db, IEntityType entity, string search, CancellationToken ct)
    {
        var table = entity.GetTableName()!;
#pragma warning disable EF1003 // Table names come from the model, never from input.
        var counts = await db.Database.SqlQueryRaw<long>(
            "SELECT (SELECT count(*) FROM \"" + table + "\") AS \"Value\" UNION ALL SELECT (SELECT count(*) FROM \"" + search + "_docsize\")").ToListAsync(ct);
#pragma warning restore EF1003
        return counts[0] == counts[1];
    }

    private static async Task RebuildAsync<T>(LogisticsDb db, string search, CancellationToken ct) where T : class, ISearchable
    {
        await db.WriteAsync(async token =>
        {
            await db.Database.ExecuteSqlRawAsync(SearchIndex.ClearSql(search), token);
            await foreach (var thing in db.Set<T>().AsNoTracking().AsAsyncEnumerable().WithCancellation(token))
                await db.Database.ExecuteSqlRawAsync(SearchIndex.UpsertSql(search), [thing.Id, SearchIndex.IndexedText(thing.SearchText)], token);
        }, ct);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A migration is due; the database was backed up to {File}")]
    private partial void LogBackedUp(string file);
}

using System.Reflection;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

/// <summary>Prepares the storage before the app listens: lock, backup when a migration is due, migrate, search, reference rows.</summary>
public sealed partial class DatabaseStartup(
    StorageLock storageLock, IDbContextFactory<LogisticsDb> databases, IEnumerable<IReferenceRows> reference, Backups backups,
    IDatabaseStorage database, IDatabaseEngine engine, CurrentUser user, IOptions<StorageOptions> storage, ILogger<DatabaseStartup> log)
{
    /// <summary>Refuses as <see cref="StartupProblem"/> when the storage is in use, read-only, locked, damaged or too new.</summary>
    public async Task PrepareAsync(bool withDemo = true, CancellationToken ct = default)
    {
        storageLock.Acquire();
        if (!FileModes.Tighten(storage.Value)) LogOpenToOthers(storage.Value.Root);
        backups.RemoveUnpacked();
        user.SetActor(Actor.System);
        try
        {
            await database.ProbeAsync(ct);
            await using var db = await databases.CreateDbContextAsync(ct);
            await MigrateAsync(db, ct);
            await LogMigrationNotesAsync(db, ct);
            await EnsureSearchAsync(db, ct);
            foreach (var rows in reference.Where(r => withDemo || !r.IsDemo))
            {
                await rows.LoadAsync(db, ct);
                db.ChangeTracker.Clear();
            }
        }
        catch (Exception e) when (database.ProblemOf(e) is { } problem)
        {
            throw problem;
        }
    }

    private async Task MigrateAsync(LogisticsDb db, CancellationToken ct)
    {
        if (File.Exists(storage.Value.Database))
        {
            await database.ReleaseMigrationLockAsync(db, ct);
            var history = await MigrationHistory.ReadAsync(db, database, ct);
            if (history.IsNewer) throw StartupProblem.Newer(storage.Value.Database);
            if (history.IsTooOld) throw StartupProblem.TooOld(storage.Value.Database);
            if (history.Due.Count == 0 && !history.HasFolded) return;
            if (history.Applied.Count > 0)
            {
                var file = backups.NameFor(BackupFile.BeforeMigration);
                await backups.WriteAsync(file, ct: ct);
                LogBackedUp(file);
            }
            if (history.HasFolded) await database.ForgetFoldedMigrationsAsync(db, ct);
        }
        await db.Database.MigrateAsync(ct);
    }

    private async Task LogMigrationNotesAsync(LogisticsDb db, CancellationToken ct)
    {
        foreach (var note in await database.ReadMigrationNotesAsync(db, ct)) LogMigrationNote(note);
        await database.RemoveMigrationNotesAsync(db, ct);
    }

    private async Task EnsureSearchAsync(LogisticsDb db, CancellationToken ct)
    {
        foreach (var entity in db.Model.GetEntityTypes().Where(e => typeof(ISearchable).IsAssignableFrom(e.ClrType)))
        {
            if (await engine.EnsureSearchAsync(db, entity, ct)) continue;
            await (Task)typeof(DatabaseStartup).GetMethod(nameof(RebuildSearchAsync), BindingFlags.NonPublic | BindingFlags.Instance)!
                .MakeGenericMethod(entity.ClrType).Invoke(this, [db, ct])!;
        }
    }

    private async Task RebuildSearchAsync<T>(LogisticsDb db, CancellationToken ct) where T : class, ISearchable
    {
        await db.WriteAsync(async token =>
        {
            await engine.ClearSearchAsync(db, typeof(T), token);
            await foreach (var row in db.Set<T>().AsNoTracking().AsAsyncEnumerable().WithCancellation(token))
                await engine.SetSearchTextAsync(db, typeof(T), row.Id, SearchIndex.IndexedText(row.SearchText), token);
        }, ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "The storage directory {Directory} belongs to another user, so other users of this system may be able to read it: give it to this user")]
    private partial void LogOpenToOthers(string directory);

    [LoggerMessage(Level = LogLevel.Information, Message = "A migration is due; the database was backed up to {File}")]
    private partial void LogBackedUp(string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The migration changed a stored value: {Note}")]
    private partial void LogMigrationNote(string note);
}

using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Data;

/// <summary>Operations on the stored database as a whole that differ between engines: start-up, backup, inspection.</summary>
public interface IDatabaseStorage
{
    /// <summary>
    /// Acquires the write lock with a shorter timeout than normal work, so that a problem shows at once and before anything changes.
    /// </summary>
    Task ProbeAsync(CancellationToken ct);

    /// <summary>
    /// Writes to the database file and commits, waiting at most this long for other programs. False when the app's open connections belong to
    /// another file than the one that lies there now. The caller has the write gate.
    /// </summary>
    Task<bool> ProbeWriteAsync(TimeSpan patience, CancellationToken ct);

    /// <summary>What an exception means for the running app.</summary>
    StorageFault FaultOf(Exception e);

    /// <summary>What an exception of the engine means for whoever starts the app; null for any other exception.</summary>
    StartupProblem? ProblemOf(Exception e);

    /// <summary>Whether the exception was thrown by the engine.</summary>
    bool IsEngineError(Exception? e);

    /// <summary>Removes the lock left by a process that was killed while migrating. The caller must hold the storage lock.</summary>
    Task ReleaseMigrationLockAsync(LogisticsDb db, CancellationToken ct);

    /// <summary>Ids of earlier migrations that the first one of this version contains.</summary>
    IReadOnlyList<string> FoldedMigrations { get; }

    /// <summary>Removes <see cref="FoldedMigrations"/> from the history of a database that had all of them.</summary>
    Task ForgetFoldedMigrationsAsync(LogisticsDb db, CancellationToken ct);

    /// <summary>Descriptions of what migrations had to change in stored rows. They stay until <see cref="RemoveMigrationNotesAsync"/>.</summary>
    Task<IReadOnlyList<string>> ReadMigrationNotesAsync(LogisticsDb db, CancellationToken ct);

    Task RemoveMigrationNotesAsync(LogisticsDb db, CancellationToken ct);

    /// <summary>
    /// Copies the database to a new file while work goes on, and returns how many rows each table had at that moment. Throws an engine's error
    /// when it can't be read.
    /// </summary>
    Task<IReadOnlyDictionary<string, long>> CopyAsync(string file, CancellationToken ct);

    /// <summary>How many rows each table of a database file has.</summary>
    Task<IReadOnlyDictionary<string, long>> CountRowsAsync(string file, CancellationToken ct);

    /// <summary>The migrations of a database file; none when it is not one of ours.</summary>
    Task<MigrationHistory> ReadHistoryAsync(string file, CancellationToken ct);

    /// <summary>Replaces the current database by a database file.</summary>
    void Replace(string file);

    /// <summary>Copies the files of the database as they are, damaged or not.</summary>
    void CopyDamaged(string file);

    /// <summary>The engine's own integrity and foreign-key checks of a database file; null when healthy. Changes nothing.</summary>
    Task<string?> FirstProblemAsync(string file, CancellationToken ct);

    /// <summary>A context that can only read, on a connection of its own to a database file.</summary>
    Task<LogisticsDb> OpenReadOnlyAsync(string file, WriteServices services, CancellationToken ct);
}

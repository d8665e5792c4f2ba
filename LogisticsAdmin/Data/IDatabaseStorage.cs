using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Data;

/// <summary>What a database engine does in its own way with the stored database as a whole: start-up, backup, inspection.</summary>
public interface IDatabaseStorage
{
    /// <summary>Asks for the right to write, with less patience than work has, so that a problem shows at once and before anything changes.</summary>
    Task ProbeAsync(CancellationToken ct);

    /// <summary>What an exception of the engine means for whoever starts the app; null for any other exception.</summary>
    StartupProblem? ProblemOf(Exception e);

    /// <summary>Whether the exception is the engine's own.</summary>
    bool IsEngineError(Exception? e);

    /// <summary>Removes the lock that a process killed while migrating left behind. Only for whoever holds the storage lock.</summary>
    Task ReleaseMigrationLockAsync(LogisticsDb db, CancellationToken ct);

    /// <summary>Ids of earlier migrations that the first one of this version contains.</summary>
    IReadOnlyList<string> FoldedMigrations { get; }

    /// <summary>Removes <see cref="FoldedMigrations"/> from the history of a database that had all of them.</summary>
    Task ForgetFoldedMigrationsAsync(LogisticsDb db, CancellationToken ct);

    /// <summary>What migrations had to change in stored rows, in words. The notes stay until <see cref="RemoveMigrationNotesAsync"/>.</summary>
    Task<IReadOnlyList<string>> ReadMigrationNotesAsync(LogisticsDb db, CancellationToken ct);

    Task RemoveMigrationNotesAsync(LogisticsDb db, CancellationToken ct);

    /// <summary>Copies the database to a new file while work goes on. Throws an engine's error when it can't be read.</summary>
    Task CopyAsync(string file, CancellationToken ct);

    /// <summary>Puts a database file in the place of the current one.</summary>
    void Replace(string file);

    /// <summary>Copies the files of the database as they are, damaged or not.</summary>
    void CopyDamaged(string file);

    /// <summary>The engine's own integrity and foreign-key checks of a database file; null when healthy. Changes nothing.</summary>
    Task<string?> FirstProblemAsync(string file, CancellationToken ct);

    /// <summary>A context that can only read, on a connection of its own.</summary>
    Task<LogisticsDb> OpenReadOnlyAsync(WriteServices services, CancellationToken ct);
}

using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data.Sqlite;

/// <summary>Sets the pragmas of each connection once; the pool reuses connections, and SQLite forgets pragmas only when one is closed.</summary>
internal sealed class ConnectionPragmas(IOptions<StorageOptions> storage) : DbConnectionInterceptor
{
    /// <summary>
    /// Number of pages in the write-ahead log at which a commit itself runs a checkpoint. It equals 64 MB, which only console commands reach:
    /// while the app runs, <see cref="WalCheckpoints"/> acts earlier.
    /// </summary>
    private const int AutoCheckpointPages = 16_000;

    /// <summary>
    /// How long SQLite itself waits for a lock. The command then tries again until its own timeout, which is at most this late.
    /// </summary>
    public const int BusyMilliseconds = 250;

    private readonly string _pragmas =
        $"PRAGMA journal_mode=WAL; PRAGMA synchronous={(storage.Value.SynchronousFull ? "FULL" : "NORMAL")}; PRAGMA busy_timeout={BusyMilliseconds}; " +
        $"PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384; PRAGMA wal_autocheckpoint={AutoCheckpointPages};";

    private readonly ConditionalWeakTable<object, object> _configured = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Configure(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Configure(connection);
        return Task.CompletedTask;
    }

    private void Configure(DbConnection connection)
    {
        if (((SqliteConnection)connection).Handle is not { } handle || !_configured.TryAdd(handle, handle)) return;
        using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        command.ExecuteNonQuery();
    }
}

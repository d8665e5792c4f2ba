using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

public sealed class StorageOptions
{
    /// <summary>Where the database, keys, uploads and backups live. Relative to the working directory.</summary>
    public string Directory { get; set; } = "storage";

    /// <summary>True waits for the disk at each commit: an acknowledged change then survives a power cut, not only a killed process.</summary>
    public bool SynchronousFull { get; set; }

    public string Root => Path.GetFullPath(Directory);
    public string Database => Path.Combine(Root, "logistics.db");
    public string Keys => Path.Combine(Root, "keys");
    public string Backups => Path.Combine(Root, "backups");

    public string ConnectionString => new SqliteConnectionStringBuilder
    {
        DataSource = Database,
        Cache = SqliteCacheMode.Private,
        ForeignKeys = true,
        DefaultTimeout = 10,
    }.ToString();
}

/// <summary>Gives every connection the same manners, once: the pool hands the same few out again and again.</summary>
public sealed class ConnectionManners(IOptions<StorageOptions> storage) : DbConnectionInterceptor
{
    /// <summary>So many pages a commit brings in itself: 64 MB, which only a command gets to, because <see cref="Checkpoints"/> is faster.</summary>
    private const int Checkpointed = 16_000;

    private readonly string _pragmas =
        $"PRAGMA journal_mode=WAL; PRAGMA synchronous={(storage.Value.SynchronousFull ? "FULL" : "NORMAL")}; " +
        $"PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384; PRAGMA wal_autocheckpoint={Checkpointed};";

    private readonly ConditionalWeakTable<object, object> _taught = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Teach(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Teach(connection);
        return Task.CompletedTask;
    }

    private void Teach(DbConnection connection)
    {
        if (((SqliteConnection)connection).Handle is not { } physical || !_taught.TryAdd(physical, physical)) return;
        using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        command.ExecuteNonQuery();
    }
}

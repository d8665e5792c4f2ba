using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

/// <summary>
/// Brings the write-ahead log into the database beside the writers. SQLite would have a commit do it now and then, and whoever waits at
/// the gate would wait for the disk: with ten writers that was one verb in twenty.
/// </summary>
internal sealed partial class Checkpoints(IOptions<StorageOptions> storage, WriteGate gate, ILogger<Checkpoints> log) : BackgroundService
{
    private const long WorthIt = 4 * 1024 * 1024;

    /// <summary>Where it has grown because nobody paused, it is begun anew while nobody writes: most of it is brought in by then.</summary>
    private const long TooLong = 64 * 1024 * 1024;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly FileInfo _log = new(storage.Value.Database + "-wal");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        var done = default(DateTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            _log.Refresh();
            if (!_log.Exists || _log.Length < WorthIt || _log.LastWriteTimeUtc == done) continue;
            var seen = _log.LastWriteTimeUtc;
            try
            {
                await Task.Run(() => Run("PASSIVE"), stoppingToken);
                if (_log.Length > TooLong)
                {
                    using var turn = await gate.EnterAsync(stoppingToken);
                    await Task.Run(() => Run("TRUNCATE"), stoppingToken);
                }
                done = seen;
            }
            catch (SqliteException e)
            {
                LogFailed(e);
            }
        }
    }

    private void Run(string kind)
    {
        using var connection = new SqliteConnection(storage.Value.ConnectionString);
        connection.Open();
        using var checkpoint = connection.CreateCommand();
#pragma warning disable CA2100 // One of the two words above.
        checkpoint.CommandText = $"PRAGMA busy_timeout=0; PRAGMA wal_checkpoint({kind})";
#pragma warning restore CA2100
        checkpoint.ExecuteNonQuery();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The write-ahead log could not be brought in; it is tried again")]
    private partial void LogFailed(Exception e);
}

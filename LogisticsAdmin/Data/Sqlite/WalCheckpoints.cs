using System.Diagnostics.Metrics;
using LogisticsAdmin.Live;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data.Sqlite;

/// <summary>
/// Runs checkpoints of the write-ahead log in the background. By default SQLite runs them as part of some commits, and then every writer at
/// the gate waits for the disk: with ten writers this affected one verb in twenty.
/// </summary>
internal sealed partial class WalCheckpoints(
    IOptions<StorageOptions> storage, WriteGate gate, StorageState state, IMeterFactory meters, ILogger<WalCheckpoints> log) : BackgroundService
{
    /// <summary>Below this size no checkpoint is run.</summary>
    private const long MinimumBytes = 4 * 1024 * 1024;

    /// <summary>
    /// If the log grows to this size because writers never pause, it is truncated inside the gate; most of it is already checkpointed by then.
    /// </summary>
    private const long MaximumBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly FileInfo _wal = new(storage.Value.Database + "-wal");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        meters.Create(LiveMeter.Name).CreateObservableGauge(
            "logistics.wal.size", () => new FileInfo(_wal.FullName) is { Exists: true } log ? log.Length : 0, "By", "Size of the write-ahead log");
        using var timer = new PeriodicTimer(Interval);
        var handledWrite = default(DateTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            _wal.Refresh();
            if (!_wal.Exists || _wal.Length < MinimumBytes || _wal.LastWriteTimeUtc == handledWrite) continue;
            var lastWrite = _wal.LastWriteTimeUtc;
            try
            {
                await Task.Run(() => Checkpoint("PASSIVE"), stoppingToken);
                if (_wal.Length > MaximumBytes)
                {
                    using var turn = await gate.EnterAsync(stoppingToken);
                    await Task.Run(() => Checkpoint("TRUNCATE"), stoppingToken);
                }
                handledWrite = lastWrite;
                WarnOfSize();
            }
            // Whatever it is, the next turn tries again: a fault here would end the app. The log itself goes with the last open connection.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e);
            }
        }
    }

    /// <summary>A checkpoint does not fail when a reader keeps it from moving pages; only the size tells.</summary>
    internal void WarnOfSize()
    {
        _wal.Refresh();
        var (bytes, limit) = (_wal.Exists ? _wal.Length : 0, storage.Value.WarnLogMegabytes * 1024 * 1024);
        state.Warn(StorageWarning.LogGrows, bytes, isBad: bytes > limit, isGood: bytes < limit / 2);
    }

    private void Checkpoint(string mode)
    {
        using var connection = new SqliteConnection(storage.Value.SqliteConnection);
        connection.Open();
        using var checkpoint = connection.CreateCommand();
#pragma warning disable CA2100 // One of the two words above.
        checkpoint.CommandText = $"PRAGMA busy_timeout=0; PRAGMA wal_checkpoint({mode})";
#pragma warning restore CA2100
        checkpoint.ExecuteNonQuery();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The write-ahead log could not be moved into the database; it is tried again")]
    private partial void LogFailed(Exception e);
}

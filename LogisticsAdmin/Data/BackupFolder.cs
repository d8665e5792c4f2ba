using System.Text.Json;
using LogisticsAdmin.Live;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

/// <summary>The backups folder of the storage: what it holds, making one more, testing the newest, and removing what is no longer kept.</summary>
public sealed partial class BackupFolder(
    Backups backups, BackupRetention retention, IOptions<StorageOptions> storage, IChangeFeed feed, TimeProvider clock, ILogger<BackupFolder> log)
    : IDisposable
{
    /// <summary>The topic of the <see cref="KeyChanged"/> that tells open pages.</summary>
    public const string Topic = "backups";

    private const string RecordName = "state.json";

    /// <summary>Temporary files older than this were left by a process that was killed.</summary>
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromHours(6);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>The newest first.</summary>
    public IReadOnlyList<BackupFile> List() => Directory.Exists(storage.Value.Backups)
        ? [.. new DirectoryInfo(storage.Value.Backups).EnumerateFiles().Select(BackupFile.Read).OfType<BackupFile>().OrderByDescending(f => f.At)]
        : [];

    /// <summary>The whole path of a listed backup; null for any other name.</summary>
    public string? PathOf(string name) => List().Any(f => f.Name == name) ? Path.Combine(storage.Value.Backups, name) : null;

    /// <summary>Empty when there is none, or none that can be read.</summary>
    public async Task<BackupRecord> ReadRecordAsync(CancellationToken ct)
    {
        try
        {
            await using var file = File.OpenRead(Path.Combine(storage.Value.Backups, RecordName));
            return await JsonSerializer.DeserializeAsync<BackupRecord>(file, Json, ct) ?? new BackupRecord();
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return new BackupRecord();
        }
    }

    /// <summary>
    /// Makes a verified backup and removes what it supersedes; waits for one that is being made. A failure is logged, recorded and thrown,
    /// and removes nothing.
    /// </summary>
    public async Task<BackupFile> MakeAsync(string why, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        var name = BackupFile.NameFor(clock.GetUtcNow(), why);
        try
        {
            RemoveLeftovers();
            var path = Path.Combine(storage.Value.Backups, name);
            await backups.WriteAsync(path, withUploads: why != BackupFile.Database, ct);
            await RecordAsync(record => record with { LastFailure = null }, ct);
            Prune();
            return BackupFile.Read(new FileInfo(path))!;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e, name);
            await RecordAsync(record => record with { LastFailure = new BackupOutcome(name, clock.GetUtcNow(), e.Message) }, ct);
            throw;
        }
        finally
        {
            _one.Release();
            feed.Publish([new KeyChanged(Topic, 0)]);
        }
    }

    /// <summary>Records what came of a restore test.</summary>
    public async Task RecordTestAsync(string name, string? problem, CancellationToken ct)
    {
        if (problem is not null) LogTestFailed(name, problem);
        await _one.WaitAsync(ct);
        try
        {
            await RecordAsync(record => record with { LastTest = new BackupOutcome(name, clock.GetUtcNow(), problem) }, ct);
        }
        finally
        {
            _one.Release();
            feed.Publish([new KeyChanged(Topic, 0)]);
        }
    }

    public void Dispose() => _one.Dispose();

    private void Prune()
    {
        foreach (var file in retention.Superfluous(List()))
        {
            foreach (var part in new[] { "", "-wal" }) File.Delete(Path.Combine(storage.Value.Backups, file.Name + part));
            LogRemoved(file.Name);
        }
    }

    private void RemoveLeftovers()
    {
        if (!Directory.Exists(storage.Value.Backups)) return;
        foreach (var part in Directory.EnumerateFiles(storage.Value.Backups, "*" + Backups.PartEnding + "*"))
            if (File.GetLastWriteTimeUtc(part) < clock.GetUtcNow().UtcDateTime - LeftoverAge) File.Delete(part);
    }

    /// <summary>A full disk must not hide the failure that is to be recorded.</summary>
    private async Task RecordAsync(Func<BackupRecord, BackupRecord> change, CancellationToken ct)
    {
        var record = change(await ReadRecordAsync(ct));
        try
        {
            Directory.CreateDirectory(storage.Value.Backups);
            var path = Path.Combine(storage.Value.Backups, RecordName);
            await File.WriteAllBytesAsync(path + Backups.PartEnding, JsonSerializer.SerializeToUtf8Bytes(record, Json), ct);
            File.Move(path + Backups.PartEnding, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotRecorded(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The backup {File} failed; earlier backups are kept")]
    private partial void LogFailed(Exception e, string file);

    [LoggerMessage(Level = LogLevel.Error, Message = "The restore test of {File} failed: {Problem}")]
    private partial void LogTestFailed(string file, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The old backup {File} was removed")]
    private partial void LogRemoved(string file);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outcome of the backup could not be recorded")]
    private partial void LogNotRecorded(Exception e);
}

using LogisticsAdmin.Live;

namespace LogisticsAdmin.Data;

/// <summary>The result of the latest <see cref="StorageProbe"/>: what is wrong with the storage, if anything. Changes are logged once and published.</summary>
public sealed partial class StorageState(IChangeFeed feed, TimeProvider clock, ILogger<StorageState> log)
{
    /// <summary>The topic of the <see cref="KeyChanged"/> that tells open pages.</summary>
    public const string Topic = "storage";

    /// <summary>A result older than this says nothing.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly HashSet<StorageWarning> _warnings = [];
    private StorageFault? _fault;
    private DateTimeOffset? _probedAt;

    public StorageFault? Fault
    {
        get { lock (_lock) return _fault; }
    }

    /// <summary>What is not a fault yet.</summary>
    public IReadOnlyList<StorageWarning> Warnings
    {
        get { lock (_lock) return [.. _warnings.Order()]; }
    }

    /// <summary>Whether everything worked, and not long ago.</summary>
    public bool IsReady
    {
        get { lock (_lock) return _fault is null && _probedAt is { } at && clock.GetUtcNow() - at < Validity; }
    }

    public void Report(StorageFault? fault, Exception? cause = null)
    {
        lock (_lock)
        {
            _probedAt = clock.GetUtcNow();
            if (fault == _fault) return;
            _fault = fault;
            if (fault is { } found) LogFault(found, cause);
            else LogRecovered();
        }
        feed.Publish([new KeyChanged(Topic, 0)]);
    }

    /// <summary>
    /// Reports how much there is of what the warning is about. It is logged once when <paramref name="isBad"/>, and withdrawn when
    /// <paramref name="isGood"/>; in between it stays as it was.
    /// </summary>
    public void Warn(StorageWarning warning, long bytes, bool isBad, bool isGood)
    {
        lock (_lock)
        {
            if (!(isBad && _warnings.Add(warning)) && !(isGood && _warnings.Remove(warning))) return;
            if (isBad) LogWarning(warning, bytes / 1024 / 1024);
        }
        feed.Publish([new KeyChanged(Topic, 0)]);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The storage needs attention: {Warning} ({Megabytes} MB)")]
    private partial void LogWarning(StorageWarning warning, long megabytes);

    [LoggerMessage(Level = LogLevel.Error, Message = "The storage does not work: {Fault}")]
    private partial void LogFault(StorageFault fault, Exception? e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The storage works again")]
    private partial void LogRecovered();
}

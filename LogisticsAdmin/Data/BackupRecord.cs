namespace LogisticsAdmin.Data;

/// <summary>What happened last to backups; a file beside them. A problem is null when it went well.</summary>
public sealed record BackupRecord
{
    public BackupOutcome? LastTest { get; init; }

    /// <summary>Null since the latest backup that succeeded.</summary>
    public BackupOutcome? LastFailure { get; init; }
}

/// <summary>What came of making or testing a backup.</summary>
public sealed record BackupOutcome(string File, DateTimeOffset At, string? Problem);

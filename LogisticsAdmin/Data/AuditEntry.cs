namespace LogisticsAdmin.Data;

/// <summary>A changed field of a stored object: the old value, the new value, who changed it and when. Never updated.</summary>
public sealed class AuditEntry
{
    public long Id { get; private set; }

    /// <summary>The act it belongs to: all entries of one write have one number, and later writes have higher ones. Set by the write.</summary>
    public long Act { get; set; }
    public required string Entity { get; init; }
    public required long EntityId { get; init; }
    public required string Field { get; init; }
    public string? Old { get; init; }
    public string? New { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Null when the app itself acted (系统).</summary>
    public long? ActorId { get; init; }
}

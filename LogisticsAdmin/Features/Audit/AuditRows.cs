using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Audit;

/// <summary>
/// One changed field of one object. <paramref name="Actor"/> is null for background work, <paramref name="Thing"/> is #12 for an object
/// without a name, and values that refer to another object are its name.
/// </summary>
public sealed record AuditRow(
    long Id, DateTimeOffset At, long? ActorId, string? Actor, string Entity, long EntityId, LocalName Thing, string Field, object? Old, object? New);

/// <summary>The last row of a window; the next one starts behind it.</summary>
public sealed record AuditCursor(DateTimeOffset At, long Id);

/// <summary>A window of the log, the newest first; <paramref name="Next"/> is null at its end.</summary>
public sealed record AuditWindow(IReadOnlyList<AuditRow> Items, AuditCursor? Next)
{
    public static readonly AuditWindow Empty = new([], null);
}

/// <summary>An audited entity and its fields.</summary>
public sealed record AuditKind(string Entity, IReadOnlyList<string> Fields);

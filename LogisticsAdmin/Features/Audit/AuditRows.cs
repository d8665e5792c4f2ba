using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Audit;

/// <summary>
/// One changed field of one object. <paramref name="Actor"/> is null for background work, <paramref name="Thing"/> is #12 for an object
/// without a name, and values that refer to another object are its name.
/// </summary>
public sealed record AuditRow(
    long Id, DateTimeOffset At, long? ActorId, string? Actor, string Entity, long EntityId, LocalName Thing, string Field, object? Old, object? New);

/// <summary>
/// Everything that one person changed at once. It is told by the first thing that it changed, of which <paramref name="Rows"/> has the
/// changed fields, at most <see cref="AuditFilter.ToldFields"/>; <paramref name="Things"/> counts all things.
/// </summary>
public sealed record AuditAct(long Id, DateTimeOffset At, string? Actor, AuditVerb Verb, IReadOnlyList<AuditRow> Rows, int Things)
{
    public AuditRow First => Rows[0];
}

/// <summary>The last row of a window; the next one starts behind it.</summary>
public sealed record AuditCursor(DateTimeOffset At, long Id);

/// <summary>A window of changed fields; <paramref name="Next"/> is null at its end.</summary>
public sealed record AuditWindow(IReadOnlyList<AuditRow> Items, AuditCursor? Next);

/// <summary>A window of the log, the newest act first; <paramref name="Next"/> is the act behind which the next one starts, null at the end.</summary>
public sealed record AuditActWindow(IReadOnlyList<AuditAct> Items, long? Next);

/// <summary>An audited entity and its fields.</summary>
public sealed record AuditKind(string Entity, IReadOnlyList<string> Fields);

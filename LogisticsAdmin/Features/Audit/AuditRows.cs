using System.Globalization;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Audit;

/// <summary>Which changes: by whom, of what, which field, and on which days of the office, both included.</summary>
public sealed record AuditFilter
{
    public const int WindowSize = 50;

    /// <summary>Beyond so many nobody counts.</summary>
    public const int MostCounted = 10_000;

    /// <summary>Part of the acting person's name, user name or number; 系统 for what nobody did.</summary>
    public string? Who { get; init; }

    /// <summary>The kind of thing, by the name of its entity.</summary>
    public string? Entity { get; init; }

    /// <summary>Part of what the thing is called, or #12 for its id.</summary>
    public string? Thing { get; init; }
    public string? Field { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    public long? ThingId => Thing is ['#', .. var digits] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>As an address spells it, where other pages may name the thing by its bare id; what it does not understand it leaves out.</summary>
    public static AuditFilter Asked(string? who, string? entity, string? thing, string? id, string? field, string? from, string? to) => new()
    {
        Who = Given(who),
        Entity = Given(entity),
        Thing = Given(id) is { } number ? $"#{number}" : Given(thing),
        Field = Given(field),
        From = Day(from),
        To = Day(to),
    };

    private static string? Given(string? typed) => CleanText.Code(typed) is { Length: > 0 } given ? given : null;

    private static DateOnly? Day(string? typed) =>
        DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2100 ? day : null;
}

/// <summary>
/// One field of one thing changed. <paramref name="Actor"/> is null when the house itself acted; <paramref name="Thing"/> is #12 for
/// what has no name; values are what the field holds, a name where it points to something.
/// </summary>
public sealed record AuditRow(
    long Id, DateTimeOffset At, long? ActorId, string? Actor, string Entity, long EntityId, LocalName Thing, string Field, object? Old, object? New);

/// <summary>The last row read; the next window begins behind it.</summary>
public sealed record AuditCursor(DateTimeOffset At, long Id);

/// <summary>A window of the log, the newest first; <paramref name="Next"/> is null at its end.</summary>
public sealed record AuditWindow(IReadOnlyList<AuditRow> Items, AuditCursor? Next)
{
    public static readonly AuditWindow Empty = new([], null);
}

/// <summary>A kind of thing whose changes are kept, and its fields.</summary>
public sealed record AuditKind(string Entity, IReadOnlyList<string> Fields);

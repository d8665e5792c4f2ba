using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>
/// A kind of work whose limits the office sets: repairs by urgency and category. A slice registers its own; the service levels know none
/// of them by name, and have the deadlines of all recalculated when a level or the calendar changes.
/// </summary>
/// <remarks>A level stores the id of its subject and not yet the scope, so only one scope may offer subjects; a second one is refused.</remarks>
public interface ILevelScope
{
    /// <summary>Names the scope in logs; never shown.</summary>
    string Key { get; }

    LocalName Name { get; }

    /// <summary>What may have levels of its own, retired subjects included, in the order in which lists show them.</summary>
    Task<IReadOnlyList<LevelSubject>> SubjectsAsync(CancellationToken ct);

    /// <summary>Whether this is a subject that may have a level of its own, read within the caller's write.</summary>
    Task<bool> OffersAsync(LogisticsDb db, long subjectId, CancellationToken ct);

    /// <summary>Recalculates the deadlines of everything that is still open; returns how many things have other deadlines now.</summary>
    Task<int> RecalculateAsync(CancellationToken ct);
}

/// <summary>
/// A category, or a group of categories when it has no parent. <paramref name="DefaultUrgency"/> is the number of the urgency that the
/// service levels know.
/// </summary>
public sealed record LevelSubject(long Id, LocalName Name, long? ParentId, int Position, int DefaultUrgency, bool IsRetired);

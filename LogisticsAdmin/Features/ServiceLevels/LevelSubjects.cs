using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.ServiceLevels;

internal static class LevelSubjects
{
    /// <summary>Whether one of the scopes offers the subject, read within the caller's write.</summary>
    public static async Task<bool> OfferAsync(this IEnumerable<ILevelScope> scopes, LogisticsDb db, long subjectId, CancellationToken ct)
    {
        foreach (var scope in scopes)
            if (await scope.OffersAsync(db, subjectId, ct)) return true;
        return false;
    }

    /// <summary>The subjects of all scopes.</summary>
    public static async Task<IReadOnlyList<LevelSubject>> SubjectsAsync(this IEnumerable<ILevelScope> scopes, CancellationToken ct)
    {
        List<LevelSubject> subjects = [];
        string? offering = null;
        foreach (var scope in scopes)
        {
            var own = await scope.SubjectsAsync(ct);
            if (own.Count == 0) continue;
            if (offering is not null) throw new InvalidOperationException($"The level scopes {offering} and {scope.Key} both offer subjects.");
            offering = scope.Key;
            subjects.AddRange(own);
        }
        return subjects;
    }
}

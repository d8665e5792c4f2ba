using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.ServiceLevels;

internal static class LevelSubjects
{
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

using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.ServiceLevels;

internal static class LevelSubjects
{
    /// <summary>The subjects of all scopes.</summary>
    public static async Task<IReadOnlyList<LevelSubject>> SubjectsAsync(this IEnumerable<ILevelScope> scopes, CancellationToken ct)
    {
        List<LevelSubject> subjects = [];
        foreach (var scope in scopes) subjects.AddRange(await scope.SubjectsAsync(ct));
        return subjects;
    }
}

using System.Runtime.CompilerServices;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

/// <summary>Checks the storage without changing it; works while the app runs.</summary>
public sealed class StorageInspection(
    IEnumerable<IStorageCheck> checks, WriteServices services, IDatabaseStorage database, IOptions<StorageOptions> storage)
{
    /// <summary>A damaged database can have thousands of problems; the first ones are enough to see what is wrong.</summary>
    public const int MaximumProblemsPerCheck = 20;

    /// <summary>Every check by its subject, with the problems it found. Refuses as <see cref="StartupProblem"/> when there is no database.</summary>
    public async IAsyncEnumerable<(string Subject, IReadOnlyList<string> Problems)> InspectAsync(
        [EnumeratorCancellation] CancellationToken ct = default)
    {
        if (!File.Exists(storage.Value.Database)) throw StartupProblem.Missing(storage.Value.Database);
        var broken = await database.FirstProblemAsync(storage.Value.Database, ct);
        yield return ("integrity and foreign keys 完整性与外键", broken is null ? [] : [broken]);
        if (broken is not null) yield break;

        await using var db = await database.OpenReadOnlyAsync(services, ct);
        var history = await MigrationHistory.ReadAsync(db, database, ct);
        yield return ("schema 数据库结构", SchemaProblems(history));
        if (history.Due.Count > 0 || history.IsTooOld) yield break;

        foreach (var check in checks) yield return (check.Subject, await FirstProblemsAsync(check, db, ct));
    }

    private IReadOnlyList<string> SchemaProblems(MigrationHistory history) =>
        history.IsTooOld ? [StartupProblem.TooOld(storage.Value.Database).Message]
        : history.Due.Count > 0 ? [$"{history.Due.Count} migrations are due; they run when the app starts."]
        : [];

    private static async Task<IReadOnlyList<string>> FirstProblemsAsync(IStorageCheck check, LogisticsDb db, CancellationToken ct)
    {
        List<string> problems = [];
        var found = 0;
        await foreach (var problem in check.ProblemsAsync(db, ct))
            if (++found <= MaximumProblemsPerCheck) problems.Add(problem);
        if (found > problems.Count) problems.Add($"… and {found - problems.Count} more.");
        return problems;
    }
}

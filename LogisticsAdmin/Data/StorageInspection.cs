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
    public IAsyncEnumerable<(string Subject, IReadOnlyList<string> Problems)> InspectAsync(CancellationToken ct = default) =>
        InspectAsync(storage.Value.Root, withUploads: true, ct);

    /// <summary>The same for another directory, such as one to which a backup was unpacked.</summary>
    public async IAsyncEnumerable<(string Subject, IReadOnlyList<string> Problems)> InspectAsync(
        string directory, bool withUploads, [EnumeratorCancellation] CancellationToken ct = default)
    {
        var file = Path.Combine(directory, StorageOptions.DatabaseName);
        if (!File.Exists(file)) throw StartupProblem.Missing(file);
        var broken = await database.FirstProblemAsync(file, ct);
        yield return ("integrity and foreign keys 完整性与外键", broken is null ? [] : [broken]);
        if (broken is not null) yield break;

        await using var db = await database.OpenReadOnlyAsync(file, services, ct);
        var history = await MigrationHistory.ReadAsync(db, database, ct);
        yield return ("schema 数据库结构", SchemaProblems(file, history));
        if (history.Due.Count > 0 || history.IsTooOld) yield break;

        foreach (var check in checks.Where(c => withUploads || !c.ReadsUploads))
            yield return (check.Subject, await FirstProblemsAsync(check, db, directory, ct));
    }

    private static IReadOnlyList<string> SchemaProblems(string file, MigrationHistory history) =>
        history.IsTooOld ? [StartupProblem.TooOld(file).Message]
        : history.Due.Count > 0 ? [$"{history.Due.Count} migrations are due; they run when the app starts."]
        : [];

    private static async Task<IReadOnlyList<string>> FirstProblemsAsync(
        IStorageCheck check, LogisticsDb db, string directory, CancellationToken ct)
    {
        List<string> problems = [];
        var found = 0;
        await foreach (var problem in check.ProblemsAsync(db, directory, ct))
            if (++found <= MaximumProblemsPerCheck) problems.Add(problem);
        if (found > problems.Count) problems.Add($"… and {found - problems.Count} more.");
        return problems;
    }
}

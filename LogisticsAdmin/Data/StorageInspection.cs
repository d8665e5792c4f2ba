using System.Runtime.CompilerServices;
using LogisticsAdmin.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

/// <summary>Something a slice knows must be true of what is stored. Reads only.</summary>
public interface IStorageCheck
{
    /// <summary>What is looked at, in a few words.</summary>
    string Subject { get; }

    /// <summary>One sentence for each thing found wrong.</summary>
    IAsyncEnumerable<string> ProblemsAsync(LogisticsDb db, CancellationToken ct);
}

/// <summary>Looks over the storage without changing it; works while the app runs.</summary>
public sealed class StorageInspection(IEnumerable<IStorageCheck> checks, WriteServices services, IOptions<StorageOptions> storage)
{
    /// <summary>A damaged store can have thousands of problems; the first ones tell the story.</summary>
    public const int MostToldOfEach = 20;

    /// <summary>Every check by its subject, with what it found; healthy ones have no problems. Refuses as <see cref="StartupProblem"/> when there is no database.</summary>
    public async IAsyncEnumerable<(string Subject, IReadOnlyList<string> Problems)> InspectAsync(
        [EnumeratorCancellation] CancellationToken ct = default)
    {
        if (!File.Exists(storage.Value.Database)) throw StartupProblem.Missing(storage.Value.Database);
        var broken = await Backups.FirstProblemAsync(storage.Value.Database, ct);
        yield return ("integrity and foreign keys 完整性与外键", broken is null ? [] : [broken]);
        if (broken is not null) yield break;

        await using var db = await OpenAsync(ct);
        var due = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
        yield return ("schema 数据库结构", due.Count == 0 ? [] : [$"{due.Count} migrations are due; they run when the app starts."]);
        if (due.Count > 0) yield break;

        foreach (var check in checks) yield return (check.Subject, await FirstAsync(check, db, ct));
    }

    private static async Task<IReadOnlyList<string>> FirstAsync(IStorageCheck check, LogisticsDb db, CancellationToken ct)
    {
        List<string> told = [];
        var found = 0;
        await foreach (var problem in check.ProblemsAsync(db, ct))
            if (++found <= MostToldOfEach) told.Add(problem);
        if (found > told.Count) told.Add($"… and {found - told.Count} more.");
        return told;
    }

    private async Task<LogisticsDb> OpenAsync(CancellationToken ct)
    {
        var connection = new SqliteConnectionStringBuilder(storage.Value.ConnectionString) { Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        var db = new LogisticsDb(new DbContextOptionsBuilder<LogisticsDb>().UseSqlite(connection.ToString()).Options, services);
        await db.Database.OpenConnectionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("PRAGMA query_only=ON", ct);
        return db;
    }
}

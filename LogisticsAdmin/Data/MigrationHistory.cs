using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Data;

/// <summary>The migrations a database has, compared with those of this version.</summary>
public sealed record MigrationHistory(IReadOnlyList<string> Applied, IReadOnlyList<string> Known, IReadOnlyList<string> Folded)
{
    public static async Task<MigrationHistory> ReadAsync(LogisticsDb db, IDatabaseStorage database, CancellationToken ct) =>
        new([.. await db.Database.GetAppliedMigrationsAsync(ct)], [.. db.Database.GetMigrations()], database.FoldedMigrations);

    /// <summary>Whether a newer version has migrated it.</summary>
    public bool IsNewer => Applied.Except(Known).Except(Folded).Any();

    /// <summary>Whether only some of the migrations that were later folded into one have been applied.</summary>
    public bool IsTooOld => HasFolded && (Folded.Except(Applied).Any() || !Applied.Contains(Known[0]));

    /// <summary>Whether the history still lists migrations that were later folded into one.</summary>
    public bool HasFolded => Applied.Intersect(Folded).Any();

    public IReadOnlyList<string> Due => [.. Known.Except(Applied)];
}

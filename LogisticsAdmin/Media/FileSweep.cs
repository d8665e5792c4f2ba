using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Media;

/// <summary>Removes files that were taken out or never used, and those that no row refers to.</summary>
public sealed class FileSweep(
    IEnumerable<IFileOwner> owners, IDbContextFactory<LogisticsDb> databases, FileStore store, TimeProvider clock, ILogger<FileSweep> log)
{
    private const int BatchSize = 500;

    /// <summary>Removes what its owner has not used for <see cref="MediaSweep.DraftLifetime"/>, rows and files, and returns how many.</summary>
    public async Task<int> SweepUnusedAsync(CancellationToken ct = default)
    {
        var swept = 0;
        foreach (var owner in owners)
        {
            // Rows first: a file without a row is harmless, a row without a file can't be downloaded.
            var keys = await owner.DeleteUnusedAsync(clock.GetUtcNow() - MediaSweep.DraftLifetime, ct);
            foreach (var key in keys) store.Delete(key);
            swept += keys.Count;
        }
        if (swept > 0) log.DraftsSwept(swept);
        return swept;
    }

    /// <summary>Removes files older than <see cref="MediaSweep.DraftLifetime"/> that no owner refers to, and returns how many.</summary>
    public async Task<int> SweepFilesAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var swept = 0;
        foreach (var stored in store.StoredBefore(clock.GetUtcNow() - MediaSweep.DraftLifetime).Chunk(BatchSize))
        {
            var orphans = stored.ToHashSet();
            foreach (var owner in owners)
                orphans.ExceptWith(await owner.References(db).Where(r => stored.Contains(r.Key)).Select(r => r.Key).ToListAsync(ct));
            foreach (var key in orphans) store.Delete(key);
            swept += orphans.Count;
        }
        if (swept > 0) log.AttachmentsSwept(swept);
        return swept;
    }
}

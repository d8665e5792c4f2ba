using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Media;

/// <summary>Removes uploads that nobody used, and files that no row refers to.</summary>
public sealed class MediaSweep(
    IEnumerable<IMediaOwner> owners, IDbContextFactory<LogisticsDb> databases, MediaStore store, TimeProvider clock, ILogger<MediaSweep> log)
{
    /// <summary>How long an upload may wait for the form it belongs to.</summary>
    public static readonly TimeSpan DraftLifetime = TimeSpan.FromHours(24);

    private const int BatchSize = 500;

    /// <summary>Removes drafts older than <see cref="DraftLifetime"/>, rows and files, and returns how many.</summary>
    public async Task<int> SweepDraftsAsync(CancellationToken ct = default)
    {
        var swept = 0;
        foreach (var owner in owners)
        {
            // Rows first: a file without a row is harmless, a row without a file is a broken picture.
            var keys = await owner.DeleteDraftsAsync(clock.GetUtcNow() - DraftLifetime, ct);
            foreach (var key in keys) store.Delete(key);
            swept += keys.Count;
        }
        if (swept > 0) log.DraftsSwept(swept);
        return swept;
    }

    /// <summary>
    /// Removes files older than <see cref="DraftLifetime"/> that no owner refers to, and returns how many. A process that is killed between
    /// writing a file and its row leaves such files.
    /// </summary>
    public async Task<int> SweepFilesAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var swept = 0;
        foreach (var stored in store.StoredBefore(clock.GetUtcNow() - DraftLifetime).Chunk(BatchSize))
        {
            var orphans = stored.ToHashSet();
            foreach (var owner in owners)
                orphans.ExceptWith(await owner.References(db).Where(r => stored.Contains(r.Key)).Select(r => r.Key).ToListAsync(ct));
            foreach (var key in orphans) store.Delete(key);
            swept += orphans.Count;
        }
        if (swept > 0) log.FilesSwept(swept);
        return swept;
    }
}

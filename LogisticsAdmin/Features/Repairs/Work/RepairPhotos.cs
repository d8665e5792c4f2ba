using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Media;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>
/// Photos of tickets: taken in as drafts of their uploader, bound to an event by the verb they come with, handed out to whoever may see
/// that event. Refuses with NotFound or Rejected at <see cref="ReportForm.Photos"/>.
/// </summary>
public sealed class RepairPhotos(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, PictureProcessor pictures, MediaStore store, ILogger<RepairPhotos> log)
{
    /// <summary>How long a photo waits for the report it belongs to.</summary>
    public static readonly TimeSpan DraftsLive = TimeSpan.FromHours(24);

    /// <summary>Most drafts of one person at a time, so that nobody fills the disk with what belongs nowhere.</summary>
    public const int MostDrafts = 30;

    /// <summary>Keeps an upload as a draft of the person. The file is whole on disk before its row exists.</summary>
    public async Task<PhotoRow> KeepAsync(Stream upload, CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.RepairPhotos.CountAsync(p => p.UploadedById == me && p.TicketId == null, ct) >= MostDrafts)
            throw Rejected.At<RepairsText>(nameof(ReportForm.Photos), "TooManyDrafts");

        var picture = await ProcessAsync(upload, ct);
        var key = Guid.NewGuid();
        await store.SaveAsync(key, picture, ct);
        try
        {
            await db.WriteAsync(_ =>
            {
                db.RepairPhotos.Add(new RepairPhoto(key, me, picture.Width, picture.Height, picture.Full.Length, clock.GetUtcNow()));
                return Task.CompletedTask;
            }, ct);
        }
        catch
        {
            store.Delete(key);
            throw;
        }
        return new PhotoRow(key, picture.Width, picture.Height);
    }

    /// <summary>Those of the keys that are still drafts of the person, in the order they were taken in.</summary>
    public async Task<IReadOnlyList<PhotoRow>> DraftsAsync(IReadOnlyCollection<Guid> keys, CancellationToken ct = default)
    {
        if (keys.Count == 0) return [];
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.RepairPhotos.AsNoTracking().Where(p => keys.Contains(p.Key) && p.UploadedById == me && p.TicketId == null)
            .OrderBy(p => p.Id).Select(p => new PhotoRow(p.Key, p.Width, p.Height)).ToListAsync(ct);
    }

    /// <summary>The JPEG, for whoever may see the event it belongs to; a draft for its uploader only. The caller disposes the stream.</summary>
    public async Task<Stream> OpenAsync(Guid key, bool thumbnail, CancellationToken ct = default)
    {
        var actor = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        var photo = await (
            from p in db.RepairPhotos.AsNoTracking()
            where p.Key == key
            select new
            {
                p.UploadedById,
                p.Internal,
                Parties = p.Ticket == null ? null : new { p.Ticket.ReporterId, p.Ticket.CrewId, p.Ticket.TechnicianId },
            }).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        var mine = photo.UploadedById == actor.PersonId;
        var visible = photo.Parties is not { } t ? mine : MaySee(new TicketParties(t.ReporterId, t.CrewId, t.TechnicianId));
        return (visible ? store.OpenRead(key, thumbnail) : null) ?? throw new NotFound();

        bool MaySee(TicketParties ticket) => photo.Internal ? actor.MaySeeInternal(ticket) : actor.MaySee(ticket);
    }

    /// <summary>Forgets drafts that waited too long, files and all, and says how many.</summary>
    public async Task<int> SweepAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var limit = clock.GetUtcNow() - DraftsLive;
        if (!await db.RepairPhotos.AnyAsync(p => p.TicketId == null && p.At < limit, ct)) return 0;
        var keys = await db.WriteAsync(async token =>
        {
            var old = await db.RepairPhotos.Where(p => p.TicketId == null && p.At < limit).ToListAsync(token);
            db.RepairPhotos.RemoveRange(old);
            return old.ConvertAll(p => p.Key);
        }, ct);
        // Rows first: a file without a row is harmless, a row without a file is a broken picture.
        foreach (var key in keys) store.Delete(key);
        log.DraftsSwept(keys.Count);
        return keys.Count;
    }

    /// <summary>Removes files older than <see cref="DraftsLive"/> that no row names, as a process leaves them that is killed before the row is written; says how many.</summary>
    public async Task<int> SweepFilesAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var swept = 0;
        foreach (var kept in store.StoredBefore(clock.GetUtcNow() - DraftsLive).Chunk(500))
        {
            var named = await db.RepairPhotos.Where(p => kept.Contains(p.Key)).Select(p => p.Key).ToListAsync(ct);
            foreach (var key in kept.Except(named))
            {
                store.Delete(key);
                swept++;
            }
        }
        if (swept > 0) log.FilesSwept(swept);
        return swept;
    }

    private async Task<ProcessedPicture> ProcessAsync(Stream upload, CancellationToken ct)
    {
        try
        {
            return await pictures.ProcessAsync(upload, ct);
        }
        catch (PictureRefusedException refused)
        {
            throw refused.At(nameof(ReportForm.Photos));
        }
    }
}

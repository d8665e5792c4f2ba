using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Media;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>
/// Photos of tickets: stored as drafts of their uploader, then bound to the event of the verb they are sent with. Refuses at
/// <see cref="ReportForm.Photos"/>.
/// </summary>
public sealed class RepairPhotos(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, PictureProcessor pictures, MediaStore store, IStandIns standIns)
    : IMediaOwner
{
    /// <summary>The maximum number of drafts per person, so that nobody fills the disk with photos that belong to no ticket.</summary>
    public const int MaxDrafts = 30;

    /// <summary>Stores an upload as a draft of the user. The file is written completely before its row is created.</summary>
    public async Task<PhotoRow> UploadDraftAsync(Stream upload, CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        // Also asked before the work of decoding; the limit holds by the check inside the write.
        await DemandRoomAsync(ct);
        var picture = await ProcessAsync(upload, ct);
        var key = Guid.NewGuid();
        await store.SaveAsync(key, picture, ct);
        try
        {
            await db.WriteAsync(async token =>
            {
                await DemandRoomAsync(token);
                db.RepairPhotos.Add(new RepairPhoto(key, me, picture.Width, picture.Height, picture.Full.Length, clock.GetUtcNow()));
            }, ct);
        }
        catch
        {
            store.Delete(key);
            throw;
        }
        return new PhotoRow(key, picture.Width, picture.Height);

        async Task DemandRoomAsync(CancellationToken token)
        {
            if (await db.RepairPhotos.CountAsync(p => p.UploadedById == me && p.TicketId == null, token) >= MaxDrafts)
                throw Rejected.At<WorkText>(nameof(ReportForm.Photos), "TooManyDrafts");
        }
    }

    /// <summary>The user's drafts with these keys, in the order of upload. Other keys are ignored.</summary>
    public async Task<IReadOnlyList<PhotoRow>> DraftsAsync(IReadOnlyCollection<Guid> keys, CancellationToken ct = default)
    {
        if (keys.Count == 0) return [];
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.RepairPhotos.AsNoTracking().Where(p => keys.Contains(p.Key) && p.UploadedById == me && p.TicketId == null)
            .OrderBy(p => p.Id).Select(p => new PhotoRow(p.Key, p.Width, p.Height)).ToListAsync(ct);
    }

    /// <summary>A photo is visible to whoever may see its event, a draft only to its uploader.</summary>
    public async Task<bool> MaySeeAsync(Guid key, Actor actor, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var photo = await (
            from p in db.RepairPhotos.AsNoTracking()
            where p.Key == key
            select new
            {
                p.UploadedById,
                p.Internal,
                Parties = p.Ticket == null ? null : new { p.Ticket.ReporterId, p.Ticket.CrewId, p.Ticket.TechnicianId },
            }).FirstOrDefaultAsync(ct);
        if (photo is null) return false;
        if (photo.Parties is not { } t) return photo.UploadedById == actor.PersonId;
        var ticket = new TicketParties(t.ReporterId, t.CrewId, t.TechnicianId);
        var acting = await standIns.ActingAsync(db, actor, ct);
        return photo.Internal ? acting.MaySeeInternal(ticket) : acting.MaySee(ticket);
    }

    public IQueryable<MediaReference> References(LogisticsDb db) => db.RepairPhotos.Select(p => new MediaReference { Id = p.Id, Key = p.Key });

    public async Task<IReadOnlyCollection<Guid>> DeleteDraftsAsync(DateTimeOffset before, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.RepairPhotos.AnyAsync(p => p.TicketId == null && p.At < before, ct)) return [];
        return await db.WriteAsync(async token =>
        {
            var old = await db.RepairPhotos.Where(p => p.TicketId == null && p.At < before).ToListAsync(token);
            db.RepairPhotos.RemoveRange(old);
            return old.ConvertAll(p => p.Key);
        }, ct);
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

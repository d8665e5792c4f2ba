using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Media;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>Photos of cases. Nothing of an upload says who made it; it is used by the form that knows its random key.</summary>
public sealed class VoicePhotos(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, PictureProcessor pictures, MediaStore store) : IMediaOwner
{
    /// <summary>Stores the files of a form and returns the keys of all its photos. Refusals are added to the form's answer; accepted files are kept.</summary>
    public async Task<IReadOnlyList<Guid>> StoreAsync(
        string form, FormAnswer answer, IEnumerable<Guid>? drafts, IReadOnlyList<IBrowserFile>? files, CancellationToken ct = default)
    {
        List<Guid> keys = [.. drafts?.Distinct() ?? []];
        foreach (var file in files ?? [])
        {
            // Browsers send an empty file field as one file without name and content.
            if (file is { Size: 0, Name: "" }) continue;
            try
            {
                if (keys.Count >= VoiceLimits.Photos) throw Rejected.At<VoiceText>(nameof(VoiceSubmitForm.Photos), "TooManyPhotos", VoiceLimits.Photos);
                await using var upload = file.OpenReadStream(long.MaxValue, ct);
                keys.Add(await UploadAsync(upload, ct));
            }
            catch (Rejected refused)
            {
                answer.Refuse(form, refused);
            }
        }
        return keys;
    }

    /// <summary>Stores an upload that no case has yet, and returns its key. Its name is not kept, and what cameras write into pictures is removed.</summary>
    public async Task<Guid> UploadAsync(Stream upload, CancellationToken ct = default)
    {
        _ = user.PersonId;
        ProcessedPicture picture;
        try
        {
            picture = await pictures.ProcessAsync(upload, ct);
        }
        catch (PictureRefusedException refused)
        {
            throw refused.At(nameof(VoiceSubmitForm.Photos));
        }
        var key = Guid.NewGuid();
        await store.SaveAsync(key, picture, ct);
        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            await db.WriteAsync(_ =>
            {
                db.VoicePhotos.Add(new VoicePhoto(key, picture.Width, picture.Height, picture.Full.Length, clock.GetUtcNow()));
                return Task.CompletedTask;
            }, ct);
        }
        catch
        {
            store.Delete(key);
            throw;
        }
        return key;
    }

    /// <summary>The uploads with these keys that no case has yet, for a form that is shown again.</summary>
    public async Task<IReadOnlyList<PhotoRow>> DraftsAsync(IReadOnlyCollection<Guid> keys, CancellationToken ct = default)
    {
        if (keys.Count == 0) return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.VoicePhotos.AsNoTracking().Where(p => keys.Contains(p.Key) && p.CaseId == null)
            .OrderBy(p => p.Id).Select(p => new PhotoRow(p.Key, p.Width, p.Height)).ToListAsync(ct);
    }

    /// <summary>The office and the reporter see the photos of a case, those of internal notes only who reads these; an upload, whoever knows its key.</summary>
    public async Task<bool> MaySeeAsync(Guid key, Actor actor, CancellationToken ct)
    {
        if (actor.PersonId is not { } me) return false;
        await using var db = await databases.CreateDbContextAsync(ct);
        var reporters = db.VoiceReporters;
        var uses = await db.VoicePhotos.AsNoTracking().Where(p => p.Key == key).Select(p => new
        {
            p.CaseId,
            IsInternal = p.Event != null && p.Event.IsInternal,
            IsMine = reporters.Any(r => r.CaseId == p.CaseId && r.PersonId == me),
        }).ToListAsync(ct);
        return uses.Exists(u => u.CaseId is null || (u.IsInternal ? actor.MaySeeInternal(u.IsMine) : actor.MaySee(u.IsMine)));
    }

    public IQueryable<MediaReference> References(LogisticsDb db) => db.VoicePhotos.Select(p => new MediaReference { Id = p.Id, Key = p.Key });

    public async Task<IReadOnlyCollection<Guid>> DeleteDraftsAsync(DateTimeOffset before, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.VoicePhotos.AnyAsync(p => p.CaseId == null && p.At < before, ct)) return [];
        return await db.WriteAsync(async token =>
        {
            var old = await db.VoicePhotos.Where(p => p.CaseId == null && p.At < before).ToListAsync(token);
            db.VoicePhotos.RemoveRange(old);
            return old.ConvertAll(p => p.Key);
        }, ct);
    }
}

using System.Globalization;
using System.Security.Cryptography;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Media;
using LogisticsAdmin.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>
/// Photos of readings. One is stored before its reading, which then refers to it; those that no reading refers to are swept like all uploads. The
/// office sees them, and whoever recorded the reading.
/// </summary>
public sealed class ReadingPhotos(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, PictureProcessor pictures, MediaStore store, IDataProtectionProvider protection) : IMediaOwner
{
    private readonly IDataProtector _protector = protection.CreateProtector(nameof(ReadingPhotos));

    /// <summary>Stores an upload of the office or a technician, and returns its key. What is no picture is refused at the field of the photo.</summary>
    public async Task<Guid> StoreAsync(Stream upload, CancellationToken ct = default)
    {
        user.Actor.DemandReadings();
        ProcessedPicture picture;
        try
        {
            picture = await pictures.ProcessAsync(upload, ct);
        }
        catch (PictureRefusedException refused)
        {
            throw refused.At(nameof(ReadingForm.Photo));
        }
        var key = Guid.NewGuid();
        await store.SaveAsync(key, picture, ct);
        return key;
    }

    /// <summary>Removes a stored photo to which no reading refers.</summary>
    public void Discard(Guid key) => store.Delete(key);

    /// <summary>A stored photo for a form that is shown again, so that it need not be sent again; it is of use to nobody else.</summary>
    public string TokenOf(Guid key) => _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{user.PersonId} {key:N}"));

    /// <summary>The photo of a token; null for one that is not the user's, or whose photo is gone.</summary>
    public Guid? KeyOf(string? token)
    {
        if (string.IsNullOrEmpty(token)) return null;
        try
        {
            var parts = _protector.Unprotect(token).Split(' ');
            var key = Guid.ParseExact(parts[1], "N");
            return parts[0] == user.PersonId.ToString(CultureInfo.InvariantCulture) && store.Exists(key) ? key : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public async Task<bool> MaySeeAsync(Guid key, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff) return false;
        await using var db = await databases.CreateDbContextAsync(ct);
        var (sees, me) = (actor.IsOffice, actor.PersonId);
        return await db.MeterReadings.AnyAsync(r => r.PhotoKey == key && (sees || r.RecordedById == me), ct);
    }

    public IQueryable<MediaReference> References(LogisticsDb db) =>
        db.MeterReadings.Where(r => r.PhotoKey != null).Select(r => new MediaReference { Id = r.Id, Key = r.PhotoKey!.Value });

    public Task<IReadOnlyCollection<Guid>> DeleteDraftsAsync(DateTimeOffset before, CancellationToken ct) =>
        Task.FromResult<IReadOnlyCollection<Guid>>([]);
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Media;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>Pictures of dishes and goods. Everybody who is signed in sees them; those that nothing refers to are swept like all uploads.</summary>
public sealed class ItemPictures(IDbContextFactory<LogisticsDb> databases, CurrentUser user, PictureProcessor pictures, MediaStore store) : IMediaOwner
{
    /// <summary>Stores an upload of the management, and returns its key. What is no picture is refused at the field of the picture.</summary>
    public async Task<Guid> StoreAsync(Stream upload, CancellationToken ct = default)
    {
        user.Actor.DemandShelf();
        try
        {
            var (picture, key) = (await pictures.ProcessAsync(upload, ct), Guid.NewGuid());
            await store.SaveAsync(key, picture, ct);
            return key;
        }
        catch (PictureRefusedException refused)
        {
            throw refused.At(nameof(ItemForm.Picture));
        }
    }

    public async Task<bool> MaySeeAsync(Guid key, Actor actor, CancellationToken ct)
    {
        if (actor.IsSystem) return false;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.ShelfItems.AnyAsync(i => i.PictureKey == key, ct);
    }

    public IQueryable<MediaReference> References(LogisticsDb db) =>
        db.ShelfItems.Where(i => i.PictureKey != null).Select(i => new MediaReference { Id = i.Id, Key = i.PictureKey!.Value });

    public Task<IReadOnlyCollection<Guid>> DeleteDraftsAsync(DateTimeOffset before, CancellationToken ct) =>
        Task.FromResult<IReadOnlyCollection<Guid>>([]);
}

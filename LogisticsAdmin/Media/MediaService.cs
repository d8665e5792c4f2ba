using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Media;

/// <summary>Opens stored pictures for whoever may see them.</summary>
public sealed class MediaService(IEnumerable<IMediaOwner> owners, MediaStore store, CurrentUser user)
{
    /// <summary>The JPEG, which the caller disposes.</summary>
    /// <exception cref="NotFound">There is no such picture, or no owner lets the person see it.</exception>
    public async Task<Stream> OpenAsync(Guid key, bool thumbnail, CancellationToken ct = default)
    {
        var actor = user.Actor;
        foreach (var owner in owners)
        {
            if (await owner.MaySeeAsync(key, actor, ct) && store.OpenRead(key, thumbnail) is { } picture) return picture;
        }
        throw new NotFound();
    }
}

using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Media;

/// <summary>Opens stored files for whoever may have them.</summary>
public sealed class FileService(IEnumerable<IFileOwner> owners, FileStore store, CurrentUser user)
{
    /// <summary>The file and its name. The caller disposes the stream.</summary>
    /// <exception cref="NotFound">There is no such file, or no owner lets the person have it.</exception>
    public async Task<(Stream File, string Name)> OpenAsync(Guid key, CancellationToken ct = default)
    {
        var actor = user.Actor;
        foreach (var owner in owners)
        {
            if (await owner.NameForAsync(key, actor, ct) is { } name && store.OpenRead(key) is { } file) return (file, name);
        }
        throw new NotFound();
    }
}

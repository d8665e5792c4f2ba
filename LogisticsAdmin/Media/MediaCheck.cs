using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Media;

/// <summary>Checks that every picture that a row refers to is on the disk, with its thumbnail.</summary>
internal sealed class MediaCheck(IEnumerable<IMediaOwner> owners) : IStorageCheck
{
    public string Subject => "photos present 照片文件";
    public bool ReadsUploads => true;

    public async IAsyncEnumerable<string> ProblemsAsync(LogisticsDb db, string directory, [EnumeratorCancellation] CancellationToken ct)
    {
        var store = new MediaStore(directory);
        foreach (var owner in owners)
        {
            await foreach (var photo in owner.References(db).AsAsyncEnumerable().WithCancellation(ct))
                if (!store.Exists(photo.Key)) yield return $"Photo {photo.Id} ({photo.Key:N}) has no file.";
        }
    }
}

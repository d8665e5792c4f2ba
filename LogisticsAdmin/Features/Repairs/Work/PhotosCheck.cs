using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Media;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>Every photo a row names is on the disk, with its thumbnail.</summary>
internal sealed class PhotosCheck(IOptions<StorageOptions> storage) : IStorageCheck
{
    public string Subject => "photos present 照片文件";

    public async IAsyncEnumerable<string> ProblemsAsync(LogisticsDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        var store = new MediaStore(storage.Value.Root);
        await foreach (var photo in db.RepairPhotos.Select(p => new { p.Id, p.Key }).AsAsyncEnumerable().WithCancellation(ct))
            if (!store.Exists(photo.Key)) yield return $"Photo {photo.Id} ({photo.Key:N}) has no file.";
    }
}

using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Media;

/// <summary>Checks that every file that a row refers to is on the disk with its length.</summary>
internal sealed class FileCheck(IEnumerable<IFileOwner> owners) : IStorageCheck
{
    public string Subject => "attachments present 附件文件";
    public bool ReadsUploads => true;

    public async IAsyncEnumerable<string> ProblemsAsync(LogisticsDb db, string directory, [EnumeratorCancellation] CancellationToken ct)
    {
        var store = new FileStore(directory);
        foreach (var owner in owners)
        {
            await foreach (var file in owner.References(db).AsAsyncEnumerable().WithCancellation(ct))
            {
                if (store.LengthOf(file.Key) is not { } length) yield return $"Attachment {file.Id} ({file.Key:N}) has no file.";
                else if (length != file.Length) yield return $"Attachment {file.Id} ({file.Key:N}) has {length} bytes instead of {file.Length}.";
            }
        }
    }
}

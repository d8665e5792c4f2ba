using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets;
using LogisticsAdmin.Spreadsheets.Reading;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Imports;

/// <summary>
/// Uploaded files while a wizard works on them, stored beside the database and deleted when closed. Files that a killed process left are
/// deleted at start, because they hold personal data.
/// </summary>
public sealed class IncomingFiles(IOptions<StorageOptions> storage) : IHostedService
{
    private const int Buffer = 81_920;

    private string Folder => Path.Combine(storage.Value.Root, "incoming");

    /// <summary>Stores the upload as a file that can seek. Refuses it as soon as it exceeds the size limit, without reading on.</summary>
    public async Task<Stream> SaveAsync(Stream upload, CancellationToken ct)
    {
        Directory.CreateDirectory(Folder);
        var file = new FileStream(Path.Combine(Folder, Guid.NewGuid().ToString("N")), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, Buffer,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            var some = new byte[Buffer];
            while (await upload.ReadAsync(some, ct) is var read and > 0)
            {
                await file.WriteAsync(some.AsMemory(0, read), ct);
                if (file.Length > SheetLimits.Default.FileBytes)
                    throw Rejected.Because<SpreadsheetsText>("FileTooLarge", SheetLimits.Default.FileBytes / SheetLimits.Mebi);
            }
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets;
using LogisticsAdmin.Spreadsheets.Reading;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Imports;

/// <summary>
/// Uploads while a wizard works on them: files of their own beside the database, gone when they are closed. What a killed process left is
/// swept at the start, because it names people.
/// </summary>
public sealed class IncomingFiles(IOptions<StorageOptions> storage) : IHostedService
{
    private const int Buffer = 81_920;

    private string Folder => Path.Combine(storage.Value.Root, "incoming");

    /// <summary>The upload as a file that seeks. Refused as soon as it is larger than a spreadsheet may be; no more of it is taken.</summary>
    public async Task<Stream> TakeAsync(Stream upload, CancellationToken ct)
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

using System.Globalization;
using System.IO.Compression;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

/// <summary>
/// Backups of the database and all uploads in one zip file. The database is copied while the app keeps working. Uploads are written before the
/// rows that refer to them and never change, so copying them second includes every row's file. Keys are not included.
/// </summary>
public sealed class Backups(IOptions<StorageOptions> storage, IDatabaseStorage database, TimeProvider clock)
{
    private const string DatabaseEntry = "logistics.db";
    private const string UploadsFolder = "uploads/";

    private string Uploads => storage.Value.Uploads;

    public string NameFor(string why) => Path.Combine(storage.Value.Backups,
        string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyyMMdd-HHmmss}-{why}.zip"));

    /// <summary>Writes to a temporary file first, so that the named file is complete or absent. Refuses as <see cref="StartupProblem"/>.</summary>
    public async Task WriteAsync(string file, CancellationToken ct = default)
    {
        if (!File.Exists(storage.Value.Database)) throw StartupProblem.Missing(storage.Value.Database);
        file = Path.GetFullPath(file);
        var copy = file + ".db-part";
        var part = file + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await database.CopyAsync(copy, ct);
            File.Delete(part);
            await using (var zip = await ZipFile.OpenAsync(part, ZipArchiveMode.Create, ct))
            {
                await zip.CreateEntryFromFileAsync(copy, DatabaseEntry, CompressionLevel.Fastest, ct);
                foreach (var upload in UploadedFiles())
                {
                    var entry = UploadsFolder + Path.GetRelativePath(Uploads, upload).Replace('\\', '/');
                    await zip.CreateEntryFromFileAsync(upload, entry, CompressionLevel.NoCompression, ct);
                }
            }
            File.Move(part, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupProblem($"The backup {file} can't be written: {e.Message} 备份无法写入。", e);
        }
        catch (Exception e) when (database.IsEngineError(e))
        {
            throw new StartupProblem($"The database can't be copied: {e.Message} 数据库无法复制。", e);
        }
        finally
        {
            File.Delete(copy);
            File.Delete(part);
        }
    }

    /// <summary>
    /// Replaces the stored data by a backup and returns the file that keeps the previous data. The caller holds the storage lock. Everything
    /// is unpacked and checked before anything is replaced; if the process is killed at any point, a complete database with all uploads
    /// remains.
    /// </summary>
    public async Task<string?> RestoreAsync(string file, CancellationToken ct = default)
    {
        if (!File.Exists(file)) throw new StartupProblem($"{file} does not exist. 备份文件不存在。");
        var unpacked = Path.Combine(storage.Value.Root, ".restore");
        if (Directory.Exists(unpacked)) Directory.Delete(unpacked, recursive: true);
        try
        {
            await UnpackAsync(file, unpacked, ct);
            var restored = Path.Combine(unpacked, DatabaseEntry);
            if (!File.Exists(restored) || await database.FirstProblemAsync(restored, ct) is not null)
                throw new StartupProblem($"{file} holds no healthy database. 备份中的数据库不完整。");

            var kept = await BackUpCurrentAsync(ct);
            // Uploads never change, so both sets can be in one folder while the databases are exchanged.
            var uploads = FilesBelow(Path.Combine(unpacked, "uploads"));
            foreach (var upload in uploads) MoveInto(Uploads, upload);
            database.Replace(restored);

            var wanted = uploads.Select(u => u.Inside).ToHashSet(StringComparer.Ordinal);
            foreach (var upload in FilesBelow(Uploads).Where(u => !wanted.Contains(u.Inside))) File.Delete(upload.Path);
            return kept;
        }
        finally
        {
            if (Directory.Exists(unpacked)) Directory.Delete(unpacked, recursive: true);
        }
    }

    private async Task UnpackAsync(string file, string to, CancellationToken ct)
    {
        try
        {
            await using var zip = await ZipFile.OpenReadAsync(file, ct);
            BackupEntries.DemandRoom(zip, file, storage.Value.Root);
            foreach (var entry in zip.Entries)
            {
                if (!IsOurs(entry.FullName)) throw new InvalidDataException($"Unexpected entry {entry.FullName}.");
                var path = Path.Combine(to, entry.FullName);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await entry.UnpackAsync(path, ct);
            }
        }
        catch (InvalidDataException e)
        {
            throw new StartupProblem($"{file} is not a backup of LogisticsAdmin. 该文件不是有效的备份。", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupProblem($"{file} can't be unpacked: {e.Message} 备份无法解压。", e);
        }
    }

    private static bool IsOurs(string entry) => entry == DatabaseEntry
        || (entry.StartsWith(UploadsFolder, StringComparison.Ordinal) && !entry.Contains('\\') && !entry.Contains(':')
            && entry.Split('/').All(part => part is not ("" or "." or "..")));

    /// <summary>Backs up what is stored now; a database too damaged for a backup is copied as it is.</summary>
    private async Task<string?> BackUpCurrentAsync(CancellationToken ct)
    {
        if (!File.Exists(storage.Value.Database)) return null;
        var file = NameFor("before-restore");
        try
        {
            await WriteAsync(file, ct);
            return file;
        }
        catch (StartupProblem e) when (database.IsEngineError(e.InnerException))
        {
            var damaged = Path.ChangeExtension(file, ".damaged.db");
            database.CopyDamaged(damaged);
            return damaged;
        }
    }

    // A file that ends in .tmp is still being written, and no row names it yet.
    private IEnumerable<string> UploadedFiles() =>
        FilesBelow(Uploads).Select(f => f.Path).Where(f => !f.EndsWith(".tmp", StringComparison.Ordinal));

    private static List<(string Path, string Inside)> FilesBelow(string directory) => Directory.Exists(directory)
        ? [.. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Select(f => (f, Path.GetRelativePath(directory, f)))]
        : [];

    private static void MoveInto(string directory, (string Path, string Inside) file)
    {
        var to = Path.Combine(directory, file.Inside);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Move(file.Path, to, overwrite: true);
    }
}

using System.IO.Compression;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

/// <summary>
/// Backups of the database and, unless left out, all uploads in one zip file. The database is copied while the app keeps working. Uploads are
/// written before the rows that refer to them and never change, so copying them second includes every row's file. Keys are not included.
/// </summary>
public sealed class Backups(IOptions<StorageOptions> storage, IDatabaseStorage database, TimeProvider clock)
{
    /// <summary>The ending of files that are still being written.</summary>
    public const string PartEnding = ".part";

    private const string DatabaseEntry = StorageOptions.DatabaseName;
    private const string UploadsFolder = "uploads/";

    /// <summary>What file managers add to a folder or a zip.</summary>
    private static readonly string[] Clutter = ["__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"];

    private string Uploads => storage.Value.Uploads;

    /// <summary>Where a backup is unpacked before it replaces what is stored.</summary>
    private string Unpacked => Path.Combine(storage.Value.Root, ".restore");

    /// <summary>Where a backup is unpacked to be tested.</summary>
    public string TestDirectory => Path.Combine(storage.Value.Root, ".restore-test");

    public string NameFor(string why) => Path.Combine(storage.Value.Backups, BackupFile.NameFor(clock.GetUtcNow(), why));

    /// <summary>
    /// Writes to a temporary file, reads back what it wrote and checks it before the file gets its name: the named file is complete and healthy,
    /// or what it was before. Refuses as <see cref="StartupProblem"/>.
    /// </summary>
    public async Task WriteAsync(string file, bool withUploads = true, CancellationToken ct = default)
    {
        if (!File.Exists(storage.Value.Database)) throw StartupProblem.Missing(storage.Value.Database);
        file = Path.GetFullPath(file);
        var copy = file + PartEnding + ".db";
        var part = file + PartEnding;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var rows = await database.CopyAsync(copy, ct);
            File.Delete(part);
            await using (var zip = await ZipFile.OpenAsync(part, ZipArchiveMode.Create, ct))
            {
                await zip.CreateEntryFromFileAsync(copy, DatabaseEntry, CompressionLevel.Fastest, ct);
                foreach (var upload in withUploads ? UploadedFiles() : [])
                {
                    var entry = UploadsFolder + Path.GetRelativePath(Uploads, upload).Replace('\\', '/');
                    try
                    {
                        await zip.CreateEntryFromFileAsync(upload, entry, CompressionLevel.NoCompression, ct);
                    }
                    catch (FileNotFoundException)
                    {
                        // Swept meanwhile, so no row refers to it.
                    }
                }
            }
            if (await ProblemOfWrittenAsync(part, copy, rows, ct) is { } problem)
            {
                throw new StartupProblem(
                    $"The backup {file} was not made, because the database is damaged: {problem} 数据库已损坏，未生成备份。", new InvalidDataException(problem));
            }
            File.Move(part, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
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
    /// remains. A backup without uploads leaves the stored ones alone.
    /// </summary>
    public async Task<string?> RestoreAsync(string file, CancellationToken ct = default)
    {
        try
        {
            await UnpackAsync(file, Unpacked, ct);
            var kept = await BackUpCurrentAsync(ct);
            // Uploads never change, so both sets can be in one folder while the databases are exchanged.
            var uploads = FilesBelow(Path.Combine(Unpacked, "uploads"));
            foreach (var upload in uploads) MoveInto(Uploads, upload);
            database.Replace(Path.Combine(Unpacked, DatabaseEntry));

            var wanted = uploads.Select(u => u.Inside).ToHashSet(StringComparer.Ordinal);
            if (wanted.Count > 0)
            {
                foreach (var upload in FilesBelow(Uploads).Where(u => !wanted.Contains(u.Inside))) File.Delete(upload.Path);
            }
            return kept;
        }
        finally
        {
            RemoveUnpacked();
        }
    }

    /// <summary>Removes what restores and restore tests unpacked, also those that were killed. The caller holds the storage lock.</summary>
    public void RemoveUnpacked()
    {
        if (!Directory.Exists(storage.Value.Root)) return;
        foreach (var left in Directory.GetDirectories(storage.Value.Root, ".restore*")) Directory.Delete(left, recursive: true);
    }

    /// <summary>
    /// Unpacks a backup into a new folder. The database comes first and is checked, so that a damaged one, or one that this version can't
    /// read, is refused as <see cref="StartupProblem"/> before anything else is done.
    /// </summary>
    public async Task UnpackAsync(string file, string to, CancellationToken ct)
    {
        if (!File.Exists(file)) throw new StartupProblem($"{file} does not exist. 备份文件不存在。");
        if (Directory.Exists(to)) Directory.Delete(to, recursive: true);
        try
        {
            await using var zip = await ZipFile.OpenReadAsync(file, ct);
            BackupEntries.DemandRoom(zip, file, storage.Value.Root);
            var entries = EntriesOf(zip);
            if (!entries.Remove(DatabaseEntry, out var first)) throw new InvalidDataException("There is no database.");
            var restored = await UnpackAsync(first, Path.Combine(to, DatabaseEntry), ct);
            var isHealthy = await database.FirstProblemAsync(restored, ct) is null;
            if (!isHealthy || await database.ReadHistoryAsync(restored, ct) is not { Applied.Count: > 0 } history)
                throw new StartupProblem($"{file} holds no healthy database. 备份中的数据库不完整。");
            if (history.IsNewer) throw StartupProblem.Newer(file);
            if (history.IsTooOld) throw StartupProblem.TooOld(file);
            foreach (var (name, entry) in entries) await UnpackAsync(entry, Path.Combine(to, name), ct);
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

    /// <summary>
    /// The files by their place in the storage. A backup that was unpacked and packed again by hand may have a folder around it, entries for
    /// folders, and what file managers add.
    /// </summary>
    private static Dictionary<string, ZipArchiveEntry> EntriesOf(ZipArchive zip)
    {
        var named = zip.Entries.Select(e => (Name: NameOf(e), Entry: e))
            .Where(e => e.Name is not ([] or [.., '/']) && !e.Name.Split('/').Any(Clutter.Contains)).ToList();
        var around = named.Exists(e => e.Name == DatabaseEntry) ? ""
            : named.Select(e => e.Name).Where(n => n.EndsWith("/" + DatabaseEntry, StringComparison.Ordinal)).Select(n => n[..^DatabaseEntry.Length])
                .FirstOrDefault(folder => folder.Count(c => c == '/') == 1) ?? "";
        Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);
        foreach (var (name, entry) in named)
        {
            var inside = name.StartsWith(around, StringComparison.Ordinal) ? name[around.Length..] : name;
            if (!IsOurs(inside) || !entries.TryAdd(inside, entry)) throw new InvalidDataException($"Unexpected entry {entry.FullName}.");
        }
        return entries;
    }

    private static string NameOf(ZipArchiveEntry entry)
    {
        var name = entry.FullName.Replace('\\', '/');
        return name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
    }

    private static async Task<string> UnpackAsync(ZipArchiveEntry entry, string path, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await entry.UnpackAsync(path, ct);
        return path;
    }

    private static bool IsOurs(string entry) => entry == DatabaseEntry
        || (entry.StartsWith(UploadsFolder, StringComparison.Ordinal) && !entry.Contains(':')
            && entry.Split('/').All(part => part is not ("" or "." or "..")));

    /// <summary>Reads back a written zip: its database is healthy and has the rows that were counted, and its uploads are whole.</summary>
    private async Task<string?> ProblemOfWrittenAsync(string part, string copy, IReadOnlyDictionary<string, long> rows, CancellationToken ct)
    {
        await using var zip = await ZipFile.OpenReadAsync(part, ct);
        File.Delete(copy);
        await zip.GetEntry(DatabaseEntry)!.UnpackAsync(copy, ct);
        if (await database.FirstProblemAsync(copy, ct) is { } problem) return problem;
        var counted = await database.CountRowsAsync(copy, ct);
        if (rows.FirstOrDefault(r => counted.GetValueOrDefault(r.Key, -1) != r.Value) is { Key: { } table } wrong)
            return $"{table} has {counted.GetValueOrDefault(table)} rows instead of {wrong.Value}.";
        foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith(UploadsFolder, StringComparison.Ordinal)))
        {
            await using var upload = await entry.OpenAsync(ct);
            await upload.CopyToAsync(Stream.Null, ct);
        }
        return null;
    }

    /// <summary>Backs up what is stored now; a database too damaged for a backup is copied as it is.</summary>
    private async Task<string?> BackUpCurrentAsync(CancellationToken ct)
    {
        if (!File.Exists(storage.Value.Database)) return null;
        var file = NameFor(BackupFile.BeforeRestore);
        try
        {
            await WriteAsync(file, ct: ct);
            return file;
        }
        catch (StartupProblem e) when (e.InnerException is InvalidDataException || database.IsEngineError(e.InnerException))
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

using System.Globalization;
using System.IO.Compression;
using LogisticsAdmin.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

/// <summary>
/// Backups of the database and all uploads in one zip file. The database is copied online, so work goes on meanwhile; uploads are
/// written before the rows that name them and never change, so copying them second keeps every row's file. Keys are no part of it.
/// </summary>
public sealed class Backups(IOptions<StorageOptions> storage, TimeProvider clock)
{
    private const string DatabaseEntry = "logistics.db";
    private const string UploadsFolder = "uploads/";

    private string Uploads => Path.Combine(storage.Value.Root, "uploads");

    public string NameFor(string why) => Path.Combine(storage.Value.Backups,
        string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyyMMdd-HHmmss}-{why}.zip"));

    /// <summary>Writes the backup beside its final name first, so that the file named is whole or absent. Refuses as <see cref="StartupProblem"/>.</summary>
    public async Task WriteAsync(string file, CancellationToken ct = default)
    {
        if (!File.Exists(storage.Value.Database)) throw StartupProblem.Missing(storage.Value.Database);
        file = Path.GetFullPath(file);
        var copy = file + ".db-part";
        var part = file + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await CopyDatabaseAsync(copy, ct);
            File.Delete(part);
            await using (var zip = await ZipFile.OpenAsync(part, ZipArchiveMode.Create, ct))
            {
                await zip.CreateEntryFromFileAsync(copy, DatabaseEntry, CompressionLevel.Fastest, ct);
                foreach (var upload in UploadedFiles())
                    await zip.CreateEntryFromFileAsync(upload, UploadsFolder + Path.GetRelativePath(Uploads, upload).Replace('\\', '/'), CompressionLevel.NoCompression, ct);
            }
            File.Move(part, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupProblem($"The backup {file} can't be written: {e.Message} 备份无法写入。", e);
        }
        catch (SqliteException e)
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
    /// Puts a backup in the place of what is stored now and says where that is kept. The caller holds the storage lock. Everything is
    /// unpacked and checked before anything is replaced; killed at any moment, it leaves a whole database with all its uploads.
    /// </summary>
    public async Task<string?> RestoreAsync(string file, CancellationToken ct = default)
    {
        if (!File.Exists(file)) throw new StartupProblem($"{file} does not exist. 备份文件不存在。");
        var unpacked = Path.Combine(storage.Value.Root, ".restore");
        if (Directory.Exists(unpacked)) Directory.Delete(unpacked, recursive: true);
        try
        {
            await UnpackAsync(file, unpacked, ct);
            var database = Path.Combine(unpacked, DatabaseEntry);
            if (!File.Exists(database) || await FirstProblemAsync(database, ct) is not null)
                throw new StartupProblem($"{file} holds no healthy database. 备份中的数据库不完整。");

            var kept = await SetAsideAsync(ct);
            // Uploads never change, so both sets can lie together while the databases are exchanged.
            var uploads = FilesBelow(Path.Combine(unpacked, "uploads"));
            foreach (var upload in uploads) MoveInto(Uploads, upload);
            SqliteConnection.ClearAllPools();
            foreach (var leftover in new[] { "-wal", "-shm" }) File.Delete(storage.Value.Database + leftover);
            File.Move(database, storage.Value.Database, overwrite: true);

            var wanted = uploads.Select(u => u.Inside).ToHashSet(StringComparer.Ordinal);
            foreach (var upload in FilesBelow(Uploads).Where(u => !wanted.Contains(u.Inside))) File.Delete(upload.Path);
            return kept;
        }
        finally
        {
            if (Directory.Exists(unpacked)) Directory.Delete(unpacked, recursive: true);
        }
    }

    /// <summary>SQLite's own integrity and foreign-key checks; null when healthy. Leaves the database as it is.</summary>
    public static async Task<string?> FirstProblemAsync(string database, CancellationToken ct)
    {
        try
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = database,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
            }.ToString());
            await connection.OpenAsync(ct);
            foreach (var check in new[] { "PRAGMA query_only=ON", "PRAGMA integrity_check", "PRAGMA foreign_key_check" })
            {
                await using var command = connection.CreateCommand();
                command.CommandText = check;
                await using var reader = await command.ExecuteReaderAsync(ct);
                while (await reader.ReadAsync(ct))
                    if (reader.GetString(0) is not "ok" and var problem) return $"{check}: {problem}";
            }
            return null;
        }
        catch (SqliteException e)
        {
            return e.Message;
        }
    }

    private static async Task UnpackAsync(string file, string to, CancellationToken ct)
    {
        try
        {
            await using var zip = await ZipFile.OpenReadAsync(file, ct);
            foreach (var entry in zip.Entries)
            {
                if (!IsOurs(entry.FullName)) throw new InvalidDataException($"Unexpected entry {entry.FullName}.");
                var path = Path.Combine(to, entry.FullName);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await entry.ExtractToFileAsync(path, overwrite: false, ct);
                if (new FileInfo(path).Length != entry.Length) throw new InvalidDataException($"Entry {entry.FullName} is cut off.");
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

    /// <summary>A backup of what is stored now; what is too damaged for one is kept as it is.</summary>
    private async Task<string?> SetAsideAsync(CancellationToken ct)
    {
        if (!File.Exists(storage.Value.Database)) return null;
        var file = NameFor("before-restore");
        try
        {
            await WriteAsync(file, ct);
            return file;
        }
        catch (StartupProblem e) when (e.InnerException is SqliteException)
        {
            var damaged = Path.ChangeExtension(file, ".damaged.db");
            File.Copy(storage.Value.Database, damaged, overwrite: true);
            if (File.Exists(storage.Value.Database + "-wal")) File.Copy(storage.Value.Database + "-wal", damaged + "-wal", overwrite: true);
            return damaged;
        }
    }

    private async Task CopyDatabaseAsync(string to, CancellationToken ct)
    {
        File.Delete(to);
        await using var source = new SqliteConnection(storage.Value.ConnectionString);
        await using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = to, Pooling = false }.ToString());
        await source.OpenAsync(ct);
        await target.OpenAsync(ct);
        source.BackupDatabase(target);
    }

    // What ends in .tmp is still being written, and no row names it yet.
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

using System.Globalization;
using System.IO.Compression;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

/// <summary>
/// Backups of the database and all uploads in one zip file. The database is copied online, so work goes on meanwhile; uploads are
/// written before the rows that name them and never change, so copying them second keeps every row's file.
/// </summary>
public sealed class Backups(IOptions<StorageOptions> storage, TimeProvider clock)
{
    private const string DatabaseEntry = "logistics.db";
    private const string UploadsFolder = "uploads/";

    private string Uploads => Path.Combine(storage.Value.Root, "uploads");

    public string NameFor(string why) => Path.Combine(storage.Value.Backups,
        string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyyMMdd-HHmmss}-{why}.zip"));

    /// <summary>Writes the backup beside its final name first, so that the file named is whole or absent.</summary>
    public async Task WriteAsync(string file, CancellationToken ct = default)
    {
        file = Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var copy = file + ".db-part";
        var part = file + ".part";
        try
        {
            await CopyDatabaseAsync(copy, ct);
            await using (var zip = await ZipFile.OpenAsync(part, ZipArchiveMode.Create, ct))
            {
                await zip.CreateEntryFromFileAsync(copy, DatabaseEntry, CompressionLevel.Fastest, ct);
                foreach (var upload in UploadedFiles())
                    await zip.CreateEntryFromFileAsync(upload, UploadsFolder + Path.GetRelativePath(Uploads, upload).Replace('\\', '/'), CompressionLevel.NoCompression, ct);
            }
            File.Move(part, file, overwrite: true);
        }
        finally
        {
            File.Delete(copy);
            File.Delete(part);
        }
    }

    /// <summary>Puts a backup in the place of what is stored now, which is kept as a backup of its own. The caller holds the storage lock.</summary>
    public async Task RestoreAsync(string file, CancellationToken ct = default)
    {
        if (!File.Exists(file)) throw new StartupProblem($"{file} does not exist. 备份文件不存在。");
        var unpacked = Path.Combine(storage.Value.Root, ".restore");
        if (Directory.Exists(unpacked)) Directory.Delete(unpacked, recursive: true);
        try
        {
            await ZipFile.ExtractToDirectoryAsync(file, unpacked, ct);
        }
        catch (InvalidDataException e)
        {
            throw new StartupProblem($"{file} is not a backup of LogisticsAdmin. 该文件不是有效的备份。", e);
        }
        var database = Path.Combine(unpacked, DatabaseEntry);
        if (!File.Exists(database) || await FirstProblemAsync(database, ct) is not null)
        {
            Directory.Delete(unpacked, recursive: true);
            throw new StartupProblem($"{file} holds no healthy database. 备份中的数据库不完整。");
        }

        if (File.Exists(storage.Value.Database)) await WriteAsync(NameFor("before-restore"), ct);
        SqliteConnection.ClearAllPools();
        foreach (var leftover in new[] { "-wal", "-shm" }) File.Delete(storage.Value.Database + leftover);
        File.Move(database, storage.Value.Database, overwrite: true);
        var uploads = Path.Combine(unpacked, "uploads");
        if (Directory.Exists(Uploads)) Directory.Delete(Uploads, recursive: true);
        if (Directory.Exists(uploads)) Directory.Move(uploads, Uploads);
        Directory.Delete(unpacked, recursive: true);
    }

    /// <summary>SQLite's own integrity and foreign-key checks; null when healthy.</summary>
    public static async Task<string?> FirstProblemAsync(string database, CancellationToken ct)
    {
        try
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
            await connection.OpenAsync(ct);
            foreach (var check in new[] { "PRAGMA integrity_check", "PRAGMA foreign_key_check" })
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

    private async Task CopyDatabaseAsync(string to, CancellationToken ct)
    {
        File.Delete(to);
        await using var source = new SqliteConnection(storage.Value.ConnectionString);
        await using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = to, Pooling = false }.ToString());
        await source.OpenAsync(ct);
        await target.OpenAsync(ct);
        source.BackupDatabase(target);
    }

    private IEnumerable<string> UploadedFiles() =>
        Directory.Exists(Uploads) ? Directory.EnumerateFiles(Uploads, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".tmp", StringComparison.Ordinal)) : [];
}

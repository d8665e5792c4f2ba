namespace LogisticsAdmin.Media;

/// <summary>
/// Stores files that are only downloaded, under <c>uploads/files</c> of the storage directory, in a folder per first two hex digits of the key.
/// The key alone names a file, whatever it was called where it came from. A file is complete or absent, even when the process is killed. One
/// store per process; thread-safe.
/// </summary>
public sealed class FileStore(string storageDirectory)
{
    private const string TempEnding = ".tmp";

    private readonly string _directory = Path.GetFullPath(Path.Combine(storageDirectory, "uploads", "files"));

    // Distinguishes the temporary files of this process from those an earlier one left behind.
    private readonly string _run = Guid.NewGuid().ToString("N");

    /// <summary>Writes the file to disk before it returns.</summary>
    public async Task SaveAsync(Guid key, ReadOnlyMemory<byte> bytes, CancellationToken ct = default)
    {
        var path = PathOf(key);
        var temp = $"{path}.{_run}{TempEnding}";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            await using (var file = new FileStream(temp, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.None,
                Options = FileOptions.Asynchronous,
                PreallocationSize = bytes.Length,
            }))
            {
                await file.WriteAsync(bytes, ct);
                file.Flush(flushToDisk: true);
            }
            File.Move(temp, path, overwrite: true);
        }
        finally
        {
            File.Delete(temp);
        }
    }

    /// <summary>Null when there is no such file. The caller disposes the stream; a file deleted meanwhile can still be read to its end.</summary>
    public Stream? OpenRead(Guid key)
    {
        try
        {
            return new FileStream(PathOf(key), new FileStreamOptions
            {
                Share = FileShare.Read | FileShare.Delete,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            });
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>In bytes; null when there is no such file.</summary>
    public long? LengthOf(Guid key) => new FileInfo(PathOf(key)) is { Exists: true } file ? file.Length : null;

    /// <summary>Nothing happens when there is none.</summary>
    public void Delete(Guid key)
    {
        if (LengthOf(key) is not null) File.Delete(PathOf(key));
    }

    /// <summary>The keys of files that were written before this moment, in no order; files of other names are skipped.</summary>
    public IEnumerable<Guid> StoredBefore(DateTimeOffset moment)
    {
        foreach (var path in Files("*"))
        {
            if (File.GetLastWriteTimeUtc(path) >= moment.UtcDateTime) continue;
            if (Guid.TryParseExact(Path.GetFileName(path), "N", out var key) && path == PathOf(key)) yield return key;
        }
    }

    /// <summary>Removes the temporary files of processes that were killed while saving and returns how many; saves in progress are not touched.</summary>
    public int RemoveLeftovers()
    {
        var removed = 0;
        foreach (var path in Files("*" + TempEnding).Where(path => !path.EndsWith(_run + TempEnding, StringComparison.Ordinal)))
        {
            File.Delete(path);
            removed++;
        }
        return removed;
    }

    private IEnumerable<string> Files(string pattern) =>
        Directory.Exists(_directory) ? Directory.EnumerateFiles(_directory, pattern, SearchOption.AllDirectories) : [];

    private string PathOf(Guid key)
    {
        var name = key.ToString("N");
        return Path.Combine(_directory, name[..2], name);
    }
}

namespace LogisticsAdmin.Media;

/// <summary>
/// Stores pictures as files under <c>uploads/photos</c> of the storage directory, in a folder per first two hex digits of the key.
/// A file is complete or absent, even when the process is killed. One store per process; thread-safe.
/// </summary>
public sealed class MediaStore(string storageDirectory)
{
    private const string FullEnding = ".jpg";
    private const string ThumbnailEnding = ".thumb.jpg";
    private const string TempEnding = ".tmp";

    private readonly string _directory = Path.GetFullPath(Path.Combine(storageDirectory, "uploads", "photos"));

    // Distinguishes the temporary files of this process from those an earlier one left behind.
    private readonly string _run = Guid.NewGuid().ToString("N");

    /// <summary>Writes both sizes to disk before it returns and replaces a picture already stored under the key.</summary>
    public async Task SaveAsync(Guid key, ProcessedPicture picture, CancellationToken ct = default)
    {
        var (full, thumbnail) = (PathOf(key, FullEnding), PathOf(key, ThumbnailEnding));
        var (fullTemp, thumbnailTemp) = (TempOf(full), TempOf(thumbnail));
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        try
        {
            await WriteAsync(fullTemp, picture.Full, ct);
            await WriteAsync(thumbnailTemp, picture.Thumbnail, ct);
            File.Move(thumbnailTemp, thumbnail, overwrite: true);
            File.Move(fullTemp, full, overwrite: true);
        }
        finally
        {
            File.Delete(fullTemp);
            File.Delete(thumbnailTemp);
        }
    }

    /// <summary>Null when there is no such file. The caller disposes the stream; a picture deleted meanwhile can still be read to its end.</summary>
    public Stream? OpenRead(Guid key, bool thumbnail)
    {
        try
        {
            return new FileStream(PathOf(key, thumbnail ? ThumbnailEnding : FullEnding), new FileStreamOptions
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

    /// <summary>Whether both sizes are there.</summary>
    public bool Exists(Guid key) => File.Exists(PathOf(key, FullEnding)) && File.Exists(PathOf(key, ThumbnailEnding));

    /// <summary>Removes both sizes; nothing happens when there are none.</summary>
    public void Delete(Guid key)
    {
        var full = PathOf(key, FullEnding);
        if (!Directory.Exists(Path.GetDirectoryName(full))) return;
        File.Delete(full);
        File.Delete(PathOf(key, ThumbnailEnding));
    }

    /// <summary>Every key with at least one size stored, in no order; files of other names are skipped.</summary>
    public IEnumerable<Guid> All() => Stored(before: null);

    /// <summary>Those of <see cref="All"/> of which a file was written before this moment.</summary>
    public IEnumerable<Guid> StoredBefore(DateTimeOffset moment) => Stored(moment.UtcDateTime);

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

    private IEnumerable<Guid> Stored(DateTime? before)
    {
        HashSet<Guid> seen = [];
        foreach (var path in Files("*" + FullEnding))
        {
            if (before is { } limit && File.GetLastWriteTimeUtc(path) >= limit) continue;
            if (Guid.TryParseExact(Path.GetFileName(path).Split('.')[0], "N", out var key) && IsOurs(path, key) && seen.Add(key)) yield return key;
        }
    }

    private bool IsOurs(string path, Guid key) => path == PathOf(key, FullEnding) || path == PathOf(key, ThumbnailEnding);

    private IEnumerable<string> Files(string pattern) =>
        Directory.Exists(_directory) ? Directory.EnumerateFiles(_directory, pattern, SearchOption.AllDirectories) : [];

    private string PathOf(Guid key, string ending)
    {
        var name = key.ToString("N");
        return Path.Combine(_directory, name[..2], name + ending);
    }

    private string TempOf(string path) => $"{path}.{Guid.NewGuid():N}.{_run}{TempEnding}";

    private static async Task WriteAsync(string path, byte[] bytes, CancellationToken ct)
    {
        await using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous,
            PreallocationSize = bytes.Length,
        });
        await file.WriteAsync(bytes, ct);
        file.Flush(flushToDisk: true);
    }
}
